package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Quantization;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Whole tensors that are not float32, worked by hand: two pixels, RGB (30, 20, 10) and (60, 50,
 * 40), in the second slot and in the middle row of an input 2 wide and 3 high, the border 114.
 */
class ElementTypesTest {
  private static final int VALUES = 3 * 3 * 2;

  @BeforeAll
  static void natives() {
    OpenCvRuntime.start();
  }

  // v/255 to 11 bits: 10 is 1.25490 · 2^-5, 0.25490 · 1024 = 261.02 = 0x105 under exponent
  // 15 - 5 = 10, 0x2800; 20 and 40 the same, one and two exponents up; 30 is 1.88235 · 2^-4,
  // 903.53 rounds to 0x388; 60 one up; 50 is 1.56863 · 2^-3, 582.27 = 0x246; 114 is
  // 1.78824 · 2^-2, 807.15 = 0x327
  @ParameterizedTest
  @EnumSource(Layout.class)
  void preprocess_float16_roundsToTheNearestHalf(Layout layout) {
    int[] red = {0x3727, 0x3727, 0x2F88, 0x3388, 0x3727, 0x3727};
    int[] green = {0x3727, 0x3727, 0x2D05, 0x3246, 0x3727, 0x3727};
    int[] blue = {0x3727, 0x3727, 0x2905, 0x3105, 0x3727, 0x3727};
    Tensor input = written(ElementType.FLOAT16, layout, 1 / 255.0, List.of(0.0), List.of(1.0));
    int[] actual = new int[2 * VALUES];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = input.bytes().asShortBuffer().get(i) & 0xFFFF;
    }
    assertThat(actual).containsExactly(expected(layout, red, green, blue));
  }

  // (v/2 - mean) / std. Red: 7.5 goes to 8, 15, border 28.5 to 28, the even ones. Green: -10 is
  // clamped to 0, 5, 37. Blue: 240, 255, border 292 is clamped to 255
  @ParameterizedTest
  @EnumSource(Layout.class)
  void preprocess_uint8_roundsHalfToEvenAndClamps(Layout layout) {
    int[] red = {28, 28, 8, 15, 28, 28};
    int[] green = {37, 37, 0, 5, 37, 37};
    int[] blue = {255, 255, 240, 255, 255, 255};
    Tensor input =
        written(ElementType.UINT8, layout, .5, List.of(0.0, 20.0, -235.0), List.of(2.0, 1.0, 1.0));
    int[] actual = new int[2 * VALUES];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = input.bytes().get(i) & 0xFF;
    }
    assertThat(actual).containsExactly(expected(layout, red, green, blue));
  }

  // (2v - mean) / std. Red: 60, 120, border 228 is clamped to 127. Green: -188 is clamped to -128,
  // -128, 0. Blue: -236/8 = -29.5 goes to -30, -22, border -3.5 to -4
  @ParameterizedTest
  @EnumSource(Layout.class)
  void preprocess_int8_roundsHalfToEvenAndClamps(Layout layout) {
    int[] red = {127, 127, 60, 120, 127, 127};
    int[] green = {0, 0, -128, -128, 0, 0};
    int[] blue = {-4, -4, -30, -22, -4, -4};
    Tensor input =
        written(ElementType.INT8, layout, 2, List.of(0.0, 228.0, 256.0), List.of(1.0, 1.0, 8.0));
    int[] actual = new int[2 * VALUES];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = input.bytes().get(i);
    }
    assertThat(actual).containsExactly(expected(layout, red, green, blue));
  }

  // v/16 in 8 significant bits: 10 is 0.625, 1.01 · 2^-1; 20, 40 the same, one and two exponents
  // up; 30 is 1.111 · 2^0; 60 one up; 50 is 1.1001 · 2^1; 114 is 7.125, 1.11001 · 2^2
  @ParameterizedTest
  @EnumSource(Layout.class)
  void preprocess_bfloat16_isTheUpperHalfOfAFloat(Layout layout) {
    int[] red = {0x40E4, 0x40E4, 0x3FF0, 0x4070, 0x40E4, 0x40E4};
    int[] green = {0x40E4, 0x40E4, 0x3FA0, 0x4048, 0x40E4, 0x40E4};
    int[] blue = {0x40E4, 0x40E4, 0x3F20, 0x4020, 0x40E4, 0x40E4};
    Tensor input = written(ElementType.BFLOAT16, layout, 1 / 16.0, List.of(0.0), List.of(1.0));
    int[] actual = new int[2 * VALUES];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = input.bytes().asShortBuffer().get(i) & 0xFFFF;
    }
    assertThat(actual).containsExactly(expected(layout, red, green, blue));
  }

  // v/10 is stored in steps of 0.5 from -28 on: 10 is 1/0.5 - 28 = -26, 20 is -24, 30 is -22, 40 is
  // -20, 50 is -18, 60 is -16; 114 is 22.8 - 28 = -5.2, rounded to -5
  @ParameterizedTest
  @EnumSource(Layout.class)
  void preprocess_quantisedInt8_hasTheNumbersThatStandForThePixels(Layout layout) {
    int[] red = {-5, -5, -22, -16, -5, -5};
    int[] green = {-5, -5, -24, -18, -5, -5};
    int[] blue = {-5, -5, -26, -20, -5, -5};
    Tensor input =
        written(
            ElementType.INT8,
            layout,
            0.1,
            List.of(0.0),
            List.of(1.0),
            Optional.of(new Quantization(0.5, -28)));
    int[] actual = new int[2 * VALUES];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = input.bytes().get(i);
    }
    assertThat(actual).containsExactly(expected(layout, red, green, blue));
  }

  private static Tensor written(
      ElementType type, Layout layout, double scale, List<Double> mean, List<Double> std) {
    return written(type, layout, scale, mean, std, Optional.empty());
  }

  private static Tensor written(
      ElementType type,
      Layout layout,
      double scale,
      List<Double> mean,
      List<Double> std,
      Optional<Quantization> quantization) {
    List<Long> shape = layout == Layout.NCHW ? List.of(2L, 3L, 3L, 2L) : List.of(2L, 3L, 2L, 3L);
    Tensor input = Tensor.allocate(new TensorSpec("images", type, shape));
    Mat image = new Mat(1, 2, CvType.CV_8UC3);
    image.put(0, 0, new byte[] {10, 20, 30, 40, 50, 60});
    PreprocessSettings settings =
        new PreprocessSettings(
            Resize.LETTERBOX,
            Interpolation.OPENCV_LINEAR,
            Color.RGB,
            layout,
            scale,
            mean,
            std,
            114);
    try (ImageStage stage = new ImageStage(settings, input, quantization)) {
      stage.place(1, image);
      stage.preprocess(1);
    }
    return input;
  }

  /** Returns the values of both slots, the first untouched, in the layout's order. */
  private static int[] expected(Layout layout, int[]... planes) {
    int[] values = new int[2 * VALUES];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 6; i++) {
        values[VALUES + (layout == Layout.NCHW ? 6 * c + i : 3 * i + c)] = planes[c][i];
      }
    }
    return values;
  }
}
