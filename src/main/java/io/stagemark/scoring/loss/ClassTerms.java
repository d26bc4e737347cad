package io.stagemark.scoring.loss;

import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.LogSumExp;
import io.stagemark.scoring.kernel.CompensatedSum;
import java.util.List;
import java.util.Optional;

/**
 * The cross entropy of each class of an example: {@code ln Σ e^x − x_c} from logits, {@code −max(ln
 * p_c, −100)} from probabilities, clamped as {@link Bce} is. Reused from example to example.
 */
final class ClassTerms {
  private static final double CLAMP = 100;
  private static final String INPUT = "input";
  private static final String PROBABILITIES = "probabilities";

  private final ScoreTensor predictions;
  private final ClassRows rows;
  private final boolean probabilities;
  private double[] row = new double[0];
  private LogSumExp sum = LogSumExp.of(new double[1], 1);

  ClassTerms(ScoreTensor predictions, ClassRows rows, ScoreArguments arguments) {
    this.predictions = predictions;
    this.rows = rows;
    this.probabilities = arguments.text(INPUT).equals(PROBABILITIES);
  }

  static ScoreParameter parameter() {
    return ScoreParameter.choice(
        INPUT, List.of("logits", PROBABILITIES), "what the predictions are");
  }

  static Optional<ScoreArguments> argumentsFor(LossDescription loss, PredictionForm form) {
    return switch (form) {
      case CLASS_LOGITS -> Optional.of(loss.defaults());
      case CLASS_PROBABILITIES -> Optional.of(loss.defaults().with(INPUT, PROBABILITIES));
      default -> Optional.empty();
    };
  }

  /** Reads an example's scores. */
  void read(int example) {
    row = rows.row(example);
    if (!probabilities) {
      sum = LogSumExp.of(row, rows.classes());
      return;
    }
    for (int c = 0; c < rows.classes(); c++) {
      Checks.ratio("predictions", predictions, rows.index(example, c));
    }
  }

  double crossEntropy(int classId) {
    return probabilities
        ? -Math.max(Math.log(row[classId]), -CLAMP)
        : sum.crossEntropy(row[classId]);
  }

  /** Returns {@code 1 − p} of a class, from logits summed from the others: it keeps its digits. */
  double miss(int classId) {
    if (probabilities) {
      return 1 - row[classId];
    }
    CompensatedSum others = new CompensatedSum();
    for (int c = 0; c < row.length; c++) {
      if (c != classId) {
        others.add(LogSumExp.expOfDifference(row[c], sum.max()));
      }
    }
    return others.value() / (1 + sum.others());
  }
}
