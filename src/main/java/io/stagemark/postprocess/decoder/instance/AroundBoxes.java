package io.stagemark.postprocess.decoder.instance;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.nms.BoxList;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/** The candidates of another decoder, of which more is found. */
abstract class AroundBoxes implements BoxDecoder {
  final BoxDecoder boxes;

  /**
   * @param boxes finds the candidates
   */
  AroundBoxes(BoxDecoder boxes) {
    this.boxes = boxes;
  }

  @Override
  public final void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    boxes.filter(outputs, slot, filter, into);
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    boxes.locate(outputs, slot, candidates);
  }

  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    return boxes.dense(outputs, slot, geometry);
  }

  @Override
  public final boolean hasDense() {
    return boxes.hasDense();
  }

  @Override
  public final LastStep lastStep(int output) {
    return boxes.lastStep(output);
  }

  @Override
  public final void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    boxes.probabilities(outputs, slot, into);
  }

  @Override
  public final int nonFinite(IntFunction<Tensor> outputs, int slot) {
    return boxes.nonFinite(outputs, slot);
  }
}
