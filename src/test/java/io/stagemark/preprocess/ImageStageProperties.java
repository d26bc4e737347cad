package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class ImageStageProperties {

  @BeforeContainer
  static void natives() {
    OpenCvRuntime.start();
  }

  private static PreprocessSettings settings(Resize resize, Interpolation interpolation) {
    return new PreprocessSettings(
        resize,
        interpolation,
        Color.RGB,
        Layout.NCHW,
        1 / 255.0,
        List.of(0.0),
        List.of(1.0),
        114,
        true,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        200_000_000);
  }

  private static Mat image(Random random, int width, int height) {
    byte[] bytes = new byte[width * height * 3];
    random.nextBytes(bytes);
    Mat mat = new Mat(height, width, CvType.CV_8UC3);
    mat.put(0, 0, bytes);
    return mat;
  }

  /** The facts' formula of INTER_LINEAR on 8-bit pixels: 11-bit weights, two rounded stages. */
  private static byte[] linear(byte[] source, int width, int height, int toWidth, int toHeight) {
    byte[] target = new byte[toWidth * toHeight * 3];
    for (int y = 0; y < toHeight; y++) {
      float fy = (float) ((y + .5) / ((double) toHeight / height) - .5);
      int sy = (int) Math.floor(fy);
      fy -= sy;
      int row0 = Math.min(Math.max(sy, 0), height - 1);
      int row1 = Math.min(Math.max(sy + 1, 0), height - 1);
      for (int x = 0; x < toWidth; x++) {
        float fx = (float) ((x + .5) / ((double) toWidth / width) - .5);
        int sx = (int) Math.floor(fx);
        fx -= sx;
        if (sx < 0 || sx >= width - 1) {
          sx = sx < 0 ? 0 : width - 1;
          fx = 0;
        }
        int a0 = (int) Math.rint((1 - fx) * 2048);
        int a1 = (int) Math.rint(fx * 2048);
        int b0 = (int) Math.rint((1 - fy) * 2048);
        int b1 = (int) Math.rint(fy * 2048);
        for (int c = 0; c < 3; c++) {
          int right = Math.min(sx + 1, width - 1);
          int h0 = a0 * u(source, row0, sx, width, c) + a1 * u(source, row0, right, width, c);
          int h1 = a0 * u(source, row1, sx, width, c) + a1 * u(source, row1, right, width, c);
          target[(y * toWidth + x) * 3 + c] =
              (byte) ((((b0 * (h0 >> 4)) >> 16) + ((b1 * (h1 >> 4)) >> 16) + 2) >> 2);
        }
      }
    }
    return target;
  }

  private static int u(byte[] pixels, int y, int x, int width, int c) {
    return pixels[(y * width + x) * 3 + c] & 0xFF;
  }

  @Property(tries = 1500)
  void resize_opencvLinear_isTheFormulaToTheBit(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 60) int toWidth,
      @ForAll @IntRange(min = 1, max = 60) int toHeight) {
    Mat source = image(new Random(seed), width, height);
    byte[] bytes = new byte[width * height * 3];
    source.get(0, 0, bytes);
    byte[] actual = new byte[toWidth * toHeight * 3];
    try (Resizer resizer = new Resizer(Interpolation.OPENCV_LINEAR)) {
      resizer.resize(source, toWidth, toHeight, 0).get(0, actual, actual.length);
    }
    assertThat(Arrays.equals(actual, linear(bytes, width, height, toWidth, toHeight))).isTrue();
  }

  @Property(tries = 500)
  void resize_exactlyHalf_isOpenCvsLinearAndArea(
      @ForAll long seed,
      @ForAll boolean area,
      @ForAll @IntRange(min = 1, max = 90) int toWidth,
      @ForAll @IntRange(min = 1, max = 30) int toHeight) {
    Mat source = image(new Random(seed), 2 * toWidth, 2 * toHeight);
    Mat resized = new Mat();
    int flag = area ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR;
    Imgproc.resize(source, resized, new Size(toWidth, toHeight), 0, 0, flag);
    byte[] expected = new byte[toWidth * toHeight * 3];
    resized.get(0, 0, expected);
    byte[] actual = new byte[expected.length];
    Interpolation how = area ? Interpolation.AREA : Interpolation.OPENCV_LINEAR;
    try (Resizer resizer = new Resizer(how)) {
      resizer.resize(source, toWidth, toHeight, 0).get(0, actual, actual.length);
    }
    assertThat(Arrays.equals(actual, expected)).isTrue();
  }

  @Property(tries = 300)
  void preprocess_anyLayoutAndSize_isTheTableOfOpenCvsPixels(
      @ForAll long seed,
      @ForAll boolean halved,
      @ForAll Layout layout,
      @ForAll boolean standardised,
      @ForAll @IntRange(min = 1, max = 80) int width,
      @ForAll @IntRange(min = 1, max = 30) int height) {
    Mat source = image(new Random(seed), halved ? 2 * width : width + 7, 2 * height);
    Mat resized = new Mat();
    Imgproc.resize(source, resized, new Size(width, height), 0, 0, Imgproc.INTER_LINEAR);
    byte[] pixels = new byte[width * height * 3];
    resized.get(0, 0, pixels);
    List<Double> mean = standardised ? List.of(.485, .456, .406) : List.of(0.0);
    List<Double> std = standardised ? List.of(.229, .224, .225) : List.of(1.0);
    PreprocessSettings settings =
        new PreprocessSettings(
            Resize.STRETCH,
            Interpolation.OPENCV_LINEAR,
            Color.RGB,
            layout,
            1 / 255.0,
            mean,
            std,
            0);
    boolean planar = layout == Layout.NCHW;
    long h = height;
    long w = width;
    // the second slot begins where the first one's last vector ends
    List<Long> axes = planar ? List.of(2L, 3L, h, w) : List.of(2L, h, w, 3L);
    Tensor input = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, axes));
    try (ImageStage stage = new ImageStage(settings, input)) {
      stage.place(1, source.clone());
      stage.place(0, source);
      stage.preprocess(1);
      stage.preprocess(0);
    }
    NormalisationTable table = new NormalisationTable(settings, 3, Optional.empty());
    int plane = width * height;
    float[] expected = new float[6 * plane];
    for (int i = 0; i < expected.length; i++) {
      int at = i % (3 * plane);
      int c = planar ? at / plane : at % 3;
      int pixel = planar ? at % plane : at / 3;
      expected[i] = (float) table.value(c, pixels[3 * pixel + 2 - c] & 0xFF);
    }
    float[] actual = new float[expected.length];
    input.floats().get(0, actual);
    assertThat(Arrays.equals(actual, expected)).isTrue();
  }

  @Property(tries = 1500)
  void preprocess_letterbox_isOpenCvsChain(
      @ForAll long seed,
      @ForAll @IntRange(min = 4, max = 120) int width,
      @ForAll @IntRange(min = 4, max = 120) int height) {
    Mat source = image(new Random(seed), width, height);
    float[] expected = chain(source, 64, 48);
    Tensor input =
        Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 3L, 48L, 64L)));
    PreprocessSettings settings = settings(Resize.LETTERBOX, Interpolation.OPENCV_LINEAR);
    try (ImageStage stage = new ImageStage(settings, input)) {
      stage.place(0, source.clone());
      stage.preprocess(0);
    }
    float[] actual = new float[expected.length];
    input.floats().get(0, actual);
    // convertTo multiplies by a float: an ulp below 1 is at most 2^-24 away
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(actual[i] - expected[i]) > 0x1p-23f) {
        assertThat(actual[i]).as("value %d", i).isEqualTo(expected[i]);
      }
    }
  }

  /** resize, copyMakeBorder, cvtColor, convertTo, split: what a service writes. */
  private static float[] chain(Mat source, int width, int height) {
    double ratio = Math.min((double) height / source.rows(), (double) width / source.cols());
    Size size = new Size(Math.rint(source.cols() * ratio), Math.rint(source.rows() * ratio));
    double dx = (width - size.width) / 2;
    double dy = (height - size.height) / 2;
    Mat mat = new Mat();
    Imgproc.resize(source, mat, size, 0, 0, Imgproc.INTER_LINEAR);
    Core.copyMakeBorder(
        mat,
        mat,
        (int) Math.rint(dy - .1),
        (int) Math.rint(dy + .1),
        (int) Math.rint(dx - .1),
        (int) Math.rint(dx + .1),
        Core.BORDER_CONSTANT,
        Scalar.all(114));
    Imgproc.cvtColor(mat, mat, Imgproc.COLOR_BGR2RGB);
    mat.convertTo(mat, CvType.CV_32FC3, 1 / 255.0);
    List<Mat> planes = new ArrayList<>();
    Core.split(mat, planes);
    float[] values = new float[3 * width * height];
    for (int c = 0; c < 3; c++) {
      float[] plane = new float[width * height];
      planes.get(c).get(0, 0, plane);
      System.arraycopy(plane, 0, values, c * plane.length, plane.length);
    }
    return values;
  }

  @Property(tries = 1500)
  void preprocess_nearestAreaOrCubic_hasThePixelsOfOpenCvsResize(
      @ForAll("flags") Map.Entry<Interpolation, Integer> flag,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 60) int toWidth,
      @ForAll @IntRange(min = 1, max = 60) int toHeight) {
    Mat source = image(new Random(seed), width, height);
    Mat resized = new Mat();
    Imgproc.resize(source, resized, new Size(toWidth, toHeight), 0, 0, flag.getValue());
    byte[] expected = new byte[toWidth * toHeight * 3];
    resized.get(0, 0, expected);
    Tensor input =
        Tensor.allocate(
            new TensorSpec(
                "x", ElementType.UINT8, List.of(1L, (long) toHeight, (long) toWidth, 3L)));
    PreprocessSettings pixels =
        new PreprocessSettings(
            Resize.STRETCH,
            flag.getKey(),
            Color.BGR,
            Layout.NHWC,
            1,
            List.of(0.0),
            List.of(1.0),
            0);
    try (ImageStage stage = new ImageStage(pixels, input)) {
      stage.place(0, source);
      stage.preprocess(0);
    }
    byte[] actual = new byte[expected.length];
    input.bytes().get(0, actual);
    assertThat(actual).containsExactly(expected);
  }

  @Provide
  Arbitrary<Map.Entry<Interpolation, Integer>> flags() {
    return Arbitraries.of(
        Map.entry(Interpolation.NEAREST, Imgproc.INTER_NEAREST),
        Map.entry(Interpolation.AREA, Imgproc.INTER_AREA),
        Map.entry(Interpolation.CUBIC, Imgproc.INTER_CUBIC));
  }

  @Property(tries = 1000)
  void geometry_anyMode_takesModelPixelsBackToTheSource(
      @ForAll Resize resize,
      @ForAll @IntRange(min = 20, max = 4000) int width,
      @ForAll @IntRange(min = 20, max = 4000) int height,
      @ForAll @IntRange(min = 0, max = 1000) int permille) {
    PreprocessSettings settings = settings(resize, Interpolation.NEAREST);
    FitPlan plan = FitPlan.of(settings, width, height, 640, 480);
    Geometry geometry = plan.geometry();
    double x = width * permille / 1000.0;
    double y = height * permille / 1000.0;
    assertThat(geometry.sourceX(ModelPlace.x(geometry, x))).isCloseTo(x, within(1e-9 * width));
    assertThat(geometry.sourceY(ModelPlace.y(geometry, y))).isCloseTo(y, within(1e-9 * height));
    // the image's corners are the corners of the resized image where it was placed
    assertThat(ModelPlace.x(geometry, 0)).isEqualTo(plan.left());
    assertThat(ModelPlace.y(geometry, 0)).isEqualTo(plan.top());
    // these two go back by the ratio before sizes became whole
    double pixels =
        resize == Resize.LETTERBOX_YOLOX ? 1 : resize == Resize.COVER_CROP ? 0.501 : 1e-6;
    assertThat(ModelPlace.x(geometry, width))
        .isCloseTo(plan.left() + plan.resizedWidth(), within(pixels));
    assertThat(ModelPlace.y(geometry, height))
        .isCloseTo(plan.top() + plan.resizedHeight(), within(pixels));
  }
}
