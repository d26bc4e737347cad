package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.BoxCoding;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Two outputs: scores {@code [N, candidates, classes]} or {@code [N, classes, candidates]} and
 * boxes {@code [N, candidates, 4]}, in any order. A background may come before or after the
 * classes.
 *
 * @param scoreOutput index of the scores
 * @param candidates how many
 * @param byColumns whether the scores are {@code [N, classes, candidates]}
 */
public record ScoredBoxes(Head head, int scoreOutput, int candidates, boolean byColumns) {
  private static final String SCORES = "scores";
  private static final String BACKGROUND = "background";
  private static final String NONE = "none";
  private static final String FIRST = "first";

  /** Whether a class "nothing" is before or behind the others. */
  public static DecoderParameter background(String... choices) {
    return DecoderParameter.word(BACKGROUND, choices);
  }

  /** What the scores are; the default first. */
  public static DecoderParameter scores(String... choices) {
    return DecoderParameter.word(SCORES, choices);
  }

  /**
   * Finds the two outputs.
   *
   * @param columns whether scores by class are read too
   * @throws IllegalArgumentException if the outputs are not of those shapes
   */
  public static ScoredBoxes of(Head head, boolean columns) {
    int values = values(head);
    if (head.outputs().size() == 2 && head.isFloat(0, 3) && head.isFloat(1, 3)) {
      for (int score : order(head)) {
        long count = head.extent(1 - score, 1);
        boolean boxes = head.extent(1 - score, 2) == 4 && count >= 1;
        if (boxes && head.extent(score, 1) == count && head.extent(score, 2) == values) {
          return new ScoredBoxes(head, score, Math.toIntExact(count), false);
        }
        boolean byColumns = head.extent(score, 1) == values && head.extent(score, 2) == count;
        if (boxes && columns && byColumns) {
          return new ScoredBoxes(head, score, Math.toIntExact(count), true);
        }
      }
    }
    String background = head.word(BACKGROUND);
    throw head.mismatch(
        "scores %s%s and boxes [N, candidates, 4]"
            .formatted(
                columns
                    ? "[N, candidates, %1$d] or [N, %1$d, candidates]".formatted(values)
                    : "[N, candidates, %d]".formatted(values),
                background.equals(NONE) ? "" : " with the background " + background),
        Port.ofClasses(SCORES, 3, 2, values - head.classes()),
        Port.ofExtent("boxes", 3, 2, 4));
  }

  /** Returns the outputs as scores may be in them: an output that is called boxes comes last. */
  static int[] order(Head head) {
    String first = head.outputs().get(0).name().toLowerCase(Locale.ROOT);
    boolean boxes = Stream.of("box", "loc", "reg").anyMatch(first::contains);
    return boxes ? new int[] {1, 0} : new int[] {0, 1};
  }

  private static int values(Head head) {
    return head.classes() + (head.word(BACKGROUND).equals(NONE) ? 0 : 1);
  }

  /** Makes the decoder. */
  public BoxDecoder with(BoxCoding boxes) {
    int values = values(head);
    Numbers scores =
        byColumns
            ? Numbers.ofColumns(scoreOutput, values, candidates, 0)
            : Numbers.ofRows(scoreOutput, candidates, values, 0);
    LastStep step =
        switch (head.word(SCORES)) {
          case "logits" -> LastStep.SIGMOID;
          case "softmax" -> LastStep.SOFTMAX;
          default -> LastStep.NONE;
        };
    return new DenseDecoder(
        head.classes(),
        List.of(Level.of(candidates, scores, Numbers.ofRows(1 - scoreOutput, candidates, 4, 0))),
        new Scoring(step, values, head.word(BACKGROUND).equals(FIRST) ? 1 : 0, 1, 1),
        boxes);
  }
}
