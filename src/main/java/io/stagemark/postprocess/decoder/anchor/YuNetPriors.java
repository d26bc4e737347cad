package io.stagemark.postprocess.decoder.anchor;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.LayoutException;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.AnchorPoints;
import io.stagemark.postprocess.decoder.dense.Deltas;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Places.Centre;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * YuNet of 2022 and before: rows of 14 numbers (box and five key points), of two classes (no face,
 * face) and of the overlap that the network expects its box to have, for priors of given sides. The
 * score is the root of the face's probability times that overlap, cut to [0, 1].
 *
 * <p>Source: OpenCV's {@code FaceDetectorYN} of 2022 and the model {@code
 * face_detection_yunet_2022mar.onnx} of OpenCV's model zoo; the network is Shiqi Yu's
 * libfacedetection.
 */
public final class YuNetPriors implements Decoder {
  private static final String VARIANCES = "variances";

  /** Strides in px. */
  private static final int[] STRIDES = {8, 16, 32, 64};

  /** Width and height in px of each prior of a cell, stride by stride. */
  private static final float[][] SIZES = {
    {10, 10, 16, 16, 24, 24}, {32, 32, 48, 48}, {64, 64, 96, 96}, {128, 128, 192, 192, 256, 256}
  };

  private static final int BOX = 4;

  /** Box, then five points. */
  private static final int LOC = 14;

  private static final int CLASSES = 2;
  private static final String EXPECTED =
      "loc [priors, 14], conf [priors, 2] and iou [priors, 1], with or without N";

  @Override
  public String name() {
    return "yunet-2022";
  }

  @Override
  public String description() {
    return "YuNet of 2022 and before: rows of boxes, classes and overlaps, one class";
  }

  @Override
  public String layout() {
    return EXPECTED + ", in any order";
  }

  /**
   * Of the centre, of the width and of the height. The network was trained with 0.1, 0.2, 0.2;
   * OpenCV decodes the width with 0.1, in C++ and in Python, and so do its users.
   */
  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        DecoderParameter.numbers(VARIANCES, 0, 10, 0.1, 0.1, 0.2), Parameters.keyPoints());
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
    Places priors = priors(head);
    Numbers loc = find(head, LOC);
    Numbers conf = find(head, CLASSES);
    Numbers iou = find(head, 1);
    if (head.outputs().size() != 3) {
      throw mismatch(head);
    }
    long rows = rows(head, loc.output());
    if (rows(head, conf.output()) != rows || rows(head, iou.output()) != rows) {
      throw mismatch(head);
    }
    if (rows != priors.count()) {
      throw head.refusal(
          "%d priors: %s".formatted(priors.count(), EXPECTED),
          () -> "the input size that the %d rows of the outputs are of".formatted(rows));
    }
    if (head.classes() != 1) {
      throw head.notOneClass(EXPECTED);
    }
    List<Double> variances = head.numbers(VARIANCES);
    int last = variances.size() - 1;
    int points = Parameters.keyPoints(head);
    if (BOX + 2 * points > LOC) {
      throw Parameters.noKeyPoints(head, "5 are in loc [priors, 14]");
    }
    AnchorPoints keyPoints = new AnchorPoints(priors, variances.get(0), points);
    keyPoints.add(priors.count(), loc.from(BOX));
    return new DenseDecoder(
        1,
        List.of(new Level(priors.count(), conf, Optional.of(iou), loc)),
        new Scoring(LastStep.NONE, CLASSES, 1, 0.5, 0.5, true),
        new Deltas(
            priors, variances.get(0), variances.get(Math.min(1, last)), variances.get(last), false),
        keyPoints.found());
  }

  /** Returns the rows of an output, which may have no batch axis. */
  private static long rows(Head head, int output) {
    return head.extent(output, head.outputs().get(output).shape().size() - 2);
  }

  private static Numbers find(Head head, int width) {
    for (int i = 0; i < head.outputs().size(); i++) {
      boolean batched = head.isFloat(i, 3);
      if ((batched || head.isFloat(i, 2)) && head.extent(i, batched ? 2 : 1) == width) {
        Numbers rows = Numbers.ofRows(i, Math.toIntExact(rows(head, i)), width, 0);
        return batched ? rows : rows.withoutBatch();
      }
    }
    throw mismatch(head);
  }

  private static LayoutException mismatch(Head head) {
    boolean batched = head.isFloat(0, 3);
    int rank = batched ? 3 : 2;
    return head.mismatch(
        EXPECTED,
        Port.ofExtent("loc", rank, rank - 1, LOC),
        Port.ofExtent("conf", rank, rank - 1, CLASSES),
        Port.ofExtent("iou", rank, rank - 1, 1));
  }

  /**
   * A grid is what the network's halvings leave: the first rounds up, the others down, so that a
   * part of a cell is none.
   */
  private static Places priors(Head head) {
    Places priors = new Places();
    for (int s = 0; s < STRIDES.length; s++) {
      int stride = STRIDES[s];
      int columns = (head.inputWidthPx() + 1) / 2 / (stride / 2);
      int rows = (head.inputHeightPx() + 1) / 2 / (stride / 2);
      priors.addGrid(columns, rows, stride, stride, Centre.CELL, SIZES[s]);
    }
    return priors;
  }
}
