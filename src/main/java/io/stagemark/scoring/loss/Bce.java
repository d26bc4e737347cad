package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import java.util.List;
import java.util.Optional;

/**
 * Binary cross entropy on probabilities.
 *
 * <pre>
 *   −w · [t · max(ln p, −100) + (1 − t) · max(ln(1 − p), −100)]
 * </pre>
 *
 * <p>The mean divides by the number of elements, never by the weights. Source: PyTorch's {@code
 * BCELoss}, whose clamp keeps a certain error finite; {@code ln(1 − p)} is taken as log1p(−p).
 */
public final class Bce implements Loss {
  private static final double CLAMP = 100;
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "-w [t max(ln p, -100) + (1-t) max(ln(1-p), -100)]",
          "PyTorch BCELoss",
          "probabilities in [0, 1], any shape",
          "targets in [0, 1], the same shape",
          List.of(ScoreParameter.reduction(), ElementWeights.parameter()));

  @Override
  public String name() {
    return "bce";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return form == PredictionForm.PROBABILITIES
        ? Optional.of(DESCRIPTION.defaults())
        : Optional.empty();
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    Checks.sameShape(predictions, truth);
    ElementWeights weights = ElementWeights.of(arguments, "weight", predictions.shape());
    TermCollector terms = new TermCollector(arguments.reduction(), predictions.shape());
    for (int i = 0; i < predictions.size(); i++) {
      double p = Checks.ratio("predictions", predictions, i);
      double t = Checks.ratio("truth", truth, i);
      terms.add(i, weights.get(i) * crossEntropy(p, t));
    }
    return terms.result();
  }

  /** Returns the cross entropy of a probability and a target, both in [0, 1]. */
  static double crossEntropy(double p, double t) {
    double positive = t == 0 ? 0 : t * -Math.max(Math.log(p), -CLAMP);
    double negative = t == 1 ? 0 : (1 - t) * -Math.max(Math.log1p(-p), -CLAMP);
    return positive + negative;
  }
}
