package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.scoring.FiniteRule;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.metric.ConfusionMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Saved label maps [N, d1, …], or scores [N, C, d1, …] by their largest, against label maps. */
final class SavedSegmentation implements SavedScore {

  @Override
  public List<ScoreParameter> parameters() {
    return List.of(
        ScoreParameter.integer(
            "classes", Optional.empty(), "number of classes; default: as many as labels need"),
        ScoreParameter.integer(
            "ignore-index", Optional.empty(), "true label whose pixels do not count"));
  }

  @Override
  public Map<String, Object> evaluate(Path predictions, Path truth, ScoreArguments arguments)
      throws BadInputException {
    ScoreTensor predicted = SavedArray.predictions(predictions);
    ScoreTensor labels = SavedArray.truth(truth);
    try {
      return figures(predicted, labels, arguments);
    } catch (IllegalArgumentException e) {
      throw SavedArray.unfit(
          predictions,
          truth,
          String.valueOf(e.getMessage()),
          List.of(
              "predictions: labels in the shape of the truth, or scores [N, C, d1, ...]",
              "truth: class indices [N, d1, ...]"));
    }
  }

  private static Map<String, Object> figures(
      ScoreTensor predicted, ScoreTensor labels, ScoreArguments arguments) {
    OptionalLong ignored = arguments.integer("ignore-index");
    FiniteRule.FINITE.require("predictions", predicted);
    FiniteRule.FINITE.require("truth", labels);
    int[] answers = answers(predicted, labels);
    int classes = classes(predicted, labels, answers, arguments);
    ConfusionMatrix confusion = new ConfusionMatrix(classes);
    for (int i = 0; i < labels.size(); i++) {
      int label = Labels.at(labels, i);
      if (ignored.isEmpty() || label != ignored.getAsLong()) {
        try {
          confusion.add(label, answers[i]);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "pixel %s: %s".formatted(labels.place(i), e.getMessage()), e);
        }
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("count", confusion.total());
    figures.put("miou", confusion.meanIou().orElse(Double.NaN));
    figures.put("pixelAccuracy", confusion.accuracy().orElse(Double.NaN));
    figures.put("classes", rows(confusion));
    return figures;
  }

  /** Returns the predicted label of each pixel: the first of the largest scores. */
  private static int[] answers(ScoreTensor predicted, ScoreTensor labels) {
    int[] answers = new int[labels.size()];
    if (predicted.shape().equals(labels.shape())) {
      for (int i = 0; i < answers.length; i++) {
        answers[i] = Labels.at(predicted, i);
      }
      return answers;
    }
    List<Integer> rest = new ArrayList<>(predicted.shape());
    if (rest.size() < 2 || rest.remove(1) < 1 || !rest.equals(labels.shape())) {
      throw new IllegalArgumentException(
          "predictions of shape %s, truth of shape %s"
              .formatted(predicted.shape(), labels.shape()));
    }
    int classes = predicted.shape().get(1);
    int inner = labels.size() / Math.max(1, labels.shape().get(0));
    for (int i = 0; i < answers.length; i++) {
      int first = i / inner * classes * inner + i % inner;
      for (int c = 1; c < classes; c++) {
        if (predicted.get(first + c * inner) > predicted.get(first + answers[i] * inner)) {
          answers[i] = c;
        }
      }
    }
    return answers;
  }

  private static int classes(
      ScoreTensor predicted, ScoreTensor labels, int[] answers, ScoreArguments arguments) {
    OptionalLong given = arguments.integer("classes");
    if (given.isPresent()) {
      return Math.toIntExact(given.getAsLong());
    }
    if (!predicted.shape().equals(labels.shape())) {
      return predicted.shape().get(1);
    }
    OptionalLong ignored = arguments.integer("ignore-index");
    int largest = 0;
    for (int i = 0; i < answers.length; i++) {
      int label = Labels.at(labels, i);
      if (ignored.isEmpty() || label != ignored.getAsLong()) {
        largest = Math.max(largest, Math.max(label, answers[i]));
      }
    }
    return largest + 1;
  }

  private static List<Map<String, Object>> rows(ConfusionMatrix confusion) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int c = 0; c < confusion.classes(); c++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("class", c);
      row.put("pixels", confusion.truths(c));
      confusion.iou(c).ifPresent(value -> row.put("iou", value));
      confusion.precision(c).ifPresent(value -> row.put("precision", value));
      confusion.recall(c).ifPresent(value -> row.put("recall", value));
      rows.add(row);
    }
    return rows;
  }
}
