package io.stagemark.scoring.loss;

import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What cross entropy and label smoothing share: they differ in the default of ε alone. */
final class SoftmaxCrossEntropy {
  private static final long PYTORCH_IGNORE_INDEX = -100;

  private SoftmaxCrossEntropy() {}

  static List<ScoreParameter> parameters(String smoothing) {
    return List.of(
        ScoreParameter.reduction(),
        classWeight(),
        ignoreIndex(),
        ScoreParameter.number(
            "label-smoothing", 0, 1, smoothing, "share of the target spread over all classes"),
        ClassTerms.parameter());
  }

  static ScoreParameter classWeight() {
    return ScoreParameter.tensor("class-weight", "one weight a class");
  }

  static ScoreParameter ignoreIndex() {
    return ScoreParameter.integer(
        "ignore-index",
        Optional.of(Long.toString(PYTORCH_IGNORE_INDEX)),
        "label whose examples do not count");
  }

  static LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    ClassRows rows = new ClassRows(predictions);
    double[] weights =
        ClassRows.classWeights(arguments.tensor("class-weight"), "class-weight", rows.classes());
    ClassTerms classes = new ClassTerms(predictions, rows, arguments);
    return truth.shape().equals(predictions.shape())
        ? soft(rows, classes, truth, weights, arguments)
        : hard(rows, classes, truth, weights, arguments);
  }

  /** Class indices: (1−ε) w_y ce_y + ε/C Σ w_c ce_c; the mean divides by Σ w_y. */
  private static LossResult hard(
      ClassRows rows,
      ClassTerms classes,
      ScoreTensor truth,
      double[] weights,
      ScoreArguments arguments) {
    rows.requireTruthShape(truth);
    OptionalLong ignored = arguments.integer("ignore-index");
    double smoothing = arguments.number("label-smoothing");
    TermCollector terms = new TermCollector(arguments.reduction(), rows.exampleShape());
    for (int n = 0; n < rows.examples(); n++) {
      OptionalLong label = rows.classOf(truth, n, ignored);
      if (label.isPresent()) {
        int y = (int) label.getAsLong();
        classes.read(n);
        double term = TermCollector.weighted((1 - smoothing) * weights[y], classes.crossEntropy(y));
        for (int c = 0; smoothing > 0 && c < rows.classes(); c++) {
          term +=
              TermCollector.weighted(
                  smoothing / rows.classes() * weights[c], classes.crossEntropy(c));
        }
        terms.add(n, term, weights[y]);
      }
    }
    return terms.result();
  }

  /** Probabilities a class: Σ w_c [(1−ε) q_c + ε/C] ce_c; the mean divides by the examples. */
  private static LossResult soft(
      ClassRows rows,
      ClassTerms classes,
      ScoreTensor truth,
      double[] weights,
      ScoreArguments arguments) {
    arguments
        .integer("ignore-index")
        .ifPresent(
            ignored -> {
              if (ignored >= 0) {
                throw new IllegalArgumentException(
                    "ignore-index %d means nothing for truth that is one probability a class"
                        .formatted(ignored));
              }
            });
    double smoothing = arguments.number("label-smoothing");
    TermCollector terms = new TermCollector(arguments.reduction(), rows.exampleShape());
    for (int n = 0; n < rows.examples(); n++) {
      classes.read(n);
      double term = 0;
      for (int c = 0; c < rows.classes(); c++) {
        double q = Checks.ratio("truth", truth, rows.index(n, c));
        term +=
            TermCollector.weighted(
                weights[c] * ((1 - smoothing) * q + smoothing / rows.classes()),
                classes.crossEntropy(c));
      }
      terms.add(n, term);
    }
    return terms.result();
  }
}
