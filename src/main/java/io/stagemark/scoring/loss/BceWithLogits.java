package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.Reduction;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Softplus;
import io.stagemark.scoring.kernel.BlockSums;
import io.stagemark.scoring.kernel.LogitKernels;
import java.util.List;
import java.util.Optional;

/**
 * Binary cross entropy on logits.
 *
 * <pre>
 *   w · [pw · t · softplus(−x) + (1 − t) · softplus(x)]
 * </pre>
 *
 * <p>The mean divides by the number of elements. Targets outside [0, 1] are taken as they are, as
 * in PyTorch. Source: PyTorch's {@code BCEWithLogitsLoss}, in a form that does not cancel for easy
 * negatives. A sum or mean of float32 without weights runs on {@link LogitKernels#best}.
 */
public final class BceWithLogits implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "w [pw t softplus(-x) + (1-t) softplus(x)]",
          "PyTorch BCEWithLogitsLoss",
          "logits, any shape",
          "targets, usually in [0, 1], the same shape",
          List.of(
              ScoreParameter.reduction(),
              ElementWeights.parameter(),
              ScoreParameter.tensor("pos-weight", "weight of the positive part, broadcast")));

  @Override
  public String name() {
    return "bce-with-logits";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return form == PredictionForm.LOGITS ? Optional.of(DESCRIPTION.defaults()) : Optional.empty();
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    Checks.sameShape(predictions, truth);
    Reduction reduction = arguments.reduction();
    ElementWeights weights = ElementWeights.of(arguments, "weight", predictions.shape());
    ElementWeights positive = ElementWeights.of(arguments, "pos-weight", predictions.shape());
    boolean plainSum = reduction != Reduction.NONE && weights.absent() && positive.absent();
    if (plainSum && predictions.isFloat() && truth.isFloat()) {
      double sum = new BlockSums(LogitKernels.best()).bce(predictions.floats(), truth.floats());
      double value = reduction == Reduction.SUM ? sum : sum / predictions.size();
      return new LossResult(value, reduction, predictions.size(), Optional.empty());
    }
    TermCollector terms = new TermCollector(reduction, predictions.shape());
    for (int i = 0; i < predictions.size(); i++) {
      double x = predictions.get(i);
      double t = truth.get(i);
      double term =
          TermCollector.weighted(positive.get(i) * t, Softplus.of(-x))
              + TermCollector.weighted(1 - t, Softplus.of(x));
      terms.add(i, TermCollector.weighted(weights.get(i), term));
    }
    return terms.result();
  }
}
