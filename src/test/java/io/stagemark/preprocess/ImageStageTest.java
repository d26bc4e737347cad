package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.ElementType;
import io.stagemark.data.FileRange;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class ImageStageTest {
  @TempDir static Path folder;
  private static Path png;

  @BeforeAll
  static void image() {
    OpenCvRuntime.start();
    Mat mat = new Mat(1, 2, CvType.CV_8UC3);
    mat.put(0, 0, new byte[] {10, 20, 30, 40, 50, 60});
    png = folder.resolve("a picture.png");
    Imgcodecs.imwrite(png.toString(), mat);
  }

  private static PreprocessSettings settings(Resize resize, Layout layout) {
    return new PreprocessSettings(
        resize, Interpolation.OPENCV_LINEAR, Color.RGB, layout, 1, List.of(0.0), List.of(1.0), 114);
  }

  private static Tensor input(long... shape) {
    return Tensor.allocate(
        new TensorSpec("images", ElementType.FLOAT32, Arrays.stream(shape).boxed().toList()));
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[tensor.floats().capacity()];
    tensor.floats().get(0, values);
    return values;
  }

  @Test
  void preprocess_sameSizeNchw_writesRgbPlanesOfItsSlot() throws IOException {
    Tensor input = input(2, 3, 1, 2);
    try (ImageStage stage = new ImageStage(settings(Resize.STRETCH, Layout.NCHW), input)) {
      stage.decode(1, FileRange.whole(png));
      stage.preprocess(1);
      assertThat(values(input)).containsExactly(0, 0, 0, 0, 0, 0, 30, 60, 20, 50, 10, 40);
      assertThat(stage.geometry(1)).isEqualTo(new Geometry(2, 1, 1, 1, 0, 0));
    }
  }

  @Test
  void preprocess_letterboxNhwc_padsAboveAndBelow() throws IOException {
    Tensor input = input(1, 3, 2, 3);
    try (ImageStage stage = new ImageStage(settings(Resize.LETTERBOX, Layout.NHWC), input)) {
      stage.decode(0, FileRange.whole(png));
      stage.preprocess(0);
      assertThat(values(input))
          .containsExactly(
              114, 114, 114, 114, 114, 114, 30, 20, 10, 60, 50, 40, 114, 114, 114, 114, 114, 114);
      assertThat(stage.geometry(0)).isEqualTo(new Geometry(2, 1, 1, 1, 0, 1));
    }
  }

  @Test
  void decode_filesThatAreNoImages_nameFileAndCause() throws IOException {
    Path empty = Files.write(folder.resolve("empty.jpg"), new byte[0]);
    Path text = Files.writeString(folder.resolve("text.jpg"), "hello, this is not an image");
    byte[] bytes = Files.readAllBytes(png);
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, bytes.length - 9));
    try (ImageStage stage =
        new ImageStage(settings(Resize.STRETCH, Layout.NCHW), input(1, 3, 1, 2))) {
      assertDecodeFails(stage, folder.resolve("none.jpg"), "none.jpg", "does not exist");
      assertDecodeFails(stage, folder, folder.toString(), "not a file");
      assertDecodeFails(stage, empty, "empty.jpg", "0 bytes");
      assertDecodeFails(stage, text, "text.jpg", "no image of these formats");
      assertDecodeFails(stage, cut, "cut.png", "cut off after");
    }
  }

  // 1x2000 px into 64x64: 64 / 2000 · 1 = 0.03 px wide, which rounds to 0
  @Test
  void decode_imageThatFitsAsNoColumns_isRefused() {
    Path thin = folder.resolve("thin.png");
    Imgcodecs.imwrite(thin.toString(), new Mat(2000, 1, CvType.CV_8UC3));
    try (ImageStage stage =
        new ImageStage(settings(Resize.LETTERBOX, Layout.NCHW), input(1, 3, 64, 64))) {
      assertDecodeFails(stage, thin, "thin.png", "1x2000");
    }
  }

  @Test
  void preprocess_onePixel_fillsTheInput() throws IOException {
    Path pixel = folder.resolve("pixel.png");
    Mat mat = new Mat(1, 1, CvType.CV_8UC3);
    mat.put(0, 0, new byte[] {10, 20, 30});
    Imgcodecs.imwrite(pixel.toString(), mat);
    Tensor input = input(1, 3, 2, 2);
    try (ImageStage stage = new ImageStage(settings(Resize.LETTERBOX, Layout.NCHW), input)) {
      stage.decode(0, FileRange.whole(pixel));
      stage.preprocess(0);
      assertThat(values(input)).containsExactly(30, 30, 30, 30, 20, 20, 20, 20, 10, 10, 10, 10);
    }
  }

  // more pixels than are read at a time, so that pieces begin and end inside rows; widths: the
  // input's, less (bars at the sides) and more (cut)
  @ParameterizedTest
  @ValueSource(ints = {300, 211, 333})
  void preprocess_unresizedImageOfManyPieces_hasEachPixelInItsPlace(int width) {
    int height = 300;
    byte[] pixels = new byte[3 * width * height];
    new Random(width).nextBytes(pixels);
    Mat mat = new Mat(height, width, CvType.CV_8UC3);
    mat.put(0, 0, pixels);
    Tensor input = input(1, 3, height, 300);
    Resize resize = width > 300 ? Resize.CENTER_CROP : Resize.LETTERBOX;
    try (ImageStage stage = new ImageStage(settings(resize, Layout.NCHW), input)) {
      stage.place(0, mat);
      stage.preprocess(0);
      int left = (int) ModelPlace.x(stage.geometry(0), 0);
      float[] expected = new float[3 * height * 300];
      for (int i = 0; i < expected.length; i++) {
        int x = i % 300 - left;
        int y = i / 300 % height;
        int channel = 2 - i / (300 * height);
        boolean inside = x >= 0 && x < width;
        expected[i] = inside ? pixels[3 * (y * width + x) + channel] & 0xFF : 114;
      }
      assertThat(Arrays.equals(values(input), expected)).isTrue();
    }
  }

  private static void assertDecodeFails(ImageStage stage, Path file, String... parts) {
    assertThatThrownBy(() -> stage.decode(0, FileRange.whole(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void new_wrongShape_namesBoth() {
    assertThatThrownBy(
            () -> new ImageStage(settings(Resize.STRETCH, Layout.NCHW), input(1, 2, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("images float32[1, 2, 2, 3]")
        .hasMessageContaining("[N, C, H, W]");
  }

  // every mode takes one pixel and makes an input of nothing else; letterboxes fill it, as it is
  // square
  @ParameterizedTest
  @EnumSource(Resize.class)
  void preprocess_imageOfOnePixel_fillsTheInput(Resize resize) throws IOException {
    Path one = folder.resolve("one-" + resize + ".png");
    Imgcodecs.imwrite(one.toString(), new Mat(1, 1, CvType.CV_8UC3, new Scalar(30, 20, 10)));
    Tensor input = input(1, 4, 4, 3);
    try (ImageStage stage = new ImageStage(settings(resize, Layout.NHWC), input)) {
      stage.decode(0, FileRange.whole(one));
      stage.preprocess(0);
      float[] values = values(input);
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isEqualTo(10 + 10 * (i % 3));
      }
    }
  }

  // 3 px high at 1/500 of its size is 0 px high
  @Test
  void decode_sideThatWouldBeNothing_isRefusedWithTheFileAndBothSizes() throws IOException {
    Path line = folder.resolve("line.png");
    Imgcodecs.imwrite(line.toString(), new Mat(3, 8000, CvType.CV_8UC3, new Scalar(0, 0, 0)));
    try (ImageStage stage =
        new ImageStage(settings(Resize.LETTERBOX, Layout.NHWC), input(1, 16, 16, 3))) {
      assertDecodeFails(stage, line, "line.png", "8000x3 px", "16x0 px", "too elongated");
    }
  }
}
