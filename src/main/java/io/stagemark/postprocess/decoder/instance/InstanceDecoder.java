package io.stagemark.postprocess.decoder.instance;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.PosePoints;
import io.stagemark.postprocess.decoder.PrototypeMasks;
import io.stagemark.postprocess.nms.BoxList;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * The boxes of another decoder with masks or key points.
 *
 * @param boxes finds the candidates
 * @param masks where their masks are
 * @param keyPoints where their key points are
 */
record InstanceDecoder(
    BoxDecoder boxes, Optional<PrototypeMasks> masks, Optional<PosePoints> keyPoints)
    implements BoxDecoder {

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
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
  public boolean hasDense() {
    return boxes.hasDense();
  }

  @Override
  public LastStep lastStep(int output) {
    return boxes.lastStep(output);
  }

  @Override
  public void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    boxes.probabilities(outputs, slot, into);
  }

  @Override
  public int nonFinite(IntFunction<Tensor> outputs, int slot) {
    return boxes.nonFinite(outputs, slot);
  }
}
