package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import java.util.List;

/** RT-DETR as Ultralytics exports it: rows of box and class scores, one a query. */
public final class UltralyticsRtDetr implements Decoder {
  @Override
  public String name() {
    return "rtdetr-ultralytics";
  }

  @Override
  public String description() {
    return "RT-DETR of Ultralytics: box and class scores of each query, nothing to suppress";
  }

  @Override
  public String layout() {
    return "one output [N, queries, 4 + classes]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        Parameters.box(Order.CENTRE), Parameters.unit(false), Parameters.probabilities());
  }

  @Override
  public boolean needsNms() {
    return false;
  }

  @Override
  public BoxDecoder create(Head head) {
    return JoinedBoxes.of(head, false);
  }
}
