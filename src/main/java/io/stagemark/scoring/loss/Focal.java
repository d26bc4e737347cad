package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.kernel.FocalForm;
import java.util.Optional;

/**
 * Binary focal loss as the paper has it.
 *
 * <pre>
 *   α_t · (1 − p_t)^γ · bce      α_t = α t + (1 − α)(1 − t),   1 − p_t = p (1 − t) + (1 − p) t
 * </pre>
 *
 * <p>Stable for easy examples: with hard targets {@code 1 − p_t = σ(−z)}, {@code z = (2t − 1) x}.
 * From probabilities the logarithms are clamped at −100. Source: Lin and others, Focal Loss for
 * Dense Object Detection, 2017, arXiv 1708.02002; torchvision's {@code sigmoid_focal_loss}.
 */
public final class Focal implements Loss {
  private static final double OFF = -1;
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "alpha_t (1-p_t)^gamma bce",
          "Lin 2017, arXiv 1708.02002; torchvision sigmoid_focal_loss",
          "logits (or probabilities, see input), any shape",
          "targets in [0, 1], the same shape",
          FocalTerms.parameters(
              ScoreParameter.numberOrNone(
                  "alpha",
                  OFF,
                  1,
                  "0.25",
                  "weight of the positive class in [0, 1], the other has 1-alpha; none or -1: off")));

  @Override
  public String name() {
    return "focal";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return FocalTerms.argumentsFor(DESCRIPTION, form);
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    double alpha = arguments.number("alpha");
    if (alpha < 0 && alpha != OFF) {
      throw new IllegalArgumentException("alpha is " + alpha + ", neither in [0, 1] nor -1 (off)");
    }
    FocalForm form = FocalForm.paper(alpha == OFF ? Double.NaN : alpha, arguments.number("gamma"));
    return FocalTerms.evaluate(predictions, truth, arguments, form);
  }
}
