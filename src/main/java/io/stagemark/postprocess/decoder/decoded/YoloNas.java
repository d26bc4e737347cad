package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import java.util.List;

/** YOLO-NAS and PP-YOLOE without their selection: boxes in pixels, no background. */
public final class YoloNas implements Decoder {
  @Override
  public String name() {
    return "yolonas";
  }

  @Override
  public List<String> aliases() {
    return List.of("ppyoloe");
  }

  @Override
  public String description() {
    return "YOLO-NAS and PP-YOLOE before their selection: scores and decoded boxes";
  }

  @Override
  public String layout() {
    return "scores [N, cells, classes] or [N, classes, cells] and boxes [N, cells, 4], in any order";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        ScoredBoxes.background("none", "first", "last"),
        ScoredBoxes.scores("probabilities", "logits", "softmax"),
        Parameters.box(Order.CORNERS),
        Parameters.unit(true));
  }

  @Override
  public BoxDecoder create(Head head) {
    return ScoredBoxes.of(head, true).with(Parameters.boxes(head));
  }
}
