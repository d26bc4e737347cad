package io.stagemark.postprocess.decoder.instance;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.CandidateValues;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import io.stagemark.postprocess.decoder.dense.Scoring;
import io.stagemark.postprocess.decoder.selected.CompleteRows;
import java.util.List;
import java.util.Optional;

/** How a YOLO export lays out its candidates, with numbers of each behind the classes. */
enum HeadForm {
  /** YOLOv8 and its kin: box and class scores. */
  PLAIN(4, true),
  /** YOLOv5: box, objectness, class scores. */
  OBJECTNESS(5, true),
  /** YOLOv10 and its kin: box, score and number of the class, after the selection. */
  SELECTED(6, false);

  private static final int BOX = 4;

  private final int lead;
  private final boolean nms;

  HeadForm(int lead, boolean nms) {
    this.lead = lead;
    this.nms = nms;
  }

  /**
   * The candidates of a model.
   *
   * @param boxes finds them
   * @param more their numbers behind the classes
   */
  record Candidates(BoxDecoder boxes, CandidateValues more) {}

  boolean needsNms() {
    return nms;
  }

  List<DecoderParameter> parameters() {
    return this == SELECTED
        ? List.of(Parameters.box(Order.CORNERS), Parameters.unit(true))
        : List.of(Parameters.box(Order.CENTRE), Parameters.unit(true), Parameters.probabilities());
  }

  /** Returns the numbers of a candidate without those behind the classes. */
  int width(int classes) {
    return this == SELECTED ? lead : lead + classes;
  }

  /** Returns the shapes of an output of such candidates. */
  String layout(String width) {
    return switch (this) {
      case PLAIN -> "[N, %1$s, candidates] or [N, candidates, %1$s]".formatted(width);
      case OBJECTNESS -> "[N, candidates, %s]".formatted(width);
      case SELECTED -> "[N, detections, %s]".formatted(width);
    };
  }

  /** Returns a width in words, such as {@code 4 + classes + 32}. */
  String widthText(String more) {
    return this == SELECTED ? "6 + " + more : "%d + classes + %s".formatted(lead, more);
  }

  Port port(int more) {
    return this == SELECTED
        ? Port.ofExtent("detections", 3, 2, lead + more)
        : Port.ofClasses("boxes and scores", 3, this == PLAIN ? 1 : 2, lead + more);
  }

  /**
   * Returns the candidates of an output; empty if it is none of such.
   *
   * @param more how many numbers are behind the classes
   */
  Optional<Candidates> find(Head head, int output, int more) {
    int width = width(head.classes()) + more;
    if (!head.isFloat(output, 3)) {
      return Optional.empty();
    }
    if (this == SELECTED) {
      boolean rows = head.extent(output, 2) == width && head.extent(output, 1) != 0;
      return rows
          ? Optional.of(
              new Candidates(
                  CompleteRows.of(head, output, width), new MoreNumbers.OfRows(output, more)))
          : Optional.empty();
    }
    if (this == PLAIN && head.extent(output, 1) == width && head.extent(output, 2) >= 1) {
      int count = Math.toIntExact(head.extent(output, 2));
      return Optional.of(dense(head, count, Numbers.ofColumns(output, width, count, 0), more));
    }
    if (head.extent(output, 2) == width && head.extent(output, 1) >= 1) {
      int count = Math.toIntExact(head.extent(output, 1));
      return Optional.of(dense(head, count, Numbers.ofRows(output, count, width, 0), more));
    }
    return Optional.empty();
  }

  private Candidates dense(Head head, int count, Numbers numbers, int more) {
    Optional<Numbers> objectness =
        this == OBJECTNESS ? Optional.of(numbers.from(BOX)) : Optional.empty();
    BoxDecoder boxes =
        new DenseDecoder(
            head.classes(),
            List.of(new Level(count, numbers.from(lead), objectness, numbers)),
            Scoring.of(Parameters.sigmoid(head), head.classes()),
            Parameters.boxes(head));
    return new Candidates(boxes, new MoreNumbers(numbers.from(lead + head.classes()), more));
  }
}
