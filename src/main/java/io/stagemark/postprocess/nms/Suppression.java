package io.stagemark.postprocess.nms;

import io.stagemark.data.LapProbe;

/**
 * A rule applied to the candidates of an image. Reuses memory; not thread-safe.
 *
 * <p>{@link #of} makes the one that settings name.
 */
public interface Suppression {

  /**
   * Applies the rule.
   *
   * @param boxes rules that lower scores or fuse boxes write the new ones here
   * @return how many boxes are kept; {@link #kept} has them
   */
  int run(BoxList boxes);

  /** Returns indices of the kept boxes, best score first; valid until the next {@link #run}. */
  int[] kept();

  /**
   * Reports the end of sorting the candidates as a lap {@code sort}. What a rule sorts after it,
   * such as scores that it has lowered or boxes that it has fused, is a part of the rule.
   */
  void measure(LapProbe probe);

  /** Makes the rule of some settings. */
  static Suppression of(NmsSettings settings) {
    double threshold = settings.iouThreshold();
    double score = settings.scoreThreshold();
    return switch (settings.method()) {
      case HARD ->
          new HardNms(
              threshold, settings.agnostic(), settings.preNmsTopK(), settings.maxDetections());
      case ULTRALYTICS -> HardNms.ultralytics(settings);
      case SOFT_LINEAR ->
          variant(settings, new SoftNms(SoftNms.Decay.LINEAR, threshold, 1, score, false));
      case SOFT_GAUSSIAN ->
          variant(
              settings,
              new SoftNms(
                  SoftNms.Decay.GAUSSIAN,
                  threshold,
                  settings.parameter().orElse(0.5),
                  score,
                  false));
      case DIOU -> variant(settings, new DiouNms(threshold, settings.parameter().orElse(1)));
      case FAST -> variant(settings, new FastNms(threshold));
      case MATRIX_LINEAR -> variant(settings, new MatrixNms(false, 1));
      case MATRIX_GAUSSIAN ->
          variant(settings, new MatrixNms(true, settings.parameter().orElse(2)));
      case WEIGHTED_FUSION, OPENCV, OPENCV_SOFT, ONNX, NONE -> new LibrarySuppression(settings);
    };
  }

  private static Suppression variant(NmsSettings settings, NmsVariant variant) {
    return new VariantSuppression(settings, variant);
  }
}
