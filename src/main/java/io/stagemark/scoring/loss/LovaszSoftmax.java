package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.kernel.CompensatedSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Lovász-Softmax: 1 − mean IoU made continuous, on probabilities.
 *
 * <pre>
 *   for each class c: errors |[y = c] − p_c|, descending, times the rises of 1 − IoU; mean over classes
 * </pre>
 *
 * <p>Classes: those present in the truth, all, or a list (absent ones too). A label that is no
 * class and not ignored is background for every class. Predictions in the shape of the truth are
 * one probability of a single class (Lovász-sigmoid): the list must then name that class. An image
 * without a valid pixel has loss 0 and counts in the mean over images. Source: Berman and others,
 * 2018, arXiv 1705.08790.
 */
public final class LovaszSoftmax implements Loss {
  private static final String PRESENT = "present";
  private static final String ALL = "all";
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "mean_c sum_k |[y=c] - p_c|_(k) dJ_k",
          "Berman 2018, arXiv 1705.08790",
          "probabilities [B, C, d1, ...], or [B, d1, ...] for one class",
          "labels [B, d1, ...]",
          parameters());

  private static List<ScoreParameter> parameters() {
    List<ScoreParameter> parameters = new ArrayList<>(LovaszImages.parameters());
    parameters.add(
        ScoreParameter.text(
            "classes", PRESENT, "present (in the truth), all, or class indices with commas"));
    return parameters;
  }

  @Override
  public String name() {
    return "lovasz-softmax";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return switch (form) {
      case CLASS_PROBABILITIES -> Optional.of(DESCRIPTION.defaults());
      case PROBABILITIES -> Optional.of(DESCRIPTION.defaults().with("classes", "1"));
      default -> Optional.empty();
    };
  }

  @Override
  public String unit() {
    return "ratio";
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    Pixels pixels = pixels(predictions, truth, arguments);
    LovaszImages images = new LovaszImages(truth, arguments);
    for (int i = 0; i < predictions.size(); i++) {
      Checks.ratio("predictions", predictions, i);
    }
    return images.reduce(pixels::loss);
  }

  private static Pixels pixels(
      ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    String classes = arguments.text("classes");
    boolean sigmoid = predictions.shape().equals(truth.shape());
    int channels = 1;
    if (!sigmoid) {
      ClassRows rows = new ClassRows(predictions);
      rows.requireTruthShape(truth);
      channels = rows.classes();
    }
    boolean listed = !classes.equals(PRESENT) && !classes.equals(ALL);
    // one channel represents the one class that the list names
    List<Integer> wanted =
        listed
            ? list(classes, channels == 1 ? Integer.MAX_VALUE : channels)
            : IntStream.range(0, channels).boxed().toList();
    if (channels == 1 && (!listed || wanted.size() != 1)) {
      throw new IllegalArgumentException(
          "classes is %s; probabilities of one class need that class alone, such as 1"
              .formatted(classes));
    }
    return new Pixels(
        predictions, truth, wanted, classes.equals(PRESENT), arguments.integer("ignore-index"));
  }

  private static List<Integer> list(String text, int classes) {
    List<Integer> listed = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int classId;
      try {
        classId = Integer.parseInt(part.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "classes is %s, not present, all, or class indices with commas".formatted(text), e);
      }
      if (classId < 0 || classId >= classes) {
        throw new IllegalArgumentException(
            "classes names %d; there are classes 0 to %d".formatted(classId, classes - 1));
      }
      listed.add(classId);
    }
    return listed;
  }

  /** The probabilities and labels of all images, and which classes to score. */
  private record Pixels(
      ScoreTensor probabilities,
      ScoreTensor labels,
      List<Integer> classes,
      boolean presentOnly,
      OptionalLong ignored) {

    double loss(int from, int to) {
      LovaszStep items = new LovaszStep(to - from);
      CompensatedSum sum = new CompensatedSum();
      int scored = 0;
      for (int classId : classes) {
        for (int pixel = from; pixel < to; pixel++) {
          double label = labels.get(pixel);
          if (ignored.isEmpty() || label != ignored.getAsLong()) {
            double p = probabilities.get(index(pixel, classId));
            boolean foreground = label == classId;
            items.add(foreground ? 1 - p : p, foreground);
          }
        }
        boolean present = items.foregroundSize() > 0;
        double loss = items.loss();
        if (present || !presentOnly) {
          sum.add(loss);
          scored++;
        }
      }
      return scored == 0 ? 0 : sum.value() / scored;
    }

    private int index(int pixel, int classId) {
      if (probabilities.size() == labels.size()) {
        return pixel;
      }
      int inner = labels.size() / labels.shape().get(0);
      int channels = probabilities.shape().get(1);
      return (pixel / inner * channels + classId) * inner + pixel % inner;
    }
  }
}
