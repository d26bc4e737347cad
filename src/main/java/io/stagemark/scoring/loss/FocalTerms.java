package io.stagemark.scoring.loss;

import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.Reduction;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Sigmoid;
import io.stagemark.scoring.activation.Softplus;
import io.stagemark.scoring.kernel.BlockSums;
import io.stagemark.scoring.kernel.FocalForm;
import io.stagemark.scoring.kernel.LogitKernels;
import java.util.List;
import java.util.Optional;

/** What the two binary focal losses share: they differ in {@link FocalForm} alone. */
final class FocalTerms {
  private static final String PROBABILITIES = "probabilities";

  private FocalTerms() {}

  static List<ScoreParameter> parameters(ScoreParameter alpha) {
    return List.of(
        ScoreParameter.choice(
            "reduction",
            List.of("mean", "sum", "none", "positives"),
            "what becomes of the terms; positives: the sum over max(1, targets from .5 up)"),
        alpha,
        ScoreParameter.number(
            "gamma",
            0,
            Double.POSITIVE_INFINITY,
            "2",
            "how strongly easy examples are discounted; 0 is binary cross entropy"),
        ScoreParameter.choice(
            "input", List.of("logits", PROBABILITIES), "what the predictions are"),
        ElementWeights.parameter());
  }

  static Optional<ScoreArguments> argumentsFor(LossDescription loss, PredictionForm form) {
    return switch (form) {
      case LOGITS -> Optional.of(loss.defaults());
      case PROBABILITIES -> Optional.of(loss.defaults().with("input", PROBABILITIES));
      default -> Optional.empty();
    };
  }

  static LossResult evaluate(
      ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments, FocalForm form) {
    Checks.sameShape(predictions, truth);
    boolean logits = !arguments.text("input").equals(PROBABILITIES);
    Reduction reduction = arguments.reduction();
    ElementWeights weights = ElementWeights.of(arguments, "weight", predictions.shape());
    boolean plainSum = reduction == Reduction.MEAN || reduction == Reduction.SUM;
    boolean floats = predictions.isFloat() && truth.isFloat();
    if (logits && plainSum && floats && weights.absent()) {
      for (int i = 0; i < truth.size(); i++) {
        Checks.ratio("truth", truth, i);
      }
      double sum =
          new BlockSums(LogitKernels.best()).focal(predictions.floats(), truth.floats(), form);
      double value = reduction == Reduction.SUM ? sum : sum / predictions.size();
      return new LossResult(value, reduction, predictions.size(), Optional.empty());
    }
    TermCollector terms = new TermCollector(reduction, predictions.shape());
    for (int i = 0; i < predictions.size(); i++) {
      double t = Checks.ratio("truth", truth, i);
      if (t >= .5) {
        terms.countPositive();
      }
      double term =
          logits
              ? fromLogit(predictions.get(i), t, form)
              : fromProbability(Checks.ratio("predictions", predictions, i), t, form);
      terms.add(i, TermCollector.weighted(weights.get(i), term));
    }
    return terms.result();
  }

  private static double fromLogit(double x, double t, FocalForm form) {
    double crossEntropy =
        TermCollector.weighted(t, Softplus.of(-x)) + TermCollector.weighted(1 - t, Softplus.of(x));
    return form.term(t, crossEntropy, Sigmoid.of(x) * (1 - t) + Sigmoid.of(-x) * t);
  }

  private static double fromProbability(double p, double t, FocalForm form) {
    return form.term(t, Bce.crossEntropy(p, t), p * (1 - t) + (1 - p) * t);
  }
}
