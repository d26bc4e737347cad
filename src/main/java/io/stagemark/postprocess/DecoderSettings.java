package io.stagemark.postprocess;

import java.util.Map;

/**
 * How raw outputs become predictions.
 *
 * @param type name of the decoder, such as {@code centernet}
 * @param scoreThreshold candidates with a score of at most this are dropped; a ratio in [0, 1]
 * @param iouThreshold NMS drops a box that overlaps a better one of its class by more; in [0, 1]
 * @param preNmsTopK candidates that enter NMS at most, best scores first; at least 1
 * @param maxDetections detections kept an image at most; at least 1
 * @param parameters numbers of this decoder, such as {@code stride}, checked by the decoder
 */
public record DecoderSettings(
    String type,
    double scoreThreshold,
    double iouThreshold,
    int preNmsTopK,
    int maxDetections,
    Map<String, Double> parameters) {
  public DecoderSettings {
    parameters = Map.copyOf(parameters);
  }
}
