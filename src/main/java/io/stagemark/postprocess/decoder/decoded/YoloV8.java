package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import java.util.List;

/**
 * YOLOv8, YOLO11 and their kin: columns of box and class scores, or the same transposed to rows. No
 * objectness.
 */
public final class YoloV8 implements Decoder {
  @Override
  public String name() {
    return "yolov8";
  }

  @Override
  public String description() {
    return "YOLOv8, YOLOv9, YOLO11 and YOLO12: box and class scores of each cell";
  }

  @Override
  public String layout() {
    return "one output [N, 4 + classes, candidates] or [N, candidates, 4 + classes]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.box(Order.CENTRE), Parameters.unit(true), Parameters.probabilities());
  }

  @Override
  public BoxDecoder create(Head head) {
    return JoinedBoxes.of(head, true);
  }
}
