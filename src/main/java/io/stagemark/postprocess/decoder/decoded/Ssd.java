package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import java.util.List;

/** SSD and UltraFace whose boxes the export has decoded, before any selection. */
public final class Ssd implements Decoder {
  @Override
  public String name() {
    return "ssd";
  }

  @Override
  public String description() {
    return "SSD and UltraFace: scores with a background, and decoded boxes";
  }

  @Override
  public String layout() {
    return "scores [N, candidates, 1 + classes] and boxes [N, candidates, 4], in any order";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        ScoredBoxes.background("first", "last", "none"),
        ScoredBoxes.scores("probabilities", "softmax", "logits"),
        Parameters.box(Order.CORNERS),
        Parameters.unit(false));
  }

  @Override
  public BoxDecoder create(Head head) {
    return ScoredBoxes.of(head, true).with(Parameters.boxes(head));
  }
}
