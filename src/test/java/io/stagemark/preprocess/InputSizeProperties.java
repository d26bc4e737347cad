package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.ElementType;
import io.stagemark.data.ImageSize;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The size that an image gives the input, against the letterbox of Ultralytics as plain loops. */
class InputSizeProperties {
  private static final TensorSpec OPEN =
      new TensorSpec(
          "images", ElementType.FLOAT32, List.of(1L, 3L, TensorSpec.DYNAMIC, TensorSpec.DYNAMIC));

  private static PreprocessSettings settings(
      Resize resize, boolean scaleUp, int longer, int stride) {
    return new PreprocessSettings(
        resize,
        Interpolation.OPENCV_LINEAR,
        Color.RGB,
        Layout.NCHW,
        1,
        List.of(0.0),
        List.of(1.0),
        114,
        scaleUp,
        OptionalInt.of(stride),
        OptionalInt.empty(),
        OptionalInt.of(longer),
        PreprocessSettings.DEFAULT_MAX_SOURCE_PIXELS);
  }

  /** Python's round: to the nearest, halves to the even one. */
  private static int round(double value) {
    int below = (int) Math.floor(value);
    double rest = value - below;
    return rest > 0.5 || (rest == 0.5 && below % 2 != 0) ? below + 1 : below;
  }

  /** numpy's mod of a border that is not negative, by counting down. */
  private static int mod(int border, int stride) {
    int left = border;
    while (left >= stride) {
      left -= stride;
    }
    return left;
  }

  @Property(tries = 2000)
  void inputSize_letterbox_isThatOfUltralytics(
      @ForAll @IntRange(min = 1, max = 5000) int width,
      @ForAll @IntRange(min = 1, max = 5000) int height,
      @ForAll @IntRange(min = 1, max = 40) int multiples,
      @ForAll @IntRange(min = 1, max = 64) int stride,
      @ForAll boolean scaleUp) {
    int longer = multiples * stride;
    Assume.that(longer >= 2);
    // class LetterBox, new_shape (longer, longer), auto, center
    double ratio = Math.min((double) longer / height, (double) longer / width);
    if (!scaleUp) {
      ratio = Math.min(ratio, 1.0);
    }
    int unpaddedWidth = round(width * ratio);
    int unpaddedHeight = round(height * ratio);
    Assume.that(unpaddedWidth > 0 && unpaddedHeight > 0);
    double borderX = mod(longer - unpaddedWidth, stride) / 2.0;
    double borderY = mod(longer - unpaddedHeight, stride) / 2.0;
    int left = round(borderX - 0.1);
    int top = round(borderY - 0.1);
    int outWidth = unpaddedWidth + left + round(borderX + 0.1);
    int outHeight = unpaddedHeight + top + round(borderY + 0.1);

    PreprocessSettings settings = settings(Resize.LETTERBOX, scaleUp, longer, stride);
    ImageSize size = ImageStage.inputSize(settings, OPEN, width, height);
    assertThat(size).isEqualTo(new ImageSize(outWidth, outHeight));
    FitPlan plan = FitPlan.of(settings, width, height, size.widthPx(), size.heightPx());
    assertThat(plan)
        .returns(unpaddedWidth, FitPlan::resizedWidth)
        .returns(unpaddedHeight, FitPlan::resizedHeight)
        .returns(left, FitPlan::left)
        .returns(top, FitPlan::top);
  }

  @Property(tries = 2000)
  void inputSize_everyLetterbox_isTheLeastMultipleThatHoldsTheImage(
      @ForAll @IntRange(min = 1, max = 5000) int width,
      @ForAll @IntRange(min = 1, max = 5000) int height,
      @ForAll @IntRange(min = 1, max = 40) int multiples,
      @ForAll @IntRange(min = 2, max = 64) int stride,
      @ForAll boolean topLeft) {
    PreprocessSettings settings =
        settings(
            topLeft ? Resize.LETTERBOX_TOP_LEFT : Resize.LETTERBOX,
            true,
            multiples * stride,
            stride);
    double ratio =
        Math.min((double) multiples * stride / height, (double) multiples * stride / width);
    int heldWidth = round(width * ratio);
    int heldHeight = round(height * ratio);
    Assume.that(heldWidth > 0 && heldHeight > 0);
    int least = stride;
    while (least < heldWidth) {
      least += stride;
    }
    int leastHeight = stride;
    while (leastHeight < heldHeight) {
      leastHeight += stride;
    }
    assertThat(ImageStage.inputSize(settings, OPEN, width, height))
        .isEqualTo(new ImageSize(least, leastHeight));
    assertThat(Math.max(heldWidth, heldHeight)).isEqualTo(multiples * stride);
  }

  // 810 x 1080: r = 640/1080, 480 x 640, both multiples of 32; 1280 x 720: 640 x 360, 360 to 384
  @Example
  void inputSize_knownPhotographs_areWorkedByHand() {
    PreprocessSettings settings = settings(Resize.LETTERBOX, true, 640, 32);
    assertThat(ImageStage.inputSize(settings, OPEN, 810, 1080)).hasToString("480x640 px");
    assertThat(ImageStage.inputSize(settings, OPEN, 1280, 720)).hasToString("640x384 px");
    assertThat(ImageStage.fault(settings, OPEN, 1280, 720)).isEmpty();
  }

  // 640/1537 · 1000 is 416.4, which 416 holds; fitted into 640x416 the picture would be 639 px wide
  @Example
  void plan_shorterSideThatRoundsDown_keepsTheLongerSide() {
    PreprocessSettings settings = settings(Resize.LETTERBOX, true, 640, 32);
    assertThat(ImageStage.inputSize(settings, OPEN, 1537, 1000)).hasToString("640x416 px");
    assertThat(FitPlan.of(settings, 1537, 1000, 640, 416).resizedWidth()).isEqualTo(640);
  }

  @Example
  void inputSize_tooElongated_isRefusedByBoth() {
    PreprocessSettings settings = settings(Resize.LETTERBOX, true, 640, 32);
    assertThatThrownBy(() -> ImageStage.inputSize(settings, OPEN, 5000, 3))
        .hasMessageContaining("640x0 px: too elongated");
    assertThat(ImageStage.fault(settings, OPEN, 5000, 3).orElseThrow()).contains("too elongated");
  }

  @Example
  void settings_longerSideThatIsNoMultiple_areRefused() {
    assertThatThrownBy(() -> settings(Resize.LETTERBOX, true, 640, 48))
        .hasMessageContaining("must be a multiple of padStridePx");
  }
}
