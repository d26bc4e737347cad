package io.stagemark.postprocess.decoder.grid;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.dense.Activations;
import io.stagemark.postprocess.decoder.dense.BoxCoding;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.RowBlock;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The peaks of a score map: a cell is one of a class where none of the eight cells around it has a
 * larger number of that class. Equal neighbours are peaks both, and a cell beside NaN is none, as a
 * maximum pooling of 3×3 cells compared with its input says.
 *
 * <p>The box of cell (x, y) has its centre at {@code ((x + dx) · s, (y + dy) · s)} and the size
 * {@code (w · s, h · s)}, with stride s = input / map; without offsets dx = dy = 0.5.
 *
 * <p>Peaks are looked for among the numbers as the network gives them: a sigmoid changes no order,
 * and only rounds some neighbours above 0.999 to equal ones.
 */
final class PeakDecoder implements BoxDecoder {
  private static final float MIDDLE = 0.5f;

  /** Most pieces of a map have no number above the threshold. */
  private static final int AT_ONCE = 512;

  private final ScoreGrid map;
  private final int classes;
  private final Numbers scores;
  private final Numbers sizes;
  private final Optional<Numbers> offsets;
  private final boolean logits;
  private final float[] edges = new float[4];
  private final RowBlock block = new RowBlock(AT_ONCE);

  /**
   * The grid.
   *
   * @param width cells in a row
   * @param height rows of cells
   * @param strideX pixels of the model's input for a cell
   * @param strideY likewise down
   */
  record ScoreGrid(int width, int height, float strideX, float strideY) {
    int cells() {
      return width * height;
    }
  }

  /**
   * @param scores of a cell, one a class
   * @param sizes of a cell: width and height, in cells
   * @param offsets of a cell: of its box's centre, in cells
   * @param logits whether the scores are before the sigmoid
   */
  PeakDecoder(
      ScoreGrid map,
      int classes,
      Numbers scores,
      Numbers sizes,
      Optional<Numbers> offsets,
      boolean logits) {
    this.map = map;
    this.classes = classes;
    this.scores = scores;
    this.sizes = sizes;
    this.offsets = offsets;
    this.logits = logits;
  }

  /** Class by class, as the map is stored; a cell that is a peak of several classes is several. */
  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    FloatBuffer values = outputs.apply(scores.output()).floats();
    float threshold = filter.scoreThreshold();
    float bound = logits ? Activations.beforeSigmoid(threshold) : threshold;
    int cells = map.cells();
    for (int c = 0; c < classes; c++) {
      int first = scores.index(slot, 0) + c * cells;
      for (int start = 0; start < cells; start += AT_ONCE) {
        int some = Math.min(AT_ONCE, cells - start);
        block.copyApart(values, first + start, 1, some);
        if (block.isAnyAbove(0, some, bound)) {
          for (int i = 0; i < some; i++) {
            float value = block.get(i);
            if (value > bound && isPeak(values, first, start + i, value)) {
              add(value, c, start + i, threshold, into);
            }
          }
        }
      }
    }
  }

  private void add(float value, int classId, int cell, float threshold, BoxList into) {
    float score = logits ? Activations.sigmoid(value) : value;
    if (score > threshold) {
      into.add(score, classId, cell);
    }
  }

  private boolean isPeak(FloatBuffer values, int first, int cell, float value) {
    int column = cell % map.width();
    int row = cell / map.width();
    int left = Math.max(column - 1, 0);
    int right = Math.min(column + 1, map.width() - 1);
    int bottom = Math.min(row + 1, map.height() - 1);
    for (int y = Math.max(row - 1, 0); y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        if (!(values.get(first + y * map.width() + x) <= value)) {
          return false; // larger, or NaN
        }
      }
    }
    return true;
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      decode(outputs, slot, boxes.sources()[i]);
      boxes.box(i, edges[0], edges[1], edges[2], edges[3]);
    }
  }

  private void decode(IntFunction<Tensor> outputs, int slot, int cell) {
    FloatBuffer size = outputs.apply(sizes.output()).floats();
    int at = sizes.index(slot, cell);
    float x = MIDDLE;
    float y = MIDDLE;
    if (offsets.isPresent()) {
      Numbers place = offsets.get();
      FloatBuffer offset = outputs.apply(place.output()).floats();
      x = offset.get(place.index(slot, cell));
      y = offset.get(place.index(slot, cell) + place.valueStride());
    }
    BoxCoding.centred(
        edges,
        (cell % map.width() + x) * map.strideX(),
        (Math.floorDiv(cell, map.width()) + y) * map.strideY(),
        size.get(at) * map.strideX(),
        size.get(at + sizes.valueStride()) * map.strideY());
  }

  @Override
  public LastStep lastStep(int output) {
    return logits && output == scores.output() ? LastStep.SIGMOID : LastStep.NONE;
  }

  /** Every cell, peak or not, with the scores in place: what the network was trained on. */
  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    double[] boxes = new double[4 * map.cells()];
    for (int i = 0; i < map.cells(); i++) {
      decode(outputs, slot, i);
      boxes[4 * i] = geometry.sourceX(edges[0]);
      boxes[4 * i + 1] = geometry.sourceY(edges[1]);
      boxes[4 * i + 2] = geometry.sourceX(edges[2]);
      boxes[4 * i + 3] = geometry.sourceY(edges[3]);
    }
    return new DenseCandidates(
        map.cells(),
        classes,
        logits,
        outputs.apply(scores.output()).floats(),
        new DenseCandidates.Layout(scores.index(slot, 0), 1, map.cells()),
        boxes);
  }
}
