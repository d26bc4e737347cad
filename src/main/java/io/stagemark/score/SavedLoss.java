package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.scoring.FiniteRule;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One loss of two saved arrays. */
final class SavedLoss implements SavedScore {
  private final Loss loss;

  SavedLoss(Loss loss) {
    this.loss = loss;
  }

  @Override
  public List<ScoreParameter> parameters() {
    return loss.description().parameters();
  }

  @Override
  public Map<String, Object> evaluate(Path predictions, Path truth, ScoreArguments arguments)
      throws BadInputException {
    ScoreTensor predicted = SavedArray.predictions(predictions);
    ScoreTensor right = SavedArray.truth(truth);
    LossResult result;
    try {
      // an infinite logit may have a loss, and an infinite loss is one
      FiniteRule.BEFORE_SIGMOID.require("predictions", predicted);
      FiniteRule.FINITE.require("truth", right);
      result = loss.evaluate(predicted, right, arguments);
      requireNumber(result, predicted);
    } catch (IllegalArgumentException e) {
      throw SavedArray.unfit(
          predictions,
          truth,
          String.valueOf(e.getMessage()),
          List.of(
              "predictions: " + loss.description().predictions(),
              "truth: " + loss.description().truth()));
    }
    return figures(result);
  }

  /** What comes of infinite numbers must be a number; the mean of nothing is none either way. */
  private static void requireNumber(LossResult result, ScoreTensor predicted) {
    double[] terms = result.terms().map(ScoreTensor::toArray).orElse(new double[0]);
    boolean isNumber =
        !Double.isNaN(result.value()) && Arrays.stream(terms).noneMatch(Double::isNaN);
    if (!isNumber) {
      FiniteRule.FINITE.require("predictions", predicted);
    }
  }

  private Map<String, Object> figures(LossResult result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("loss", loss.name());
    figures.put("value", result.value());
    figures.put("reduction", result.reduction().text());
    figures.put("count", result.count());
    result
        .terms()
        .ifPresent(
            terms -> {
              figures.put("shape", terms.shape());
              figures.put("values", Arrays.stream(terms.toArray()).boxed().toList());
            });
    return figures;
  }
}
