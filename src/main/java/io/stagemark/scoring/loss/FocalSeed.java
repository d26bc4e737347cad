package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.kernel.FocalForm;

/**
 * Binary focal loss as the project's seed has it: one α for both classes.
 *
 * <pre>
 *   α · (1 − p_t)^γ · bce      p_t = e^−bce
 * </pre>
 *
 * <p>{@code 1 − p_t} is taken as −expm1(−bce), which keeps its precision for easy examples. With
 * hard targets it is the paper's form without α. Source: the seed's notes (α 1, γ 2), after arXiv
 * 1708.02002.
 */
public final class FocalSeed implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "alpha (1 - e^-bce)^gamma bce",
          "the seed's notes, after Lin 2017, arXiv 1708.02002",
          "logits (or probabilities, see input), any shape",
          "targets in [0, 1], the same shape",
          FocalTerms.parameters(
              ScoreParameter.number(
                  "alpha", 0, Double.POSITIVE_INFINITY, "1", "weight of every term")));

  @Override
  public String name() {
    return "focal-seed";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    FocalForm form = FocalForm.seed(arguments.number("alpha"), arguments.number("gamma"));
    return FocalTerms.evaluate(predictions, truth, arguments, form);
  }
}
