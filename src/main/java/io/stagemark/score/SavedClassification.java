package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.scoring.FiniteRule;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.metric.CalibrationError;
import io.stagemark.scoring.metric.ClassificationScores;
import io.stagemark.scoring.metric.ConfusionMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A classifier's saved scores [N, C] against class indices [N]. */
final class SavedClassification implements SavedScore {
  private static final int MAX_BINS = 1_000_000;

  @Override
  public List<ScoreParameter> parameters() {
    return List.of(
        ScoreParameter.choice("input", List.of("probabilities", "logits"), "what predictions are"),
        ScoreParameter.integer(
            "bins", Optional.of("15"), "bins of the calibration error, from 1 up"));
  }

  @Override
  public Map<String, Object> evaluate(Path predictions, Path truth, ScoreArguments arguments)
      throws BadInputException {
    ScoreTensor scores = SavedArray.predictions(predictions);
    ScoreTensor labels = SavedArray.truth(truth);
    try {
      return figures(scores, labels, arguments);
    } catch (IllegalArgumentException e) {
      throw SavedArray.unfit(
          predictions,
          truth,
          String.valueOf(e.getMessage()),
          List.of("predictions: scores [N, C]", "truth: class indices [N]"));
    }
  }

  private static Map<String, Object> figures(
      ScoreTensor scores, ScoreTensor labels, ScoreArguments arguments) {
    if (scores.shape().size() != 2 || !labels.shape().equals(scores.shape().subList(0, 1))) {
      throw new IllegalArgumentException(
          "predictions of shape %s, truth of shape %s".formatted(scores.shape(), labels.shape()));
    }
    int classes = scores.shape().get(1);
    long bins = arguments.integer("bins").orElseThrow();
    if (bins < 1 || bins > MAX_BINS) {
      throw new IllegalArgumentException("bins is %d, not from 1 to %d".formatted(bins, MAX_BINS));
    }
    boolean logits = arguments.text("input").equals("logits");
    (logits ? FiniteRule.BEFORE_SOFTMAX : FiniteRule.FINITE).require("predictions", scores);
    FiniteRule.FINITE.require("truth", labels);
    ClassificationScores gathered = new ClassificationScores(classes, logits, (int) bins);
    double[] row = new double[classes];
    for (int n = 0; n < labels.size(); n++) {
      for (int c = 0; c < classes; c++) {
        row[c] = scores.get(n * classes + c);
      }
      try {
        gathered.add(row, Labels.at(labels, n));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("example %d: %s".formatted(n, e.getMessage()), e);
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("count", gathered.count());
    figures.put("top1", gathered.top1());
    figures.put("top5", gathered.top5());
    figures.put("logLoss", gathered.logLoss());
    figures.put("ece", gathered.calibration().expected());
    figures.put("eceRms", gathered.calibration().rms());
    figures.put("eceMax", gathered.calibration().max());
    figures.put("eceLeftClosed", gathered.calibrationLeftClosed().expected());
    figures.put("classes", classes(gathered.confusion()));
    figures.put("reliability", reliability(gathered.calibration()));
    return figures;
  }

  private static List<Map<String, Object>> classes(ConfusionMatrix confusion) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int c = 0; c < confusion.classes(); c++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("class", c);
      row.put("truths", confusion.truths(c));
      row.put("predictions", confusion.predictions(c));
      confusion.precision(c).ifPresent(value -> row.put("precision", value));
      confusion.recall(c).ifPresent(value -> row.put("recall", value));
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, Object>> reliability(CalibrationError calibration) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (CalibrationError.Bin bin : calibration.table()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("above", bin.lower());
      row.put("upTo", bin.upper());
      row.put("count", bin.count());
      if (bin.count() > 0) {
        row.put("confidence", bin.confidence());
        row.put("accuracy", bin.accuracy());
      }
      rows.add(row);
    }
    return rows;
  }
}
