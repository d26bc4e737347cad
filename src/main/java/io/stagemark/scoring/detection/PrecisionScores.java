package io.stagemark.scoring.detection;

import io.stagemark.data.Annotation;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.Detection;
import io.stagemark.data.LabelMap;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.scoring.MergeableState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Average precision of one measure over a data set, as a run reports it. Not thread-safe. */
public final class PrecisionScores {
  /** Classes with a curve of their own: those with the most objects. */
  public static final int MAX_CLASS_CURVES = 5;

  private final CocoMeasure measure;
  private final CocoSettings evaluation;
  private final LabelMap labels;
  private final CocoAp coco;
  private @Nullable CocoResult result;

  /**
   * @param asked how the config asks to evaluate
   * @param labels of the model
   */
  public PrecisionScores(CocoMeasure measure, CocoSettings asked, LabelMap labels) {
    this.measure = measure;
    this.evaluation = measure.settings(asked);
    this.labels = labels;
    this.coco = new CocoAp(evaluation);
  }

  /** Returns what is compared. */
  public CocoMeasure measure() {
    return measure;
  }

  /** Returns what was gathered, which merges with that of other parts. */
  public MergeableState state() {
    return coco;
  }

  /**
   * Adds one image.
   *
   * @throws IllegalArgumentException if the image was added before, or its masks and key points are
   *     not of one size
   */
  public void add(String imageId, List<Detection> detections, List<Annotation> truths) {
    result = null;
    coco.addCoco(
        imageId,
        detections.stream().map(each -> measure.detection(each, evaluation)).toList(),
        truths.stream().map(each -> measure.truth(each, evaluation)).toList());
  }

  /** Returns the evaluation, which is computed once after the last example. */
  private CocoResult result() {
    if (result == null) {
      result = coco.result();
    }
    return result;
  }

  /**
   * Returns the figures; one that is not defined (−1 in pycocotools) is NaN here.
   *
   * @param images how many were scored
   */
  public List<Score> scores(long images) {
    List<Score> scores = new ArrayList<>();
    measure
        .figures(result().figures(), evaluation)
        .forEach((key, value) -> scores.add(ratio(measure.ofSet(key), value, images)));
    return scores;
  }

  /** Returns the average precision of every class that has a true object or a detection. */
  public List<ClassFigures> classes() {
    return result().categories().stream()
        .map(category -> new ClassFigures(labels.name(category.id()), classFigures(category)))
        .toList();
  }

  /** AP, AP at .50 where that is a threshold, and AR with the most detections. */
  private List<Score> classFigures(CocoResult.Category category) {
    Map<String, Double> figures = category.figures().byName(evaluation);
    return Stream.of("ap", "ap50", "ar" + evaluation.maxDetections().get(2))
        .flatMap(
            name ->
                Optional.ofNullable(figures.get(name))
                    .map(value -> ratio(measure.ofClass(name), value, category.truths()))
                    .stream())
        .toList();
  }

  /** Returns the mean over the classes at each overlap, then the classes with most objects. */
  public List<PrecisionRecallCurve> curves() {
    List<CocoResult.Category> categories = result().categories();
    CocoPrecision mean = result().precision();
    long truths = categories.stream().mapToLong(CocoResult.Category::truths).sum();
    List<PrecisionRecallCurve> curves = new ArrayList<>();
    curves.add(new PrecisionRecallCurve(Optional.empty(), "0.50", truths, mean.at50()));
    curves.add(new PrecisionRecallCurve(Optional.empty(), "0.75", truths, mean.at75()));
    curves.add(new PrecisionRecallCurve(Optional.empty(), allOverlaps(), truths, mean.at50To95()));
    categories.stream()
        .filter(category -> category.truths() > 0)
        .sorted(Comparator.comparingInt(category -> -category.truths())) // stable: by id then
        .limit(MAX_CLASS_CURVES)
        .map(
            category ->
                new PrecisionRecallCurve(
                    Optional.of(labels.name(category.id())),
                    "0.50",
                    category.truths(),
                    category.precision().at50()))
        .forEach(curves::add);
    // an evaluation may be asked for other overlaps than .50 and .75
    curves.removeIf(curve -> truths > 0 && curve.precision().isEmpty());
    return curves;
  }

  private String allOverlaps() {
    List<Double> all = evaluation.iouThresholds();
    return String.format(Locale.ROOT, "%.2f:%.2f", all.get(0), all.get(all.size() - 1));
  }

  private static Score ratio(String name, double value, long count) {
    return new Score(
        name, value == CocoFigures.UNDEFINED ? Double.NaN : value, "ratio", false, count);
  }
}
