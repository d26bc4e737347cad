package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * YOLOv10-style heads that need no suppression: {@code [N, detections, 6]}: left, top, right,
 * bottom in model pixels, score, class index. Rows of score 0 fill up; a class outside the labels
 * is dropped.
 *
 * <p>Source: Wang et al., YOLOv10, 2024, <a
 * href="https://arxiv.org/abs/2405.14458">arXiv:2405.14458</a>.
 */
final class EndToEnd implements BoxDecoder {
  private final int classes;
  private final int rows;

  /**
   * @throws IllegalArgumentException if the output is not of that shape
   */
  EndToEnd(Head head) {
    classes = head.classes();
    if (head.outputs().size() != 1
        || !head.isFloat(0, 3)
        || head.extent(0, 2) != 6
        || head.extent(0, 1) < 1) {
      throw head.mismatch("one output [N, detections, 6]", Port.ofExtent("detections", 3, 2, 6));
    }
    rows = Math.toIntExact(head.extent(0, 1));
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    FloatBuffer values = outputs.apply(0).floats();
    for (int i = 0; i < rows; i++) {
      int row = (slot * rows + i) * 6;
      float score = values.get(row + 4);
      float classId = values.get(row + 5);
      if (score > filter.scoreThreshold() && classId >= 0 && classId < classes) {
        into.add(score, (int) classId, i);
      }
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList boxes) {
    FloatBuffer values = outputs.apply(0).floats();
    for (int i = 0; i < boxes.size(); i++) {
      int row = (slot * rows + boxes.sources()[i]) * 6;
      boxes.box(i, values.get(row), values.get(row + 1), values.get(row + 2), values.get(row + 3));
    }
  }

  @Override
  public void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    FloatBuffer values = outputs.apply(0).floats();
    for (int i = 0; i < rows; i++) {
      into.accept(values.get((slot * rows + i) * 6 + 4));
    }
  }

  @Override
  public int nonFinite(IntFunction<Tensor> outputs, int slot) {
    FloatBuffer values = outputs.apply(0).floats();
    int count = 0;
    for (int i = 0; i < rows; i++) {
      int odd = 0;
      for (int c = 0; c < 6; c++) {
        odd += Float.isFinite(values.get((slot * rows + i) * 6 + c)) ? 0 : 1;
      }
      count += odd > 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public boolean hasDense() {
    return false;
  }

  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    throw new UnsupportedOperationException("an end-to-end head has no dense candidates");
  }
}
