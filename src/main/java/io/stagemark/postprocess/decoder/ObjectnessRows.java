package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * Heads of one output {@code [N, candidates, 5 + classes]}: x, y of the centre, width, height,
 * objectness, class probabilities; a score is objectness times probability.
 *
 * <p>YOLOv5 and v7 give boxes in model pixels. YOLOX leaves them on the grid of each stride: centre
 * = (xy + cell) · stride, size = e^wh · stride (Ge et al., 2021, <a
 * href="https://arxiv.org/abs/2107.08430">arXiv:2107.08430</a>); its parameter {@code decoded} = 1
 * says that the export has done it.
 */
final class ObjectnessRows implements BoxDecoder {
  static final String DECODED = "decoded";

  private final int classes;
  private final int candidates;
  private final StrideGrid grid;
  private final ClassScores scores;

  private ObjectnessRows(Head head, boolean onGrid) {
    classes = head.classes();
    if (head.outputs().size() != 1
        || !head.isFloat(0, 3)
        || head.extent(0, 2) != 5 + classes
        || head.extent(0, 1) < 1) {
      throw head.mismatch(
          "one output [N, candidates, %d]".formatted(5 + classes),
          Port.ofClasses("boxes, objectness and scores", 3, 2, 5));
    }
    candidates = Math.toIntExact(head.extent(0, 1));
    grid =
        onGrid
            ? new StrideGrid(head.inputWidthPx(), head.inputHeightPx(), 8, 16, 32)
            : StrideGrid.none(candidates);
    if (grid.cells() != candidates) {
      throw head.refusal(
          "%d candidates, the cells of strides 8, 16 and 32".formatted(grid.cells()),
          () -> inputOf(candidates));
    }
    scores = new ClassScores(classes);
  }

  /** A square input of side s has 21 / 1024 · s² cells of strides 8, 16 and 32. */
  private static String inputOf(int candidates) {
    long side = Math.round(Math.sqrt(candidates * 1024.0 / 21));
    String size =
        side % 32 == 0 && side * side * 21 == candidates * 1024L
            ? "an input of %dx%d px, whose cells are these %d candidates"
                .formatted(side, side, candidates)
            : "the input size that the %d candidates are of".formatted(candidates);
    return size + "; or decoder.parameters: {decoded: 1} if the export gives boxes in pixels";
  }

  static ObjectnessRows yoloV5(Head head) {
    return new ObjectnessRows(head, false);
  }

  static ObjectnessRows yoloX(Head head) {
    return new ObjectnessRows(head, head.parameter(DECODED) == 0);
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    FloatBuffer values = outputs.apply(0).floats();
    int width = 5 + classes;
    for (int i = 0; i < candidates; i++) {
      int row = (slot * candidates + i) * width;
      float objectness = values.get(row + 4);
      // class probabilities are at most 1, so this drops nothing that could pass
      if (objectness > filter.scoreThreshold()) {
        for (int c = 0; c < classes; c++) {
          scores.set(c, objectness * values.get(row + 5 + c));
        }
        scores.pick(i, filter, into);
      }
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList boxes) {
    FloatBuffer values = outputs.apply(0).floats();
    for (int i = 0; i < boxes.size(); i++) {
      int candidate = boxes.sources()[i];
      int row = (slot * candidates + candidate) * (5 + classes);
      float x = grid.x(candidate, values.get(row));
      float y = grid.y(candidate, values.get(row + 1));
      float halfWidth = grid.size(candidate, values.get(row + 2)) / 2;
      float halfHeight = grid.size(candidate, values.get(row + 3)) / 2;
      boxes.box(i, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
  }

  /** Both factors: the product of two negative logits would look like a probability. */
  @Override
  public void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    FloatBuffer values = outputs.apply(0).floats();
    for (int i = 0; i < candidates; i++) {
      int row = (slot * candidates + i) * (5 + classes);
      for (int c = 4; c < 5 + classes; c++) {
        into.accept(values.get(row + c));
      }
    }
  }

  /** Scores are products: a copy, as probabilities. */
  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    FloatBuffer values = outputs.apply(0).floats();
    int width = 5 + classes;
    float[] products = new float[candidates * classes];
    DenseBoxes boxes = new DenseBoxes(candidates, geometry);
    for (int i = 0; i < candidates; i++) {
      int row = (slot * candidates + i) * width;
      for (int c = 0; c < classes; c++) {
        products[i * classes + c] = values.get(row + 4) * values.get(row + 5 + c);
      }
      boxes.centred(
          i,
          grid.x(i, values.get(row)),
          grid.y(i, values.get(row + 1)),
          grid.size(i, values.get(row + 2)),
          grid.size(i, values.get(row + 3)));
    }
    return new DenseCandidates(
        candidates,
        classes,
        false,
        FloatBuffer.wrap(products),
        new DenseCandidates.Layout(0, classes, 1),
        boxes.edges());
  }
}
