package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * NanoDet: for each stride S probabilities {@code [N, cells, classes]} and distances {@code [N,
 * cells, 4 · bins]}. A distance to a side is the mean of a softmax over the bins 0 … bins − 1,
 * times S; the centre of cell i is {@code i·S + (S − 1)/2}.
 *
 * <p>Source: the integral of Li et al., Generalized Focal Loss, 2020, <a
 * href="https://arxiv.org/abs/2006.04388">arXiv:2006.04388</a>.
 */
final class NanoDet implements BoxDecoder {
  private static final int[] STRIDES = {8, 16, 32, 64};

  private final int classes;
  private final int bins;
  private final int candidates;
  private final List<Level> levels = new ArrayList<>();
  private final ClassScores scores;
  private final double[] distances = new double[4];

  /**
   * One stride.
   *
   * @param scoreOutput index of its probabilities
   * @param distanceOutput index of its distances
   * @param first index of its first candidate
   * @param columns cells in a row
   * @param cells in all
   */
  private record Level(
      int scoreOutput, int distanceOutput, int first, int columns, int cells, int stride) {}

  /**
   * @throws IllegalArgumentException if the outputs are not pairs of that shape
   */
  NanoDet(Head head) {
    classes = head.classes();
    List<Integer> scoreOutputs = new ArrayList<>();
    List<Integer> distanceOutputs = new ArrayList<>();
    int pairs = head.outputs().size() / 2;
    for (int i = 0; i < head.outputs().size(); i++) {
      if (!head.isFloat(i, 3)) {
        throw mismatch(head);
      }
      boolean isScores = head.extent(i, 2) == classes && scoreOutputs.size() < pairs;
      (isScores ? scoreOutputs : distanceOutputs).add(i);
    }
    if (pairs == 0 || scoreOutputs.size() != pairs || distanceOutputs.size() != pairs) {
      throw mismatch(head);
    }
    bins = Math.toIntExact(head.extent(distanceOutputs.get(0), 2) / 4);
    int first = 0;
    for (int p = 0; p < pairs; p++) {
      Level level = level(head, scoreOutputs.get(p), distanceOutputs.get(p), first);
      levels.add(level);
      first += level.cells();
    }
    candidates = first;
    scores = new ClassScores(classes);
  }

  private Level level(Head head, int scoreOutput, int distanceOutput, int first) {
    long cells = head.extent(scoreOutput, 1);
    if (head.extent(distanceOutput, 1) != cells
        || bins < 2
        || head.extent(distanceOutput, 2) != 4L * bins) {
      throw mismatch(head);
    }
    for (int stride : STRIDES) {
      int columns = (head.inputWidthPx() + stride - 1) / stride;
      int rows = (head.inputHeightPx() + stride - 1) / stride;
      if ((long) columns * rows == cells) {
        return new Level(scoreOutput, distanceOutput, first, columns, columns * rows, stride);
      }
    }
    throw head.refusal(expected(head), () -> inputOf(head, cells));
  }

  private static IllegalArgumentException mismatch(Head head) {
    return head.mismatchOfGrids(
        expected(head), Port.ofClasses("scores", 3, 2, 0), Port.ofExtent("distances", 3, 2, 32));
  }

  private static String expected(Head head) {
    return "for each of some strides 8 to 64 scores [N, cells, %d] and distances [N, cells, 4 x bins]"
        .formatted(head.classes());
  }

  private static String inputOf(Head head, long cells) {
    List<String> known = new ArrayList<>();
    for (int stride : STRIDES) {
      int columns = (head.inputWidthPx() + stride - 1) / stride;
      int rows = (head.inputHeightPx() + stride - 1) / stride;
      known.add(Long.toString((long) columns * rows));
    }
    return "the input size that this export was made for: a grid of %d cells is none of %s at %dx%d px"
        .formatted(cells, String.join(", ", known), head.inputWidthPx(), head.inputHeightPx());
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    for (int l = 0; l < levels.size(); l++) {
      Level level = levels.get(l);
      FloatBuffer probabilities = outputs.apply(level.scoreOutput).floats();
      for (int cell = 0; cell < level.cells; cell++) {
        int row = (slot * level.cells + cell) * classes;
        for (int c = 0; c < classes; c++) {
          scores.set(c, probabilities.get(row + c));
        }
        scores.pick(level.first + cell, filter, into);
      }
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      int source = boxes.sources()[i];
      int l = 0;
      while (source >= levels.get(l).first + levels.get(l).cells) {
        l++;
      }
      Level level = levels.get(l);
      int cell = source - level.first;
      FloatBuffer bars = outputs.apply(level.distanceOutput).floats();
      integrate(bars, (slot * level.cells + cell) * 4 * bins, level.stride);
      double x = centre(cell % level.columns, level.stride);
      double y = centre(cell / level.columns, level.stride);
      boxes.box(
          i,
          (float) (x - distances[0]),
          (float) (y - distances[1]),
          (float) (x + distances[2]),
          (float) (y + distances[3]));
    }
  }

  @Override
  public LastStep lastStep(int output) {
    return levels.stream().anyMatch(level -> level.distanceOutput == output)
        ? LastStep.SOFTMAX
        : LastStep.NONE;
  }

  private static double centre(int index, int stride) {
    return index * stride + (stride - 1) / 2.0;
  }

  /** Sets the distances to left, top, right and bottom, in model pixels. */
  private void integrate(FloatBuffer bars, int offset, int stride) {
    for (int side = 0; side < 4; side++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int b = 0; b < bins; b++) {
        largest = Math.max(largest, bars.get(offset + side * bins + b));
      }
      double sum = 0;
      double weighted = 0;
      for (int b = 0; b < bins; b++) {
        double e = Math.exp(bars.get(offset + side * bins + b) - largest);
        sum += e;
        weighted += b * e;
      }
      distances[side] = stride * weighted / sum;
    }
  }

  /** Returns a copy, as probabilities: the levels are separate in memory. */
  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    float[] probabilities = new float[candidates * classes];
    DenseBoxes boxes = new DenseBoxes(candidates, geometry);
    for (Level level : levels) {
      outputs
          .apply(level.scoreOutput)
          .floats()
          .get(
              slot * level.cells * classes,
              probabilities,
              level.first * classes,
              level.cells * classes);
      FloatBuffer bars = outputs.apply(level.distanceOutput).floats();
      for (int cell = 0; cell < level.cells; cell++) {
        integrate(bars, (slot * level.cells + cell) * 4 * bins, level.stride);
        double x = centre(cell % level.columns, level.stride);
        double y = centre(cell / level.columns, level.stride);
        boxes.corners(
            level.first + cell,
            x - distances[0],
            y - distances[1],
            x + distances[2],
            y + distances[3]);
      }
    }
    return new DenseCandidates(
        candidates,
        classes,
        false,
        FloatBuffer.wrap(probabilities),
        new DenseCandidates.Layout(0, classes, 1),
        boxes.edges());
  }
}
