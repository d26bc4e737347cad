package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.RotatedBoxes;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * Turns the outputs of one family of detectors into boxes. Made for one layout, which it has
 * checked; reuses its memory; not thread-safe.
 */
public interface BoxDecoder {
  /** Where boxes are of no interest. */
  Geometry UNMAPPED = new Geometry(1, 1, 1, 1, 0, 0);

  /**
   * Appends the candidates of one image with score, class and candidate index, in the order of the
   * outputs; their boxes are still to be {@linkplain #locate set}.
   *
   * @param outputs the engine's outputs by index, not modified
   * @param slot which image of the batch
   * @param filter which candidates to take
   */
  void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into);

  /** Sets the boxes of candidates that {@link #filter} took, in model pixels. */
  void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates);

  /**
   * Returns every candidate of one image, before any threshold. Reads the outputs in place; the
   * result is valid as long as they are. Allocates; outside the clock.
   *
   * @param geometry where the image lay in the input: boxes come in source pixels, not clipped
   * @throws UnsupportedOperationException if {@link #hasDense} is false
   */
  DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry);

  /**
   * Returns whether the outputs hold every candidate with a score a class: what dense losses need.
   */
  default boolean hasDense() {
    return true;
  }

  /** The last step of the network that a decoder takes itself. */
  enum LastStep {
    /** None: numbers are read as they are. */
    NONE,
    /** Of each number by itself. */
    SIGMOID,
    /** Of some numbers together. */
    SOFTMAX
  }

  /** Returns what the decoder makes of an output's numbers first. */
  default LastStep lastStep(int output) {
    return LastStep.NONE;
  }

  /**
   * Hands on every number of one image that must be a probability: none of a decoder that reads
   * logits. By default the scores of {@link #dense}, or nothing without them. Outside the clock.
   */
  default void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    if (!hasDense()) {
      return;
    }
    DenseCandidates all = dense(outputs, slot, UNMAPPED);
    if (!all.logits()) {
      for (int i = 0; i < all.count(); i++) {
        for (int c = 0; c < all.classes(); c++) {
          into.accept(all.score(i, c));
        }
      }
    }
  }

  /**
   * Returns how many candidates of one image are not finite, for a decoder without dense ones.
   * Outside the clock.
   *
   * @throws UnsupportedOperationException if {@link #hasDense} is true: they show it
   */
  default int nonFinite(IntFunction<Tensor> outputs, int slot) {
    throw new UnsupportedOperationException("the dense candidates show what is not finite");
  }

  /** Returns whether candidates are turned rectangles, whose corners {@link #corners} has. */
  default boolean hasCorners() {
    return false;
  }

  /** Returns whether corners beyond the picture are moved to its edge. */
  default boolean clipsCorners() {
    return true;
  }

  /**
   * Returns the rectangles that {@link #locate} sets, for suppression by how they overlap; empty
   * where upright boxes are compared.
   */
  default Optional<RotatedBoxes> rotated() {
    return Optional.empty();
  }

  /**
   * Writes the corners of a candidate of the last image as x, y, x, y, … in model pixels, around
   * the rectangle.
   *
   * @param source the candidate's index
   * @param at first of eight places in {@code into}
   */
  default void corners(int source, double[] into, int at) {
    throw new UnsupportedOperationException("this decoder's boxes are upright");
  }

  /** Returns where the masks of candidates are; empty for a decoder of boxes alone. */
  default Optional<PrototypeMasks> masks() {
    return Optional.empty();
  }

  /** Returns where the key points of candidates are; empty for a decoder of boxes alone. */
  default Optional<PosePoints> keyPoints() {
    return Optional.empty();
  }

  /**
   * Which candidates to take.
   *
   * @param scoreThreshold those with a score strictly above; NaN scores are never above
   * @param multiLabel true: a candidate once for each class above; false: for its best class only,
   *     the lowest of equals
   */
  record Filter(float scoreThreshold, boolean multiLabel) {}
}
