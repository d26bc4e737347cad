package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Focal loss over a softmax.
 *
 * <pre>
 *   −α_y · (1 − p_y)^γ · ln p_y      p = softmax(x)
 * </pre>
 *
 * <p>From logits {@code 1 − p_y} is summed from the other classes, so that a sure answer keeps its
 * precision; from probabilities the logarithm is clamped at −100. The mean divides by the examples
 * that are not ignored, never by α. Source: Lin and others, 2017, arXiv 1708.02002, for many
 * classes as Keras' {@code CategoricalFocalCrossentropy}.
 */
public final class FocalMulticlass implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "-alpha_y (1-p_y)^gamma ln p_y",
          "Lin 2017, arXiv 1708.02002; Keras CategoricalFocalCrossentropy",
          "logits (or probabilities, see input) [N, C, d1, ...] or [C]",
          "class indices [N, d1, ...]",
          List.of(
              ScoreParameter.reduction(),
              ScoreParameter.tensor(
                  "alpha", "weight of every class: one number for all, or one a class; default 1"),
              ScoreParameter.number(
                  "gamma",
                  0,
                  Double.POSITIVE_INFINITY,
                  "2",
                  "how strongly easy examples are discounted; 0 is cross entropy"),
              SoftmaxCrossEntropy.ignoreIndex(),
              ClassTerms.parameter()));

  @Override
  public String name() {
    return "focal-multiclass";
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
    ClassRows rows = new ClassRows(predictions);
    rows.requireTruthShape(truth);
    double[] alpha = alpha(arguments.tensor("alpha"), rows.classes());
    double gamma = arguments.number("gamma");
    OptionalLong ignored = arguments.integer("ignore-index");
    ClassTerms classes = new ClassTerms(predictions, rows, arguments);
    TermCollector terms = new TermCollector(arguments.reduction(), rows.exampleShape());
    for (int n = 0; n < rows.examples(); n++) {
      OptionalLong label = rows.classOf(truth, n, ignored);
      if (label.isPresent()) {
        int y = (int) label.getAsLong();
        classes.read(n);
        double weight = alpha[y] * Math.pow(classes.miss(y), gamma);
        terms.add(n, TermCollector.weighted(weight, classes.crossEntropy(y)));
      }
    }
    return terms.result();
  }

  private static double[] alpha(Optional<ScoreTensor> given, int classes) {
    double[] alpha;
    if (given.isPresent() && given.get().size() == 1) {
      alpha = new double[classes];
      Arrays.fill(alpha, given.get().get(0));
    } else {
      alpha = ClassRows.classWeights(given, "alpha", classes);
    }
    for (int c = 0; c < classes; c++) {
      if (!(alpha[c] >= 0 && alpha[c] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "alpha[%d] is %s, not a finite number from 0 up".formatted(c, alpha[c]));
      }
    }
    return alpha;
  }
}
