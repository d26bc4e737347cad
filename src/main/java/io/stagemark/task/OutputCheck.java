package io.stagemark.task;

import io.stagemark.data.OutputSummary;
import java.util.List;
import java.util.Optional;

/**
 * What the outputs of one example look like, taken with the clock stopped, and so whether scores
 * may be taken from them.
 *
 * @param outputs in the model's order
 * @param probabilities the numbers that the card says are probabilities; empty where none is
 * @param boxes what a detector's candidates look like; empty for other tasks, and where they were
 *     not looked at
 */
public record OutputCheck(
    List<Output> outputs, Optional<Range> probabilities, Optional<Boxes> boxes) {
  /** Nothing was looked at. */
  public static final OutputCheck NONE =
      new OutputCheck(List.of(), Optional.empty(), Optional.empty());

  /** Rounding of a quantised output may leave [0, 1] by so much. */
  private static final double TOLERANCE = 0.05;

  public OutputCheck {
    outputs = List.copyOf(outputs);
  }

  /**
   * One output.
   *
   * @param read whether predictions and scores are made from it
   * @param logits whether a sigmoid or softmax follows
   * @param refused numbers of it that no score may be taken from; 0 where it is not read
   */
  public record Output(OutputSummary summary, boolean read, boolean logits, long refused) {}

  /**
   * The smallest and the largest of some numbers.
   *
   * @param decides whether predictions depend on their being probabilities: a threshold is compared
   *     with them, or they are reported as such; the largest of some classes is not
   */
  public record Range(double low, double high, boolean decides) {
    /** Returns whether they can be probabilities. */
    public boolean isProbable() {
      return low >= -TOLERANCE && high <= 1 + TOLERANCE;
    }
  }

  /**
   * Every candidate of an image, before any suppression.
   *
   * @param candidates how many
   * @param above those with a score above the threshold
   * @param sure those with a score above the threshold and above 0.25: the others may be anywhere
   * @param misplaced those of {@code sure} whose box is no place in the picture
   */
  public record Boxes(int candidates, int above, int sure, int misplaced) {}

  /** Returns whether every number that scores are taken from is finite. */
  public boolean isFinite() {
    return outputs.stream().allMatch(output -> output.refused() == 0);
  }

  /** Returns whether what the card says are probabilities can be that. */
  public boolean isProbable() {
    return probabilities.map(Range::isProbable).orElse(true);
  }
}
