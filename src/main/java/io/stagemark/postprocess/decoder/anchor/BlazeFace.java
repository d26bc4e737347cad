package io.stagemark.postprocess.decoder.anchor;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.LayoutException;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.AnchorPoints;
import io.stagemark.postprocess.decoder.dense.BoxCoding;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Places.Centre;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * MediaPipe's BlazeFace: for each of some square grids logits {@code [N, anchors, 1]} and boxes
 * {@code [N, anchors, 4 or more]}: offset of the centre from the anchor's, width, height, all in
 * model pixels, then key points, six of a face, as offsets from the anchor's centre likewise, which
 * are read where the card says {@code keyPoints}. An anchor's centre is {@code ((i + 0.5) / n) ·
 * input}; a grid has 1, 2 or 6 anchors a cell, which follows from its size: 512 is 16·16·2, 384 is
 * 8·8·6. Two grids may be joined: 896 is 512 + 384, n·n·2 + (n/2)·(n/2)·6 for any even n.
 *
 * <p>Source: Bazarevsky et al., 2019, <a
 * href="https://arxiv.org/abs/1907.05047">arXiv:1907.05047</a>.
 */
public final class BlazeFace implements Decoder {
  private static final int[] ANCHORS_A_CELL = {1, 2, 6};
  private static final int BOX = 4;
  private static final String EXPECTED =
      "1 class, and for each grid logits [N, anchors, 1] and boxes [N, anchors, 4 or more]";

  @Override
  public String name() {
    return "blazeface";
  }

  @Override
  public String description() {
    return "BlazeFace: logits and boxes from anchors, one class";
  }

  @Override
  public String layout() {
    return "for each grid, or for two joined, logits [N, anchors, 1] and boxes [N, anchors, 4 or"
        + " more]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.logits(), Parameters.keyPoints());
  }

  @Override
  public Set<ObjectPart> parts(Map<String, String> parameters) {
    return Parameters.parts(parameters);
  }

  @Override
  public boolean hasMultiLabel() {
    return false;
  }

  @Override
  public BoxDecoder create(Head head) {
    List<Integer> logits = new ArrayList<>();
    List<Integer> boxes = new ArrayList<>();
    for (int i = 0; i < head.outputs().size(); i++) {
      if (!head.isFloat(i, 3)) {
        throw mismatch(head);
      }
      (head.extent(i, 2) == 1 ? logits : boxes).add(i);
    }
    if (logits.isEmpty() || logits.size() != boxes.size()) {
      throw mismatch(head);
    }
    if (head.classes() != 1) {
      throw head.notOneClass(EXPECTED);
    }
    int points = Parameters.keyPoints(head);
    Places anchors = new Places();
    AnchorPoints keyPoints = new AnchorPoints(anchors, 1, points);
    List<Level> levels = new ArrayList<>();
    for (int p = 0; p < logits.size(); p++) {
      int count = Math.toIntExact(head.extent(logits.get(p), 1));
      int width = Math.toIntExact(head.extent(boxes.get(p), 2));
      if (head.extent(boxes.get(p), 1) != count || width < BOX) {
        throw mismatch(head);
      }
      if (width < BOX + 2 * points) {
        throw Parameters.noKeyPoints(
            head, "boxes [N, anchors, %d or more]".formatted(BOX + 2 * points));
      }
      place(head, anchors, count);
      Numbers box = Numbers.ofRows(boxes.get(p), count, width, 0);
      levels.add(Level.of(count, Numbers.ofRows(logits.get(p), count, 1, 0), box));
      keyPoints.add(count, box.from(BOX));
    }
    return new DenseDecoder(
        1, levels, Scoring.of(Parameters.sigmoid(head), 1), boxes(anchors), keyPoints.found());
  }

  private static LayoutException mismatch(Head head) {
    return head.mismatchOfGrids(
        EXPECTED, Port.ofExtent("logits", 3, 2, 1), Port.ofExtent("boxes", 3, 2, 16));
  }

  private static void place(Head head, Places anchors, int count) {
    for (int each : ANCHORS_A_CELL) {
      int side = side(count, each);
      if (side > 0) {
        grid(head, anchors, side, each);
        return;
      }
    }
    int coarse = side(2 * count, 28); // (2n)² · 2 + n² · 6 = 14 · n²
    if (coarse == 0) {
      throw head.refusal(
          EXPECTED,
          () ->
              "the decoder of this model: %d anchors make no square grid of 1, 2 or 6 a cell"
                  .formatted(count));
    }
    grid(head, anchors, 2 * coarse, 2);
    grid(head, anchors, coarse, 6);
  }

  /** Returns the side of a grid, or 0 if that many anchors make none. */
  private static int side(int anchors, int each) {
    int side = (int) Math.round(Math.sqrt((double) anchors / each));
    return side * side * each == anchors ? side : 0;
  }

  /** Anchors of 1 px: the numbers are offsets in px, whatever an anchor's size is. */
  private static void grid(Head head, Places anchors, int side, int each) {
    float[] sizes = new float[2 * each];
    Arrays.fill(sizes, 1);
    anchors.addGrid(
        side,
        side,
        (float) head.inputWidthPx() / side,
        (float) head.inputHeightPx() / side,
        Centre.CELL,
        sizes);
  }

  private static BoxCoding boxes(Places anchors) {
    return (numbers, at, stride, i, edges) ->
        BoxCoding.centred(
            edges,
            numbers.get(at) + anchors.x(i),
            numbers.get(at + stride) + anchors.y(i),
            numbers.get(at + 2 * stride),
            numbers.get(at + 3 * stride));
  }
}
