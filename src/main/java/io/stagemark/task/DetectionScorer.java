package io.stagemark.task;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.DenseCandidates;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.scoring.Losses;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.MergedParts;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.detection.CocoAp;
import io.stagemark.scoring.detection.CocoFigures;
import io.stagemark.scoring.detection.CocoPrecision;
import io.stagemark.scoring.detection.CocoResult;
import io.stagemark.scoring.detection.CocoSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores of a detector: COCO AP on its detections, and {@link DenseLosses} over all dense
 * candidates × classes before any threshold, averaged over the images.
 */
final class DetectionScorer implements Scorer {
  static final String COCO_AP = "coco-ap";

  /** Classes with a curve of their own: those with the most objects. */
  static final int MAX_CLASS_CURVES = 5;

  private final TaskSettings settings;
  private final TensorSpec input;
  private final List<String> names;
  private final CocoSettings evaluation;
  private final CocoAp coco;
  private final DenseLosses dense;
  private final Means means = new Means();
  private List<Tensor> current = List.of();
  private @Nullable BoxPostprocessor boxes;
  private @Nullable ActivatedOutputs activated;
  private @Nullable CocoResult result;

  DetectionScorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names) {
    if (!all().containsAll(names)) {
      throw new IllegalArgumentException(
          "task 'detection' has the scores %s, asked for %s".formatted(all(), names));
    }
    this.settings = settings;
    this.evaluation = settings.coco().orElse(CocoSettings.COCO);
    this.coco = new CocoAp(evaluation);
    this.input = inputs.get(0);
    this.names = names;
    this.dense = new DenseLosses(names.stream().filter(name -> !name.equals(COCO_AP)).toList());
  }

  /** Returns what a config may ask for: COCO AP, and every loss that some detector can have. */
  static List<String> all() {
    return ModelLosses.withLosses(List.of(COCO_AP), DenseLosses.all());
  }

  /**
   * Checks that the losses can be taken from such outputs.
   *
   * @param outputs of a known size, as the card names them
   * @throws TaskException if not; the message says which scores the model has
   */
  void checkLosses(List<TensorSpec> outputs) throws TaskException {
    if (!needsOutputs()) {
      return;
    }
    String decoder = settings.decoder().orElseThrow().type();
    if (!DetectionTask.postprocessor(settings, input, FloatOutputs.asFloats(outputs)).hasDense()) {
      throw new TaskException(
          "decoder %s gives no score of each class for every candidate, which losses are taken"
                  .formatted(decoder)
              + " from; it has "
              + COCO_AP);
    }
    List<String> undefined =
        names.stream()
            .filter(name -> !name.equals(COCO_AP) && DenseLosses.find(name, false).isEmpty())
            .toList();
    if (!undefined.isEmpty() && !candidates(zeros(outputs)).logits()) {
      throw new TaskException(
          "score %s is not defined for probabilities, which decoder %s gives; it has %s"
              .formatted(
                  String.join(", ", undefined),
                  decoder,
                  all().stream()
                      .filter(it -> it.equals(COCO_AP) || DenseLosses.find(it, false).isPresent())
                      .collect(Collectors.joining(", "))));
    }
  }

  private static Observation zeros(List<TensorSpec> outputs) {
    return new Observation(
        new Prediction.Raw(),
        outputs.stream().map(Tensor::allocate).toList(),
        Optional.of(BoxDecoder.UNMAPPED));
  }

  @Override
  public boolean needsOutputs() {
    return names.stream().anyMatch(name -> !name.equals(COCO_AP));
  }

  @Override
  public void check(String exampleId, Truth truth) throws TaskException {
    if (!(truth instanceof Truth.Objects)) {
      throw new TaskException(
          "example %s: a detector needs objects, the truth is %s; try dataset.format: coco"
              .formatted(exampleId, truth));
    }
  }

  @Override
  public List<Score> add(String exampleId, Observation observation, Truth truth)
      throws TaskException {
    check(exampleId, truth);
    if (!(truth instanceof Truth.Objects objects)
        || !(observation.prediction() instanceof Prediction.Objects predicted)) {
      throw new IllegalArgumentException("no objects: " + observation.prediction());
    }
    if (names.contains(COCO_AP)) {
      result = null;
      coco.add(exampleId, predicted.detections(), objects.annotations());
    }
    if (!needsOutputs()) {
      means.add(List.of());
      return List.of();
    }
    List<Score> losses;
    try {
      losses = dense.of(candidates(observation), objects.annotations());
    } catch (IllegalArgumentException e) {
      throw new TaskException("example %s: %s".formatted(exampleId, e.getMessage()), e);
    }
    means.add(losses);
    return losses;
  }

  /** Returns the candidates, with raw logits where the card's last step is the sigmoid. */
  private DenseCandidates candidates(Observation observation) throws TaskException {
    current = FloatOutputs.copies(observation.outputs(), settings.quantizations());
    List<TensorSpec> specs = current.stream().map(Tensor::spec).toList();
    if (boxes == null || activated == null) {
      boxes = DetectionTask.postprocessor(settings, input, specs);
      activated =
          new ActivatedOutputs(
              settings.activations(), settings.labels().size(), specs, i -> current.get(i));
    }
    activated.run();
    DenseCandidates candidates = boxes.dense(activated, 0, observation.geometry().orElseThrow());
    for (int i = 0; i < specs.size(); i++) {
      if (activated.activation(i).filter(Activation.SIGMOID::equals).isPresent()) {
        candidates = candidates.withLogits(activated.apply(i).floats(), current.get(i).floats());
      }
    }
    return candidates;
  }

  @Override
  public Optional<MergeableState> state() {
    return Optional.of(new MergedParts(List.of(coco, means)));
  }

  @Override
  public List<Score> finish() {
    List<Score> scores = new ArrayList<>();
    for (String name : names) {
      if (name.equals(COCO_AP)) {
        scores.addAll(cocoScores());
      } else {
        double mean = means.of(name);
        String unit = Losses.registry().get(name).unit();
        scores.add(new Score(name, mean, unit, true, means.count()));
      }
    }
    return scores;
  }

  /** Returns the evaluation, which is computed once after the last example. */
  private CocoResult result() {
    if (result == null) {
      result = coco.result();
    }
    return result;
  }

  /** The twelve figures; one that is not defined (−1 in pycocotools) is NaN here. */
  private List<Score> cocoScores() {
    List<Score> scores = new ArrayList<>();
    result()
        .figures()
        .byName(evaluation)
        .forEach((key, value) -> scores.add(ratio(cocoName(key), value, means.count())));
    return scores;
  }

  /** Average precision of every class that has a true object or a detection; n counts objects. */
  @Override
  public List<ClassFigures> classes() {
    if (!names.contains(COCO_AP)) {
      return List.of();
    }
    return result().categories().stream()
        .map(
            category ->
                new ClassFigures(settings.labels().name(category.id()), classFigures(category)))
        .toList();
  }

  /** AP, AP at .50 where that is a threshold, and AR with the most detections. */
  private List<Score> classFigures(CocoResult.Category category) {
    Map<String, Double> figures = category.figures().byName(evaluation);
    return Stream.of("ap", "ap50", "ar" + evaluation.maxDetections().get(2))
        .flatMap(
            name ->
                Optional.ofNullable(figures.get(name))
                    .map(value -> ratio(name, value, category.truths()))
                    .stream())
        .toList();
  }

  /** The mean over the classes at each overlap, then the classes with the most objects. */
  @Override
  public List<PrecisionRecallCurve> curves() {
    if (!names.contains(COCO_AP)) {
      return List.of();
    }
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
                    Optional.of(settings.labels().name(category.id())),
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

  /** {@code apSmall} is {@code coco-ap-small}. */
  private static String cocoName(String key) {
    return "coco-" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
