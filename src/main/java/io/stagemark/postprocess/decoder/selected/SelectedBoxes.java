package io.stagemark.postprocess.decoder.selected;

import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Networks that end in their selection, with boxes, scores and classes in outputs of their own, in
 * any order, with or without a batch axis, with or without a number of detections.
 */
public abstract class SelectedBoxes implements Decoder {
  private static final String FIRST_CLASS = "firstClass";
  private static final String LAYOUT =
      "boxes [N, detections, 4], scores and classes [N, detections], in any order, and the number"
          + " of detections [N] or [N, 1] where there is one; or all without N";

  private final String name;
  private final String description;
  private final List<DecoderParameter> parameters;

  private SelectedBoxes(String name, String description, DecoderParameter... parameters) {
    this.name = name;
    this.description = description;
    this.parameters = List.of(parameters);
  }

  /**
   * RT-DETR, D-FINE and DEIM by their own exporters, torchvision, YOLO-NAS' batch format,
   * EfficientNMS: boxes by their corners in px, classes from 0.
   */
  public static final class Corners extends SelectedBoxes {
    public Corners() {
      super(
          "selected",
          "boxes, scores and classes after the selection: RT-DETR, D-FINE, torchvision, YOLO-NAS,"
              + " EfficientNMS",
          Parameters.box(Order.CORNERS),
          Parameters.unit(true),
          new DecoderParameter(FIRST_CLASS, 0, 1, 0));
    }
  }

  /** TensorFlow's object detection: top, left, bottom, right as fractions, classes from 1. */
  public static final class TensorFlow extends SelectedBoxes {
    public TensorFlow() {
      super(
          "tf-od",
          "TensorFlow object detection: boxes, scores, classes from 1 and their number",
          Parameters.box(Order.YX_CORNERS),
          Parameters.unit(false),
          new DecoderParameter(FIRST_CLASS, 0, 1, 1));
    }
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final String layout() {
    return LAYOUT;
  }

  @Override
  public final List<DecoderParameter> parameters() {
    return parameters;
  }

  @Override
  public final boolean needsNms() {
    return false;
  }

  @Override
  public final boolean hasMultiLabel() {
    return false;
  }

  @Override
  public final BoxDecoder create(Head head) {
    SelectedOutputs outputs = SelectedOutputs.of(head, LAYOUT);
    return new SelectedDecoder(
        new Separate(outputs),
        head.classes(),
        (int) head.parameter(FIRST_CLASS),
        Parameters.boxes(head));
  }

  /** Detections in outputs of their own. */
  private record Separate(SelectedOutputs found) implements SelectedDecoder.Selection {

    @Override
    public int rows(IntFunction<Tensor> outputs, int slot) {
      int rows = Reading.extent(outputs.apply(found.boxes()), 2);
      return found.count() < 0
          ? rows
          : Math.max(0, Math.min(rows, (int) Reading.at(outputs.apply(found.count()), slot)));
    }

    private int at(IntFunction<Tensor> outputs, int slot, int row) {
      return slot * Reading.extent(outputs.apply(found.boxes()), 2) + row;
    }

    @Override
    public float score(IntFunction<Tensor> outputs, int slot, int row) {
      return Reading.at(outputs.apply(found.scores()), at(outputs, slot, row));
    }

    @Override
    public float classNumber(IntFunction<Tensor> outputs, int slot, int row) {
      return Reading.at(outputs.apply(found.classes()), at(outputs, slot, row));
    }

    @Override
    public float box(IntFunction<Tensor> outputs, int slot, int row, int side) {
      return Reading.at(outputs.apply(found.boxes()), at(outputs, slot, row) * 4 + side);
    }
  }
}
