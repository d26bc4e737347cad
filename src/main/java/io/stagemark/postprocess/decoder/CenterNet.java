package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;

/**
 * CenterNet-style heads: a score map {@code [N, classes, h, w]} after the sigmoid and distances to
 * the four sides {@code [N, 4, h, w]} in model pixels. A cell (x, y) is the box {@code (s·x − w0,
 * s·y − w1, s·x + w2, s·y + w3)} with stride s = input / map.
 *
 * <p>Source of the idea: Zhou et al., Objects as Points, 2019, <a
 * href="https://arxiv.org/abs/1904.07850">arXiv:1904.07850</a>; this export suppresses by NMS in
 * place of the peak search.
 */
final class CenterNet implements BoxDecoder {
  private final int classes;
  private final int scoreOutput;
  private final int sideOutput;
  private final int mapWidth;
  private final int cells;
  private final float strideX;
  private final float strideY;
  private final ClassMajor scores;

  /**
   * @throws IllegalArgumentException if the outputs are not a score map and side distances
   */
  CenterNet(Head head) {
    classes = head.classes();
    String expected = "a score map [N, %d, h, w] and sides [N, 4, h, w]".formatted(classes);
    Port[] ports = {
      Port.ofClasses("a score map", 4, 1, 0), Port.ofExtent("a map of sides", 4, 1, 4)
    };
    if (head.outputs().size() != 2 || !head.isFloat(0, 4) || !head.isFloat(1, 4)) {
      throw head.mismatch(expected, ports);
    }
    scoreOutput = head.extent(0, 1) == classes && head.extent(1, 1) == 4 ? 0 : 1;
    sideOutput = 1 - scoreOutput;
    long height = head.extent(scoreOutput, 2);
    long width = head.extent(scoreOutput, 3);
    if (head.extent(scoreOutput, 1) != classes
        || head.extent(sideOutput, 1) != 4
        || head.extent(sideOutput, 2) != height
        || head.extent(sideOutput, 3) != width
        || height < 1
        || width < 1) {
      throw head.mismatch(expected, ports);
    }
    mapWidth = Math.toIntExact(width);
    cells = Math.toIntExact(width * height);
    strideX = (float) head.inputWidthPx() / width;
    strideY = (float) head.inputHeightPx() / height;
    scores = new ClassMajor(classes, cells);
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    scores.filter(outputs.apply(scoreOutput), slot * classes * cells, filter, into);
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    FloatBuffer sides = outputs.apply(sideOutput).floats();
    int offset = slot * 4 * cells;
    for (int i = 0; i < candidates.size(); i++) {
      int cell = candidates.sources()[i];
      int row = cell / mapWidth;
      float x = strideX * (cell - row * mapWidth);
      float y = strideY * row;
      candidates.box(
          i,
          x - sides.get(offset + cell),
          y - sides.get(offset + cells + cell),
          x + sides.get(offset + 2 * cells + cell),
          y + sides.get(offset + 3 * cells + cell));
    }
  }

  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    FloatBuffer sides = outputs.apply(sideOutput).floats();
    int offset = slot * 4 * cells;
    double[] boxes = new double[4 * cells];
    for (int cell = 0; cell < cells; cell++) {
      int row = cell / mapWidth;
      float x = strideX * (cell - row * mapWidth);
      float y = strideY * row;
      boxes[4 * cell] = geometry.sourceX(x - sides.get(offset + cell));
      boxes[4 * cell + 1] = geometry.sourceY(y - sides.get(offset + cells + cell));
      boxes[4 * cell + 2] = geometry.sourceX(x + sides.get(offset + 2 * cells + cell));
      boxes[4 * cell + 3] = geometry.sourceY(y + sides.get(offset + 3 * cells + cell));
    }
    return new DenseCandidates(
        cells,
        classes,
        false,
        outputs.apply(scoreOutput).floats(),
        new DenseCandidates.Layout(slot * classes * cells, 1, cells),
        boxes);
  }
}
