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
import java.util.OptionalLong;

/**
 * Negative log-likelihood on log-probabilities: {@code −w_y · x_y}, the mean over {@code Σ w_y}.
 *
 * <p>Source: PyTorch's {@code NLLLoss}; ONNX's {@code NegativeLogLikelihoodLoss}.
 */
public final class NegativeLogLikelihood implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "-w_y x_y",
          "PyTorch NLLLoss",
          "log-probabilities [N, C, d1, ...] or [C]",
          "class indices [N, d1, ...]",
          List.of(
              ScoreParameter.reduction(),
              SoftmaxCrossEntropy.classWeight(),
              SoftmaxCrossEntropy.ignoreIndex()));

  @Override
  public String name() {
    return "negative-log-likelihood";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return form == PredictionForm.CLASS_LOG_PROBABILITIES
        ? Optional.of(DESCRIPTION.defaults())
        : Optional.empty();
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    ClassRows rows = new ClassRows(predictions);
    rows.requireTruthShape(truth);
    double[] weights =
        ClassRows.classWeights(arguments.tensor("class-weight"), "class-weight", rows.classes());
    OptionalLong ignored = arguments.integer("ignore-index");
    TermCollector terms = new TermCollector(arguments.reduction(), rows.exampleShape());
    for (int n = 0; n < rows.examples(); n++) {
      OptionalLong label = rows.classOf(truth, n, ignored);
      if (label.isPresent()) {
        int y = (int) label.getAsLong();
        double loss = -predictions.get(rows.index(n, y));
        terms.add(n, TermCollector.weighted(weights[y], loss), weights[y]);
      }
    }
    return terms.result();
  }
}
