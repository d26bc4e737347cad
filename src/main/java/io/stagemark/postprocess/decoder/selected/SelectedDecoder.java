package io.stagemark.postprocess.decoder.selected;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.dense.PlainBoxes;
import io.stagemark.postprocess.nms.BoxList;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * Detections that the network has selected: a box, a score and a class each. A class outside the
 * labels is dropped: some networks fill up with −1.
 */
final class SelectedDecoder implements BoxDecoder {
  private final Selection selection;
  private final int classes;
  private final int firstClass;
  private final PlainBoxes boxes;
  private final float[] edges = new float[4];

  /** Where the parts of the detections are. */
  interface Selection {
    /** Returns how many rows there are for an image, rows of others among them. */
    int rows(IntFunction<Tensor> outputs, int slot);

    /** Returns whether a row is of an image. */
    default boolean isOf(IntFunction<Tensor> outputs, int slot, int row) {
      return true;
    }

    float score(IntFunction<Tensor> outputs, int slot, int row);

    float classNumber(IntFunction<Tensor> outputs, int slot, int row);

    /** Returns one of the four numbers of a box. */
    float box(IntFunction<Tensor> outputs, int slot, int row, int side);
  }

  /**
   * @param firstClass number that the network gives the first of the labels
   */
  SelectedDecoder(Selection selection, int classes, int firstClass, PlainBoxes boxes) {
    this.selection = selection;
    this.classes = classes;
    this.firstClass = firstClass;
    this.boxes = boxes;
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    int rows = selection.rows(outputs, slot);
    for (int row = 0; row < rows; row++) {
      float score = selection.score(outputs, slot, row);
      if (score > filter.scoreThreshold() && selection.isOf(outputs, slot, row)) {
        float classId = selection.classNumber(outputs, slot, row) - firstClass;
        if (classId >= 0 && classId < classes) {
          into.add(score, (int) classId, row);
        }
      }
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      int row = candidates.sources()[i];
      boxes.set(
          selection.box(outputs, slot, row, 0),
          selection.box(outputs, slot, row, 1),
          selection.box(outputs, slot, row, 2),
          selection.box(outputs, slot, row, 3),
          edges);
      candidates.box(i, edges[0], edges[1], edges[2], edges[3]);
    }
  }

  @Override
  public void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    int rows = selection.rows(outputs, slot);
    for (int row = 0; row < rows; row++) {
      if (selection.isOf(outputs, slot, row)) {
        into.accept(selection.score(outputs, slot, row));
      }
    }
  }

  @Override
  public int nonFinite(IntFunction<Tensor> outputs, int slot) {
    int count = 0;
    int rows = selection.rows(outputs, slot);
    for (int row = 0; row < rows; row++) {
      if (selection.isOf(outputs, slot, row)) {
        // 0 · (NaN or infinity) is NaN
        float sum =
            0 * selection.score(outputs, slot, row) + 0 * selection.classNumber(outputs, slot, row);
        for (int side = 0; side < 4; side++) {
          sum += 0 * selection.box(outputs, slot, row, side);
        }
        count += sum == 0 ? 0 : 1;
      }
    }
    return count;
  }

  @Override
  public boolean hasDense() {
    return false;
  }

  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    throw new UnsupportedOperationException(
        "a network that selects its detections has no dense candidates");
  }
}
