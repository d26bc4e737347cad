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
 * MediaPipe's BlazeFace: for each of some square grids logits {@code [N, anchors, 1]} and boxes
 * {@code [N, anchors, 4 or more]}: offset of the centre from the anchor's, width, height, all in
 * model pixels, then key points, which are not read. An anchor's centre is {@code ((i + 0.5) / n) ·
 * input}; a grid has 1, 2 or 6 anchors a cell, which follows from its size: 512 is 16·16·2, 384 is
 * 8·8·6.
 *
 * <p>Source: Bazarevsky et al., 2019, <a
 * href="https://arxiv.org/abs/1907.05047">arXiv:1907.05047</a>.
 */
final class BlazeFace implements BoxDecoder {
  private static final int[] ANCHORS_A_CELL = {1, 2, 6};

  private final int anchors;
  private final float[] centreX;
  private final float[] centreY;
  private final List<Level> levels = new ArrayList<>();

  /**
   * One grid.
   *
   * @param first index of its first anchor
   * @param width values of a box
   */
  private record Level(int logitOutput, int boxOutput, int first, int anchors, int width) {}

  /**
   * @throws IllegalArgumentException if the outputs are not such pairs, or there is not one class
   */
  BlazeFace(Head head) {
    String expected =
        "1 class, and for each grid logits [N, anchors, 1] and boxes [N, anchors, 4 or more]";
    List<Integer> logits = new ArrayList<>();
    List<Integer> boxes = new ArrayList<>();
    for (int i = 0; i < head.outputs().size(); i++) {
      if (!head.isFloat(i, 3)) {
        throw mismatch(head, expected);
      }
      (head.extent(i, 2) == 1 ? logits : boxes).add(i);
    }
    if (logits.isEmpty() || logits.size() != boxes.size()) {
      throw mismatch(head, expected);
    }
    if (head.classes() != 1) {
      throw head.notOneClass(expected);
    }
    int first = 0;
    for (int p = 0; p < logits.size(); p++) {
      int count = Math.toIntExact(head.extent(logits.get(p), 1));
      int width = Math.toIntExact(head.extent(boxes.get(p), 2));
      if (head.extent(boxes.get(p), 1) != count || width < 4) {
        throw mismatch(head, expected);
      }
      if (cells(count) == 0) {
        throw head.refusal(
            expected,
            () ->
                "the decoder of this model: %d anchors make no square grid of 1, 2 or 6 a cell"
                    .formatted(count));
      }
      levels.add(new Level(logits.get(p), boxes.get(p), first, count, width));
      first += count;
    }
    anchors = first;
    centreX = new float[anchors];
    centreY = new float[anchors];
    for (Level level : levels) {
      placeAnchors(level, head.inputWidthPx(), head.inputHeightPx());
    }
  }

  private static IllegalArgumentException mismatch(Head head, String expected) {
    return head.mismatchOfGrids(
        expected, Port.ofExtent("logits", 3, 2, 1), Port.ofExtent("boxes", 3, 2, 16));
  }

  /** Returns the side of the grid, or 0 if that many anchors make none. */
  private static int cells(int anchors) {
    for (int each : ANCHORS_A_CELL) {
      int side = (int) Math.round(Math.sqrt((double) anchors / each));
      if (side * side * each == anchors) {
        return side;
      }
    }
    return 0;
  }

  private void placeAnchors(Level level, int inputWidth, int inputHeight) {
    int side = cells(level.anchors);
    int each = level.anchors / (side * side);
    for (int i = 0; i < level.anchors; i++) {
      int cell = i / each;
      int row = cell / side;
      centreX[level.first + i] = (cell - row * side + 0.5f) / side * inputWidth;
      centreY[level.first + i] = (row + 0.5f) / side * inputHeight;
    }
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    for (int l = 0; l < levels.size(); l++) {
      Level level = levels.get(l);
      FloatBuffer logits = outputs.apply(level.logitOutput).floats();
      for (int i = 0; i < level.anchors; i++) {
        float score = Activations.sigmoid(logits.get(slot * level.anchors + i));
        if (score > filter.scoreThreshold()) {
          into.add(score, 0, level.first + i);
        }
      }
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      int anchor = candidates.sources()[i];
      int l = 0;
      while (anchor >= levels.get(l).first + levels.get(l).anchors) {
        l++;
      }
      Level level = levels.get(l);
      FloatBuffer boxes = outputs.apply(level.boxOutput).floats();
      int row = (slot * level.anchors + anchor - level.first) * level.width;
      float x = boxes.get(row) + centreX[anchor];
      float y = boxes.get(row + 1) + centreY[anchor];
      float halfWidth = boxes.get(row + 2) / 2;
      float halfHeight = boxes.get(row + 3) / 2;
      candidates.box(i, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
  }

  @Override
  public LastStep lastStep(int output) {
    return levels.stream().anyMatch(level -> level.logitOutput == output)
        ? LastStep.SIGMOID
        : LastStep.NONE;
  }

  /** Returns a copy, as logits: the grids are separate in memory. */
  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    float[] logits = new float[anchors];
    DenseBoxes edges = new DenseBoxes(anchors, geometry);
    for (Level level : levels) {
      outputs
          .apply(level.logitOutput)
          .floats()
          .get(slot * level.anchors, logits, level.first, level.anchors);
      FloatBuffer boxes = outputs.apply(level.boxOutput).floats();
      for (int i = 0; i < level.anchors; i++) {
        int row = (slot * level.anchors + i) * level.width;
        edges.centred(
            level.first + i,
            boxes.get(row) + centreX[level.first + i],
            boxes.get(row + 1) + centreY[level.first + i],
            boxes.get(row + 2),
            boxes.get(row + 3));
      }
    }
    return new DenseCandidates(
        anchors,
        1,
        true,
        FloatBuffer.wrap(logits),
        new DenseCandidates.Layout(0, 1, 1),
        edges.edges());
  }
}
