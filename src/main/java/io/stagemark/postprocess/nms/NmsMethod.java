package io.stagemark.postprocess.nms;

/** The rules of suppression, as a config names them: lower case with hyphens. */
public enum NmsMethod {
  /** Greedy, torchvision's: {@link HardNms}. */
  HARD,
  /**
   * {@link HardNms} with classes kept apart as Ultralytics does it, by moving boxes by 7680 px a
   * class in float32: it loses bits, so a pair near the threshold may come out otherwise than under
   * {@link #HARD}.
   */
  ULTRALYTICS,
  /** {@link SoftNms}, linear. */
  SOFT_LINEAR,
  /** {@link SoftNms}, Gaussian; σ 0.5 unless given. */
  SOFT_GAUSSIAN,
  /** {@link DiouNms}; β 1 unless given. */
  DIOU,
  /** {@link FastNms}. */
  FAST,
  /** {@link MatrixNms}, linear. */
  MATRIX_LINEAR,
  /** {@link MatrixNms}, Gaussian; σ 2 unless given. */
  MATRIX_GAUSSIAN,
  /** {@link SelfFusion}: weighted box fusion of the model's own boxes. */
  WEIGHTED_FUSION,
  /** {@link OpenCvNms}: NMSBoxesBatched, or NMSBoxes if agnostic. */
  OPENCV,
  /**
   * {@link OpenCvSoftNms}, Gaussian: softNMSBoxes on boxes that are rounded to whole pixels,
   * classes moved apart as in {@link #OPENCV} unless agnostic; σ 0.5 unless given.
   */
  OPENCV_SOFT,
  /** {@link OnnxNms}. */
  ONNX,
  /** All candidates, best first. */
  NONE;

  /** Returns whether the rule has a σ or β that a card may set. */
  public boolean hasParameter() {
    return this == SOFT_GAUSSIAN || this == MATRIX_GAUSSIAN || this == DIOU || this == OPENCV_SOFT;
  }

  /** Returns whether the rule compares overlaps with the IoU threshold. */
  public boolean hasIouThreshold() {
    return this != SOFT_GAUSSIAN
        && this != MATRIX_LINEAR
        && this != MATRIX_GAUSSIAN
        && this != OPENCV_SOFT
        && this != NONE;
  }
}
