package io.stagemark.postprocess.decoder.selected;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import io.stagemark.postprocess.decoder.dense.Scoring;
import io.stagemark.postprocess.nms.BoxList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * Graphs that end in ONNX's NonMaxSuppression: all boxes, all scores, and rows of image, class and
 * box that it selected. The losses read all of them, the detections are the selected ones.
 *
 * <p>Source: the operator's definition in the ONNX standard, opset 11: boxes are y1, x1, y2, x2.
 */
public final class OnnxSelection implements Decoder {
  private static final int SELECTED = 3;

  @Override
  public String name() {
    return "onnx-nms";
  }

  @Override
  public String description() {
    return "graphs that end in NonMaxSuppression: boxes, scores and the selected indices";
  }

  @Override
  public String layout() {
    return "boxes [N, candidates, 4], scores [N, classes, candidates] and whole numbers"
        + " [selected, 3], in any order";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.box(Order.YX_CORNERS), Parameters.unit(true));
  }

  @Override
  public boolean needsNms() {
    return false;
  }

  @Override
  public boolean hasMultiLabel() {
    return false;
  }

  @Override
  public BoxDecoder create(Head head) {
    int boxes = -1;
    int scores = -1;
    int selected = -1;
    for (int i = 0; i < head.outputs().size(); i++) {
      TensorSpec output = head.outputs().get(i);
      boolean rows = output.shape().size() == 2 && output.shape().get(1) == SELECTED;
      if (rows && !output.type().isFloating()) {
        selected = i;
      } else if (head.isFloat(i, 3) && head.extent(i, 2) == 4 && boxes < 0) {
        boxes = i;
      } else if (head.isFloat(i, 3) && head.extent(i, 1) == head.classes()) {
        scores = i;
      }
    }
    boolean found = head.outputs().size() == 3 && boxes >= 0 && scores >= 0 && selected >= 0;
    if (!found || head.extent(boxes, 1) < 1 || head.extent(boxes, 1) != head.extent(scores, 2)) {
      throw head.mismatch(
          "boxes [N, candidates, 4], scores [N, %d, candidates] and whole numbers [selected, 3]"
              .formatted(head.classes()),
          Port.ofExtent("boxes", 3, 2, 4),
          Port.ofClasses("scores", 3, 1, 0),
          Port.ofExtent("selected", 2, 1, SELECTED));
    }
    int count = Math.toIntExact(head.extent(boxes, 1));
    Numbers columns = Numbers.ofColumns(scores, head.classes(), count, 0);
    DenseDecoder all =
        new DenseDecoder(
            head.classes(),
            List.of(Level.of(count, columns, Numbers.ofRows(boxes, count, 4, 0))),
            Scoring.of(BoxDecoder.LastStep.NONE, head.classes()),
            Parameters.boxes(head));
    return new Selected(all, scores, selected, head.classes(), count);
  }

  /**
   * The selected ones of all.
   *
   * @param scores index of the output
   * @param selected index of the output
   */
  private record Selected(DenseDecoder all, int scores, int selected, int classes, int count)
      implements BoxDecoder {

    @Override
    public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
      Tensor indices = outputs.apply(selected);
      Tensor values = outputs.apply(scores);
      int rows = Reading.extent(indices, 2);
      for (int row = 0; row < rows; row++) {
        int classId = (int) indices.number(row * SELECTED + 1);
        int box = (int) indices.number(row * SELECTED + 2);
        boolean known = classId >= 0 && classId < classes && box >= 0 && box < count;
        if (known && (int) indices.number(row * SELECTED) == slot) {
          float score = values.floats().get((slot * classes + classId) * count + box);
          if (score > filter.scoreThreshold()) {
            into.add(score, classId, box);
          }
        }
      }
    }

    @Override
    public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
      all.locate(outputs, slot, candidates);
    }

    @Override
    public void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
      all.probabilities(outputs, slot, into);
    }

    @Override
    public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
      return all.dense(outputs, slot, geometry);
    }
  }
}
