package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import java.util.Optional;

/**
 * Cross entropy against smoothed labels, because labels can be wrong.
 *
 * <pre>
 *   q_k  = (1 − ε) [k = y] + ε / C
 *   loss = (1 − ε) · w_y · ce_y + ε / C · Σ_c w_c · ce_c      the mean divides by Σ w_y
 * </pre>
 *
 * <p>Source: Szegedy and others, Rethinking the Inception Architecture, 2015, arXiv 1512.00567, in
 * PyTorch's form. It is not fairseq's, which spreads ε over the other classes alone.
 */
public final class LabelSmoothing implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "(1-e) w_y ce_y + e/C sum_c w_c ce_c",
          "Szegedy 2015, arXiv 1512.00567",
          "logits (or probabilities, see input) [N, C, d1, ...] or [C]",
          "class indices [N, d1, ...], or probabilities in the shape of the logits",
          SoftmaxCrossEntropy.parameters("0.1"));

  @Override
  public String name() {
    return "label-smoothing";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return ClassTerms.argumentsFor(DESCRIPTION, form);
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    return SoftmaxCrossEntropy.evaluate(predictions, truth, arguments);
  }
}
