package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import java.util.Optional;

/**
 * Softmax cross entropy on logits.
 *
 * <pre>
 *   w_y · (ln Σ e^x_c − x_y)              truth is a class index; the mean divides by Σ w_y
 *   Σ_c w_c · q_c · (ln Σ e^x − x_c)      truth is one probability a class; by the examples
 * </pre>
 *
 * <p>Examples with the ignored label have no term and no share in the mean; if all are ignored the
 * mean is NaN. Source: PyTorch's {@code CrossEntropyLoss}; ONNX's {@code SoftmaxCrossEntropyLoss}.
 */
public final class CrossEntropy implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "w_y (ln sum_c e^x_c - x_y)",
          "PyTorch CrossEntropyLoss",
          "logits (or probabilities, see input) [N, C, d1, ...] or [C]",
          "class indices [N, d1, ...], or probabilities in the shape of the logits",
          SoftmaxCrossEntropy.parameters("0"));

  @Override
  public String name() {
    return "cross-entropy";
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
