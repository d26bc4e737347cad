package io.stagemark.postprocess.decoder.anchor;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * YOLOv5, YOLOv7, YOLOv3 and YOLOv4 without the last layer: for each stride box, objectness and
 * class scores of some anchors a cell, as maps or as rows, before the sigmoid.
 *
 * <p>The anchors are those of the training, in px, the finest stride first; by default YOLOv5's for
 * COCO. {@code formula} says how boxes are made of them: see {@link YoloAnchors}.
 */
public final class YoloGrids implements Decoder {
  private static final double[] COCO = {
    10, 13, 16, 30, 33, 23, 30, 61, 62, 45, 59, 119, 116, 90, 156, 198, 373, 326
  };
  private static final int BEHIND = 5;

  @Override
  public String name() {
    return "yolo-grids";
  }

  @Override
  public String description() {
    return "YOLOv5, YOLOv7, YOLOv3 and YOLOv4 before their anchors";
  }

  @Override
  public String layout() {
    return "for each stride [N, anchors, h, w, 5 + classes], [N, h, w, anchors, 5 + classes] or"
        + " [N, anchors x (5 + classes), h, w]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.anchors(COCO), YoloAnchors.formula(), Parameters.logits());
  }

  @Override
  public BoxDecoder create(Head head) {
    int grids = head.outputs().size();
    float[] anchors = Parameters.anchors(head);
    int each = grids == 0 ? 0 : anchors.length / 2 / grids;
    if (each == 0 || each * 2 * grids != anchors.length) {
      throw mismatch(head, each);
    }
    Candidates candidates = new Candidates(head, each);
    for (int place = 0; place < grids; place++) {
      candidates.add(finest(head, place), anchors, place * each * 2);
    }
    return new DenseDecoder(
        head.classes(),
        candidates.levels,
        Scoring.of(Parameters.sigmoid(head), head.classes()),
        new YoloAnchors(head, candidates.cells, candidates.anchors));
  }

  /** Returns the output with the next finer grid: outputs may come coarsest first. */
  private static int finest(Head head, int place) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < head.outputs().size(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> Long.compare(elements(head, b), elements(head, a)));
    return order.get(place);
  }

  private static long elements(Head head, int output) {
    return head.outputs().get(output).isStatic() ? head.outputs().get(output).elements() : 0;
  }

  private static IllegalArgumentException mismatch(Head head, int anchors) {
    int values = BEHIND + head.classes();
    return head.mismatchOfGrids(
        "for each of some strides [N, %1$d, h, w, %2$d], [N, h, w, %1$d, %2$d] or [N, %3$d, h, w]"
            .formatted(Math.max(anchors, 1), values, Math.max(anchors, 1) * values),
        Port.ofClasses("a grid", 5, 4, BEHIND));
  }

  /** The candidates of the outputs so far: a level for each anchor of each stride. */
  private static final class Candidates {
    private final Head head;
    private final int each;
    private final int values;
    private final Places cells = new Places();
    private final Places anchors = new Places();
    private final List<Level> levels = new ArrayList<>();

    Candidates(Head head, int each) {
      this.head = head;
      this.each = each;
      this.values = BEHIND + head.classes();
    }

    /** Adds an output, whose anchors are at a place among all sizes. */
    void add(int output, float[] sizes, int at) {
      boolean rows = head.isFloat(output, 5) && head.extent(output, 4) == values;
      boolean map = head.isFloat(output, 4) && head.extent(output, 1) == (long) each * values;
      boolean anchorsFirst = rows && head.extent(output, 1) == each;
      boolean anchorsLast = rows && !anchorsFirst && head.extent(output, 3) == each;
      if (!anchorsFirst && !anchorsLast && !map) {
        throw mismatch(head, each);
      }
      int height = side(output, anchorsLast ? 1 : 2);
      int width = side(output, anchorsLast ? 2 : 3);
      int count = height * width;
      for (int a = 0; a < each; a++) {
        Numbers numbers =
            map
                ? Numbers.ofColumns(output, each * values, count, a * values)
                : new Numbers(
                    output,
                    each * count * values,
                    a * values * (anchorsFirst ? count : 1),
                    anchorsFirst ? values : each * values,
                    1);
        levels.add(
            new Level(count, numbers.from(BEHIND), Optional.of(numbers.from(BEHIND - 1)), numbers));
        grid(width, height, sizes[at + 2 * a], sizes[at + 2 * a + 1]);
      }
    }

    private void grid(int width, int height, float anchorWidth, float anchorHeight) {
      float strideX = (float) head.inputWidthPx() / width;
      float strideY = (float) head.inputHeightPx() / height;
      cells.addGrid(width, height, strideX, strideY, Places.Centre.CORNER);
      anchors.addGrid(
          width, height, strideX, strideY, Places.Centre.CORNER, anchorWidth, anchorHeight);
    }

    private int side(int output, int axis) {
      if (head.extent(output, axis) < 1) {
        throw mismatch(head, each);
      }
      return Math.toIntExact(head.extent(output, axis));
    }
  }
}
