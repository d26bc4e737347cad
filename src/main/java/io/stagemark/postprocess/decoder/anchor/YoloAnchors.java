package io.stagemark.postprocess.decoder.anchor;

import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Activations;
import io.stagemark.postprocess.decoder.dense.BoxCoding;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import java.nio.FloatBuffer;

/**
 * Boxes of YOLO's anchors, with s = sigmoid(v):
 *
 * <ul>
 *   <li>{@code v5}: centre {@code (2 · s − 0.5 + cell) · stride}, side {@code (2 · s)² · anchor}
 *       (ultralytics/yolov5; YOLOv7 and Yolo-FastestV2 too);
 *   <li>{@code v3}: centre {@code (s + cell) · stride}, side {@code e^v · anchor} (Redmon and
 *       Farhadi, 2018, <a href="https://arxiv.org/abs/1804.02767">arXiv:1804.02767</a>).
 * </ul>
 *
 * <p>Where the sigmoid is in the graph already, v of {@code v5} and the centres of {@code v3} are
 * after it.
 */
final class YoloAnchors implements BoxCoding {
  private static final String FORMULA = "formula";
  private static final String V5 = "v5";

  private final Places cells;
  private final Places anchors;
  private final boolean sigmoid;
  private final boolean isV5;

  /**
   * @param cells with their strides as sizes, centred at their corners
   * @param anchors of the same candidates
   */
  YoloAnchors(Head head, Places cells, Places anchors) {
    this.cells = cells;
    this.anchors = anchors;
    this.sigmoid = Parameters.sigmoid(head) == LastStep.SIGMOID;
    this.isV5 = head.word(FORMULA).equals(V5);
  }

  static DecoderParameter formula() {
    return DecoderParameter.word(FORMULA, V5, "v3");
  }

  @Override
  public void decode(FloatBuffer numbers, int at, int stride, int candidate, float[] edges) {
    BoxCoding.centred(
        edges,
        centre(numbers.get(at)) * cells.width(candidate) + cells.x(candidate),
        centre(numbers.get(at + stride)) * cells.height(candidate) + cells.y(candidate),
        side(numbers.get(at + 2 * stride)) * anchors.width(candidate),
        side(numbers.get(at + 3 * stride)) * anchors.height(candidate));
  }

  private float activated(float value) {
    return sigmoid ? Activations.sigmoid(value) : value;
  }

  /** Returns the distance from a cell's corner, in cells. */
  private float centre(float value) {
    return isV5 ? 2 * activated(value) - 0.5f : activated(value);
  }

  /** Returns a side, in anchors. */
  private float side(float value) {
    if (!isV5) {
      return (float) Math.exp(value);
    }
    float twice = 2 * activated(value);
    return twice * twice;
  }
}
