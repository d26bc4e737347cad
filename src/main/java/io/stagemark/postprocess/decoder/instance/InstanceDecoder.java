package io.stagemark.postprocess.decoder.instance;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.PosePoints;
import io.stagemark.postprocess.decoder.PrototypeMasks;
import java.util.Optional;

/** The boxes of another decoder with masks or key points. */
final class InstanceDecoder extends AroundBoxes {
  private final Optional<PrototypeMasks> masks;
  private final Optional<PosePoints> keyPoints;

  /**
   * @param boxes finds the candidates
   * @param masks where their masks are
   * @param keyPoints where their key points are
   */
  InstanceDecoder(
      BoxDecoder boxes, Optional<PrototypeMasks> masks, Optional<PosePoints> keyPoints) {
    super(boxes);
    this.masks = masks;
    this.keyPoints = keyPoints;
  }

  @Override
  public Optional<PrototypeMasks> masks() {
    return masks;
  }

  @Override
  public Optional<PosePoints> keyPoints() {
    return keyPoints;
  }
}
