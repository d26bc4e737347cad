package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.LogSumExp;
import io.stagemark.scoring.kernel.CompensatedSum;
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
 * <p>{@code 1 − p_y} is summed from the other classes, so that a sure answer keeps its precision.
 * The mean divides by the examples that are not ignored, never by α. Source: Lin and others, 2017,
 * arXiv 1708.02002, for many classes as Keras' {@code CategoricalFocalCrossentropy}.
 */
public final class FocalMulticlass implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "-alpha_y (1-p_y)^gamma ln p_y",
          "Lin 2017, arXiv 1708.02002; Keras CategoricalFocalCrossentropy",
          "logits [N, C, d1, ...] or [C]",
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
              SoftmaxCrossEntropy.ignoreIndex()));

  @Override
  public String name() {
    return "focal-multiclass";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    ClassRows rows = new ClassRows(predictions);
    rows.requireTruthShape(truth);
    double[] alpha = alpha(arguments.tensor("alpha"), rows.classes());
    double gamma = arguments.number("gamma");
    OptionalLong ignored = arguments.integer("ignore-index");
    TermCollector terms = new TermCollector(arguments.reduction(), rows.exampleShape());
    for (int n = 0; n < rows.examples(); n++) {
      OptionalLong label = rows.classOf(truth, n, ignored);
      if (label.isPresent()) {
        int y = (int) label.getAsLong();
        terms.add(n, term(rows.row(n), y, alpha[y], gamma));
      }
    }
    return terms.result();
  }

  private static double term(double[] row, int y, double alpha, double gamma) {
    LogSumExp sum = LogSumExp.of(row, row.length);
    double weight = alpha * Math.pow(miss(row, y, sum), gamma);
    return TermCollector.weighted(weight, sum.crossEntropy(row[y]));
  }

  private static double miss(double[] row, int y, LogSumExp sum) {
    CompensatedSum others = new CompensatedSum();
    for (int c = 0; c < row.length; c++) {
      if (c != y) {
        others.add(LogSumExp.expOfDifference(row[c], sum.max()));
      }
    }
    return others.value() / (1 + sum.others());
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
