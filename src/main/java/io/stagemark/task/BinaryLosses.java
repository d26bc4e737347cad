package io.stagemark.task;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.loss.Bce;
import io.stagemark.scoring.loss.BceWithLogits;
import io.stagemark.scoring.loss.Focal;
import io.stagemark.scoring.loss.FocalUnweighted;
import java.util.OptionalDouble;

/** Losses over terms that are right or not each by itself, each the mean over the terms. */
final class BinaryLosses {
  private final ScoreTensor scores;
  private final ScoreTensor targets;
  private final boolean logits;

  /**
   * @param scores probabilities or logits
   * @param targets in [0, 1]
   * @param logits true if the scores come before the sigmoid
   */
  BinaryLosses(double[] scores, double[] targets, boolean logits) {
    this.scores = ScoreTensor.vector(scores);
    this.targets = ScoreTensor.vector(targets);
    this.logits = logits;
  }

  /** Returns the loss of that name; empty for a score that is no such loss. */
  OptionalDouble of(String name) {
    return switch (name) {
      case ClassScoreNames.BCE, ClassScoreNames.LOG_LOSS ->
          OptionalDouble.of(value(logits ? new BceWithLogits() : new Bce(), false));
      case ClassScoreNames.FOCAL -> OptionalDouble.of(value(new Focal(), true));
      case ClassScoreNames.FOCAL_UNWEIGHTED ->
          OptionalDouble.of(value(new FocalUnweighted(), true));
      default -> OptionalDouble.empty();
    };
  }

  private double value(Loss loss, boolean takesBoth) {
    ScoreArguments arguments = loss.description().defaults();
    return loss.evaluate(
            scores,
            targets,
            takesBoth ? arguments.with("input", logits ? "logits" : "probabilities") : arguments)
        .value();
  }
}
