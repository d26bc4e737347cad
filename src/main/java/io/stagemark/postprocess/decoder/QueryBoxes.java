package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;

/**
 * DETR and RT-DETR: logits {@code [N, queries, classes]} or {@code [N, queries, classes + 1]} and
 * boxes {@code [N, queries, 4]}: x, y of the centre, width, height as fractions of the input. No
 * suppression.
 *
 * <p>With one class more than there are names, the last is "no object" and the scores are a softmax
 * (Carion et al., 2020, <a href="https://arxiv.org/abs/2005.12872">arXiv:2005.12872</a>); with as
 * many, each is a sigmoid (Zhao et al., 2023, <a
 * href="https://arxiv.org/abs/2304.08069">arXiv:2304.08069</a>).
 */
final class QueryBoxes implements BoxDecoder {
  private final int classes;
  private final int columns;
  private final int queries;
  private final int logitOutput;
  private final int width;
  private final int height;
  private final ClassScores scores;

  /**
   * @throws IllegalArgumentException if the outputs are not of those shapes
   */
  QueryBoxes(Head head) {
    classes = head.classes();
    width = head.inputWidthPx();
    height = head.inputHeightPx();
    String expected =
        "logits [N, queries, %d or %d] and boxes [N, queries, 4]".formatted(classes, classes + 1);
    Port[] ports = {Port.ofClasses("logits", 3, 2, 0, 1), Port.ofExtent("boxes", 3, 2, 4)};
    if (head.outputs().size() != 2 || !head.isFloat(0, 3) || !head.isFloat(1, 3)) {
      throw head.mismatch(expected, ports);
    }
    boolean inOrder = head.extent(1, 2) == 4 && isClasses(head.extent(0, 2));
    logitOutput = inOrder ? 0 : 1;
    columns = Math.toIntExact(head.extent(logitOutput, 2));
    queries = Math.toIntExact(head.extent(logitOutput, 1));
    if (!isClasses(columns)
        || head.extent(1 - logitOutput, 2) != 4
        || head.extent(1 - logitOutput, 1) != queries
        || queries < 1) {
      throw head.mismatch(expected, ports);
    }
    scores = new ClassScores(classes);
  }

  private boolean isClasses(long extent) {
    return extent == classes || extent == classes + 1L;
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    FloatBuffer logits = outputs.apply(logitOutput).floats();
    for (int i = 0; i < queries; i++) {
      fill(logits, (slot * queries + i) * columns);
      scores.pick(i, filter, into);
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    FloatBuffer boxes = outputs.apply(1 - logitOutput).floats();
    for (int i = 0; i < candidates.size(); i++) {
      int row = (slot * queries + candidates.sources()[i]) * 4;
      float x = boxes.get(row) * width;
      float y = boxes.get(row + 1) * height;
      float halfWidth = boxes.get(row + 2) * width / 2;
      float halfHeight = boxes.get(row + 3) * height / 2;
      candidates.box(i, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
  }

  @Override
  public LastStep lastStep(int output) {
    if (output != logitOutput) {
      return LastStep.NONE;
    }
    return columns == classes ? LastStep.SIGMOID : LastStep.SOFTMAX;
  }

  private void fill(FloatBuffer logits, int row) {
    if (columns == classes) {
      for (int c = 0; c < classes; c++) {
        scores.set(c, Activations.sigmoid(logits.get(row + c)));
      }
      return;
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < columns; c++) {
      largest = Math.max(largest, logits.get(row + c));
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += Math.exp(logits.get(row + c) - largest);
    }
    for (int c = 0; c < classes; c++) {
      scores.set(c, (float) (Math.exp(logits.get(row + c) - largest) / sum));
    }
  }

  /** Sigmoid logits are read in place; softmax scores are a copy, as probabilities. */
  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    FloatBuffer logits = outputs.apply(logitOutput).floats();
    FloatBuffer boxes = outputs.apply(1 - logitOutput).floats();
    DenseBoxes edges = new DenseBoxes(queries, geometry);
    for (int i = 0; i < queries; i++) {
      int row = (slot * queries + i) * 4;
      edges.centred(
          i,
          (double) boxes.get(row) * width,
          (double) boxes.get(row + 1) * height,
          (double) boxes.get(row + 2) * width,
          (double) boxes.get(row + 3) * height);
    }
    boolean sigmoid = columns == classes;
    int offset = slot * queries * columns;
    return new DenseCandidates(
        queries,
        classes,
        sigmoid,
        sigmoid ? logits : FloatBuffer.wrap(softmax(logits, offset)),
        new DenseCandidates.Layout(sigmoid ? offset : 0, classes, 1),
        edges.edges());
  }

  private float[] softmax(FloatBuffer logits, int offset) {
    float[] probabilities = new float[queries * classes];
    for (int i = 0; i < queries; i++) {
      fill(logits, offset + i * columns);
      for (int c = 0; c < classes; c++) {
        probabilities[i * classes + c] = scores.get(c);
      }
    }
    return probabilities;
  }
}
