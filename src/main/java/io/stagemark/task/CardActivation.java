package io.stagemark.task;

import io.stagemark.postprocess.LastStep;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.activation.Sigmoid;
import io.stagemark.scoring.activation.Softmax;
import java.util.Optional;

/**
 * The activation of a model card as the last step of class scores. The logarithms, log-softmax and
 * log-sigmoid, are reported as the probabilities that they are logarithms of: a threshold and a
 * reader mean those.
 */
record CardActivation(Activation activation) implements LastStep {

  /** Returns the last step of an output. */
  static LastStep of(Optional<Activation> activation) {
    return activation.<LastStep>map(CardActivation::new).orElse(NONE);
  }

  @Override
  public void apply(double[] row) {
    switch (activation) {
      case LOG_SOFTMAX -> Softmax.apply(row);
      case LOG_SIGMOID -> {
        for (int c = 0; c < row.length; c++) {
          row[c] = Sigmoid.of(row[c]);
        }
      }
      default -> activation.apply(row);
    }
  }

  @Override
  public double before(double threshold) {
    return switch (activation) {
      case SIGMOID, LOG_SIGMOID -> Math.log(threshold / (1 - threshold));
      case TANH -> Math.log1p(2 * threshold / (1 - threshold)) / 2;
      case RELU -> threshold;
      case SOFTPLUS -> Math.log(Math.expm1(threshold));
      case SOFTMAX, LOG_SOFTMAX ->
          throw new IllegalArgumentException(
              activation.text() + " of one class is 1 everywhere: it needs two classes or more");
    };
  }

  @Override
  public double floor() {
    return activation == Activation.RELU ? 0 : Double.NEGATIVE_INFINITY;
  }
}
