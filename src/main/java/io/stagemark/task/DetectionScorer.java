package io.stagemark.task;

import io.stagemark.data.Annotation;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.ImageSize;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.scoring.Losses;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.MergedParts;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.detection.CocoMeasure;
import io.stagemark.scoring.detection.CocoSettings;
import io.stagemark.scoring.detection.PrecisionScores;
import io.stagemark.scoring.metric.Means;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Scores of a detector: COCO AP on its boxes, masks or key points, and {@link DenseLosses} over all
 * dense candidates × classes before any threshold, averaged over the images.
 */
final class DetectionScorer implements Scorer {
  private final TaskSettings settings;
  private final TensorSpec input;
  private final List<String> names;
  private final List<PrecisionScores> precisions = new ArrayList<>();
  private final DenseLosses losses;
  private final Means means = new Means();
  private List<Tensor> current = List.of();
  private final Map<ImageSize, DenseOutputs> dense = new HashMap<>();

  /** Reads the candidates of outputs for one size of the input. */
  private record DenseOutputs(BoxPostprocessor boxes, ActivatedOutputs activated) {}

  DetectionScorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names) {
    if (!all().containsAll(names)) {
      throw new IllegalArgumentException(
          "task 'detection' has the scores %s, asked for %s".formatted(all(), names));
    }
    this.settings = settings;
    for (CocoMeasure each : CocoMeasure.values()) {
      // that of boxes is a part of every state that was stored
      if (each == CocoMeasure.BOXES || names.contains(each.score())) {
        CocoSettings asked = settings.coco().orElse(CocoSettings.COCO);
        precisions.add(new PrecisionScores(each, asked, settings.labels()));
      }
    }
    this.input = inputs.get(0);
    this.names = names;
    this.losses = new DenseLosses(names.stream().filter(DetectionScorer::isLoss).toList());
  }

  /** Returns what a config may ask for: COCO AP, and every loss that some detector can have. */
  static List<String> all() {
    return ModelLosses.withLosses(CocoMeasure.scores(), DenseLosses.all());
  }

  private static boolean isLoss(String name) {
    return CocoMeasure.of(name).isEmpty();
  }

  /** Returns what some model can have: its own parts of objects, losses where {@code dense}. */
  private List<String> scoresOf(Predicate<String> losses) {
    return all().stream()
        .filter(
            name ->
                CocoMeasure.of(name)
                    .map(each -> each.part().stream().allMatch(settings.objectParts()::contains))
                    .orElseGet(() -> losses.test(name)))
        .toList();
  }

  /**
   * Checks that the decoder finds the parts of objects that the scores compare.
   *
   * @throws TaskException if not; the message says which scores the model has
   */
  void checkParts() throws TaskException {
    String decoder = settings.decoder().map(DecoderSettings::type).orElse("none");
    for (PrecisionScores each : asked()) {
      Optional<ObjectPart> part = each.measure().part();
      if (part.isPresent() && !settings.objectParts().contains(part.get())) {
        throw new TaskException(
            "score %s compares %s, which decoder %s does not find; it has %s"
                .formatted(
                    each.measure().score(),
                    words(part.get()),
                    decoder,
                    String.join(", ", scoresOf(name -> true))));
      }
    }
    int sigmas = settings.coco().map(each -> each.sigmas().size()).orElse(0);
    int points = settings.keyPoints();
    if (sigmas > 0 && points > 0 && sigmas != points) {
      throw new TaskException(
          "coco.sigmas has %d numbers, the model card has %d key points; try: a number a point"
              .formatted(sigmas, points));
    }
  }

  private static String words(ObjectPart part) {
    return switch (part) {
      case MASK -> "masks";
      case KEY_POINTS -> "key points";
      case ROTATED_BOX -> "rotated boxes";
    };
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
    if (!DetectionTask.postprocessor(
            settings, DetectionTask.sides(settings, input), FloatOutputs.asFloats(outputs))
        .hasDense()) {
      throw new TaskException(
          "decoder %s gives no score of each class for every candidate, which losses are taken"
                  .formatted(decoder)
              + " from; it has "
              + String.join(", ", scoresOf(name -> false)));
    }
    List<String> undefined =
        names.stream()
            .filter(name -> isLoss(name) && DenseLosses.find(name, false).isEmpty())
            .toList();
    if (!undefined.isEmpty() && !candidates(zeros(outputs)).logits()) {
      throw new TaskException(
          "score %s is not defined for probabilities, which decoder %s gives; it has %s"
              .formatted(
                  String.join(", ", undefined),
                  decoder,
                  String.join(", ", scoresOf(name -> DenseLosses.find(name, false).isPresent()))));
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
    return names.stream().anyMatch(DetectionScorer::isLoss);
  }

  @Override
  public void check(String exampleId, Truth truth) throws TaskException {
    if (!(truth instanceof Truth.Objects objects)) {
      throw new TaskException(
          "example %s: a detector needs objects, the truth is %s; try dataset.format: coco"
              .formatted(exampleId, truth));
    }
    for (PrecisionScores each : asked()) {
      checkParts(exampleId, objects.annotations(), each.measure());
    }
  }

  private static String partsOf(CocoMeasure measure) {
    return switch (measure) {
      case BOXES -> "annotations with boxes";
      case MASKS -> "annotations with segmentation (coco) or outlines (yolo)";
      case KEY_POINTS -> "annotations with keypoints (coco) or kpt_shape in data.yaml (yolo)";
      case ROTATED_BOXES -> "labels of a class and four corners (yolo)";
    };
  }

  private void checkParts(String exampleId, List<Annotation> annotations, CocoMeasure measure)
      throws TaskException {
    long without = annotations.stream().filter(it -> !measure.has(it)).count();
    if (without > 0) {
      throw new TaskException(
          "example %s: score %s compares %s, which %d of %d true objects do not have; try: %s"
              .formatted(
                  exampleId,
                  measure.score(),
                  words(measure.part().orElseThrow()),
                  without,
                  annotations.size(),
                  partsOf(measure)));
    }
    int points = settings.keyPoints();
    for (Annotation each : annotations) {
      int found = each.pose().map(pose -> pose.points().size()).orElse(points);
      if (measure == CocoMeasure.KEY_POINTS && points > 0 && found != points) {
        throw new TaskException(
            "example %s: a true object of %d key points, the model card has %d"
                .formatted(exampleId, found, points));
      }
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
    for (PrecisionScores each : asked()) {
      each.add(exampleId, predicted.detections(), objects.annotations());
    }
    if (!needsOutputs()) {
      means.add(List.of());
      return List.of();
    }
    List<Score> found;
    try {
      found = losses.of(candidates(observation), objects.annotations());
    } catch (IllegalArgumentException e) {
      throw new TaskException("example %s: %s".formatted(exampleId, e.getMessage()), e);
    }
    means.add(found);
    return found;
  }

  /** Returns the candidates, with raw logits where the card's last step is the sigmoid. */
  private DenseCandidates candidates(Observation observation) throws TaskException {
    current = FloatOutputs.copies(observation.outputs(), settings.quantizations());
    List<TensorSpec> specs = current.stream().map(Tensor::spec).toList();
    Geometry geometry = observation.geometry().orElseThrow();
    DenseOutputs of = dense(geometry, specs);
    ActivatedOutputs activated = of.activated();
    activated.run();
    DenseCandidates candidates = of.boxes().dense(activated, 0, geometry);
    for (int i = 0; i < specs.size(); i++) {
      if (activated.activation(i).filter(Activation.SIGMOID::equals).isPresent()) {
        candidates = candidates.withLogits(activated.apply(i).floats(), current.get(i).floats());
      }
    }
    return candidates;
  }

  private DenseOutputs dense(Geometry image, List<TensorSpec> specs) throws TaskException {
    ImageSize size =
        input.isStatic()
            ? DetectionTask.sides(settings, input)
            : ImageStage.inputSize(
                settings.preprocess().orElseThrow(),
                input,
                image.sourceWidthPx(),
                image.sourceHeightPx());
    DenseOutputs known = dense.get(size);
    if (known == null) {
      known =
          new DenseOutputs(
              DetectionTask.postprocessor(settings, size, specs),
              new ActivatedOutputs(
                  settings.activations(), settings.labels().size(), specs, i -> current.get(i)));
      dense.put(size, known);
    }
    return known;
  }

  @Override
  public Optional<MergeableState> state() {
    List<MergeableState> parts =
        new ArrayList<>(precisions.stream().map(PrecisionScores::state).toList());
    parts.add(means);
    return Optional.of(new MergedParts(parts));
  }

  @Override
  public List<Score> finish() {
    List<Score> scores = new ArrayList<>();
    for (String name : names) {
      Optional<PrecisionScores> precision =
          precisions.stream().filter(each -> each.measure().score().equals(name)).findFirst();
      if (precision.isPresent()) {
        scores.addAll(precision.get().scores(means.count()));
      } else {
        double mean = means.of(name);
        String unit = Losses.registry().get(name).unit();
        scores.add(new Score(name, mean, unit, true, means.count()));
      }
    }
    return scores;
  }

  /** Average precision of every class that has a true object or a detection; n counts objects. */
  @Override
  public List<ClassFigures> classes() {
    Map<String, List<Score>> byClass = new LinkedHashMap<>();
    for (PrecisionScores each : asked()) {
      for (ClassFigures one : each.classes()) {
        byClass.computeIfAbsent(one.name(), name -> new ArrayList<>()).addAll(one.figures());
      }
    }
    return byClass.entrySet().stream()
        .map(each -> new ClassFigures(each.getKey(), each.getValue()))
        .toList();
  }

  /** Those of the boxes alone: a curve does not say what it is of. */
  @Override
  public List<PrecisionRecallCurve> curves() {
    return asked().stream()
        .filter(each -> each.measure() == CocoMeasure.BOXES)
        .flatMap(each -> each.curves().stream())
        .toList();
  }

  private List<PrecisionScores> asked() {
    return precisions.stream().filter(each -> names.contains(each.measure().score())).toList();
  }
}
