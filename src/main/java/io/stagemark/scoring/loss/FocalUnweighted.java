package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.kernel.FocalForm;
import java.util.List;
import java.util.Optional;

/**
 * Binary focal loss in the unweighted form: one α for both classes, 1 unless it is set.
 *
 * <pre>
 *   α · (1 − p_t)^γ · bce      p_t = e^−bce
 * </pre>
 *
 * <p>{@code 1 − p_t} is taken as −expm1(−bce), which keeps its precision for easy examples. With
 * hard targets and α = 1 it is equation 4 of Lin et al. 2017, arXiv 1708.02002.
 */
public final class FocalUnweighted implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "alpha (1 - e^-bce)^gamma bce",
          "Lin 2017, arXiv 1708.02002, equation 4: one alpha for both classes",
          "logits (or probabilities, see input), any shape",
          "targets in [0, 1], the same shape",
          FocalTerms.parameters(
              ScoreParameter.number(
                  "alpha", 0, Double.POSITIVE_INFINITY, "1", "weight of every term")));

  @Override
  public String name() {
    return "focal-unweighted";
  }

  @Override
  public List<String> aliases() {
    return List.of("focal-seed");
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
    FocalForm form = FocalForm.unweighted(arguments.number("alpha"), arguments.number("gamma"));
    return FocalTerms.evaluate(predictions, truth, arguments, form);
  }
}
