package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import io.stagemark.postprocess.decoder.grid.ObjectnessRows;
import java.util.List;

/** YOLOv5 and YOLOv7 with their last layer: boxes in pixels, sigmoid inside. */
public final class YoloV5 implements Decoder {
  @Override
  public String name() {
    return "yolov5";
  }

  @Override
  public String description() {
    return "YOLOv5 and YOLOv7: rows of box, objectness and class scores";
  }

  @Override
  public String layout() {
    return "one output [N, candidates, 5 + classes]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.box(Order.CENTRE), Parameters.unit(true), Parameters.probabilities());
  }

  @Override
  public BoxDecoder create(Head head) {
    return ObjectnessRows.of(head, ObjectnessRows.candidates(head), Parameters.boxes(head));
  }
}
