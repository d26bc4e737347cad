package io.stagemark.postprocess;

import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.postprocess.nms.NmsSettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How raw outputs become predictions.
 *
 * @param type name of the decoder, such as {@code centernet}
 * @param scoreThreshold candidates with a score of at most this are dropped; a ratio in [0, 1]
 * @param iouThreshold NMS drops a box that overlaps a better one of its class by more; in [0, 1]
 * @param preNmsTopK candidates that enter NMS at most, best scores first; at least 1
 * @param maxDetections detections kept an image at most; at least 1
 * @param parameters of this decoder, such as {@code unclip}, as text, checked by the decoder
 * @param nms the rule of suppression; default {@link NmsMethod#HARD}
 * @param nmsParameter σ of the Gaussian rules or β of DIoU; default: the rule's own
 * @param classAgnostic boxes of all classes suppress each other; default false
 * @param multiLabel a candidate counts for each class above the threshold, not only its best (as
 *     Ultralytics validates); without effect on models of one class; default false
 * @param classIds the classes to report; default empty: all
 */
public record DecoderSettings(
    String type,
    double scoreThreshold,
    double iouThreshold,
    int preNmsTopK,
    int maxDetections,
    Map<String, String> parameters,
    NmsMethod nms,
    OptionalDouble nmsParameter,
    boolean classAgnostic,
    boolean multiLabel,
    List<Integer> classIds) {
  public DecoderSettings {
    parameters = Map.copyOf(parameters);
    classIds = List.copyOf(classIds);
    require(scoreThreshold >= 0 && scoreThreshold <= 1, "scoreThreshold", scoreThreshold);
    require(iouThreshold >= 0 && iouThreshold <= 1, "iouThreshold", iouThreshold);
    if (preNmsTopK < 1 || maxDetections < 1) {
      throw new IllegalArgumentException(
          "preNmsTopK and maxDetections must be at least 1, got %d and %d"
              .formatted(preNmsTopK, maxDetections));
    }
  }

  /** The settings with the defaults of everything after {@code parameters}. */
  public DecoderSettings(
      String type,
      double scoreThreshold,
      double iouThreshold,
      int preNmsTopK,
      int maxDetections,
      Map<String, String> parameters) {
    this(
        type,
        scoreThreshold,
        iouThreshold,
        preNmsTopK,
        maxDetections,
        parameters,
        NmsMethod.HARD,
        OptionalDouble.empty(),
        false,
        false,
        List.of());
  }

  private static void require(boolean condition, String name, double value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "%s must be a ratio in [0, 1], got %s".formatted(name, value));
    }
  }

  /**
   * Returns the part that the suppression reads: no rule at all for a decoder that needs none.
   *
   * @throws IllegalArgumentException if there is no decoder of that name
   */
  public NmsSettings nmsSettings() {
    return new NmsSettings(
        Decoders.needsNms(type) ? nms : NmsMethod.NONE,
        iouThreshold,
        scoreThreshold,
        classAgnostic,
        preNmsTopK,
        maxDetections,
        nmsParameter);
  }
}
