package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.HalfFloat;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Images of exactly twice the fitted size, which are averaged while they are read, into inputs of
 * every element type: against {@code (a + b + c + d + 2) >> 2}, normalised in double and rounded
 * once.
 */
class HalvedElementTypesProperties {
  private static final double SCALE = 1.7;
  private static final double[] MEAN = {3, 120.5, 250};
  private static final double[] STD = {1.5, 0.9, 2};
  private static final int PAD = 114;

  @BeforeContainer
  static void natives() {
    OpenCvRuntime.start();
  }

  @Provide
  Arbitrary<ElementType> types() {
    return Arbitraries.of(
        ElementType.FLOAT32, ElementType.FLOAT16, ElementType.UINT8, ElementType.INT8);
  }

  @Property(tries = 1000)
  void preprocess_twiceTheSize_isTheAverageOfFourInEveryElementType(
      @ForAll("types") ElementType type,
      @ForAll Layout layout,
      @ForAll boolean area,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 0, max = 9) int border) {
    byte[] pixels = new byte[4 * width * height * 3];
    new Random(seed).nextBytes(pixels);
    Mat image = new Mat(2 * height, 2 * width, CvType.CV_8UC3);
    image.put(0, 0, pixels);
    int rows = height + 2 * border;
    List<Long> shape =
        layout == Layout.NCHW
            ? List.of(1L, 3L, (long) rows, (long) width)
            : List.of(1L, (long) rows, (long) width, 3L);
    Tensor input = Tensor.allocate(new TensorSpec("x", type, shape));
    try (ImageStage stage = new ImageStage(settings(layout, area), input)) {
      stage.place(0, image);
      stage.preprocess(0);
    }
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          boolean inside = y >= border && y < border + height;
          // channels of the tensor are R, G, B; of the image B, G, R
          int pixel = inside ? average(pixels, width, x, y - border, 2 - c) : PAD;
          int at = layout == Layout.NCHW ? (c * rows + y) * width + x : (y * width + x) * 3 + c;
          assertThat(element(input, at))
              .as("row %d, column %d, channel %d", y, x, c)
              .isEqualTo(expected(type, (pixel * SCALE - MEAN[c]) / STD[c]));
        }
      }
    }
  }

  private static PreprocessSettings settings(Layout layout, boolean area) {
    return new PreprocessSettings(
        Resize.LETTERBOX,
        area ? Interpolation.AREA : Interpolation.OPENCV_LINEAR,
        Color.RGB,
        layout,
        SCALE,
        List.of(MEAN[0], MEAN[1], MEAN[2]),
        List.of(STD[0], STD[1], STD[2]),
        PAD);
  }

  private static int average(byte[] pixels, int width, int x, int y, int channel) {
    int upper = (2 * y * 2 * width + 2 * x) * 3 + channel;
    int lower = upper + 2 * width * 3;
    return (u(pixels, upper) + u(pixels, upper + 3) + u(pixels, lower) + u(pixels, lower + 3) + 2)
        >> 2;
  }

  private static int u(byte[] pixels, int at) {
    return pixels[at] & 0xFF;
  }

  /** Returns the bits of a value: the nearest there is, ties to even; integers are clamped. */
  private static int expected(ElementType type, double value) {
    return switch (type) {
      case FLOAT32 -> Float.floatToRawIntBits((float) value);
      case FLOAT16 -> HalfFloat.of(value);
      case UINT8 -> (byte) (int) Math.min(Math.max(Math.rint(value), 0), 255);
      case INT8 -> (byte) (int) Math.min(Math.max(Math.rint(value), -128), 127);
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static int element(Tensor input, int at) {
    ByteBuffer bytes = input.bytes();
    return switch (input.spec().type()) {
      case FLOAT32 -> bytes.getInt(4 * at);
      case FLOAT16 -> bytes.getShort(2 * at);
      default -> bytes.get(at);
    };
  }
}
