package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;

/**
 * SSD exports and UltraFace: probabilities {@code [N, priors, 1 + classes]}, whose first column is
 * the background, and decoded boxes {@code [N, priors, 4]}: left, top, right, bottom as fractions
 * of the input (parameter {@code pixels} = 1: in model pixels).
 */
final class ScoredBoxes implements BoxDecoder {
  static final String PIXELS = "pixels";

  private final int classes;
  private final int priors;
  private final int scoreOutput;
  private final float scaleX;
  private final float scaleY;
  private final ClassScores scores;

  /**
   * @throws IllegalArgumentException if the outputs are not of those shapes
   */
  ScoredBoxes(Head head) {
    classes = head.classes();
    String expected =
        "scores [N, priors, %d] with the background first and boxes [N, priors, 4]"
            .formatted(1 + classes);
    Port[] ports = {Port.ofClasses("scores", 3, 2, 1), Port.ofExtent("boxes", 3, 2, 4)};
    if (head.outputs().size() != 2 || !head.isFloat(0, 3) || !head.isFloat(1, 3)) {
      throw head.mismatch(expected, ports);
    }
    scoreOutput = head.extent(0, 2) == 1 + classes && head.extent(1, 2) == 4 ? 0 : 1;
    priors = Math.toIntExact(head.extent(scoreOutput, 1));
    if (head.extent(scoreOutput, 2) != 1 + classes
        || head.extent(1 - scoreOutput, 2) != 4
        || head.extent(1 - scoreOutput, 1) != priors
        || priors < 1) {
      throw head.mismatch(expected, ports);
    }
    boolean pixels = head.parameter(PIXELS) != 0;
    scaleX = pixels ? 1 : head.inputWidthPx();
    scaleY = pixels ? 1 : head.inputHeightPx();
    scores = new ClassScores(classes);
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    FloatBuffer probabilities = outputs.apply(scoreOutput).floats();
    for (int i = 0; i < priors; i++) {
      int row = (slot * priors + i) * (1 + classes);
      for (int c = 0; c < classes; c++) {
        scores.set(c, probabilities.get(row + 1 + c));
      }
      scores.pick(i, filter, into);
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    FloatBuffer boxes = outputs.apply(1 - scoreOutput).floats();
    for (int i = 0; i < candidates.size(); i++) {
      int box = (slot * priors + candidates.sources()[i]) * 4;
      candidates.box(
          i,
          boxes.get(box) * scaleX,
          boxes.get(box + 1) * scaleY,
          boxes.get(box + 2) * scaleX,
          boxes.get(box + 3) * scaleY);
    }
  }

  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    FloatBuffer boxes = outputs.apply(1 - scoreOutput).floats();
    DenseBoxes edges = new DenseBoxes(priors, geometry);
    for (int i = 0; i < priors; i++) {
      int box = (slot * priors + i) * 4;
      edges.corners(
          i,
          boxes.get(box) * scaleX,
          boxes.get(box + 1) * scaleY,
          boxes.get(box + 2) * scaleX,
          boxes.get(box + 3) * scaleY);
    }
    return new DenseCandidates(
        priors,
        classes,
        false,
        outputs.apply(scoreOutput).floats(),
        new DenseCandidates.Layout(slot * priors * (1 + classes) + 1, 1 + classes, 1),
        edges.edges());
  }
}
