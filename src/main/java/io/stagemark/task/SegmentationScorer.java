package io.stagemark.task;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.ClassMask;
import io.stagemark.data.Geometry;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.MergedParts;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.metric.ConfusionMatrix;
import io.stagemark.scoring.metric.Means;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scores of masks and of the timed scores behind them, at the model's output resolution. Mean IoU
 * and pixel accuracy count the pixels of all images together, background as a class of its own;
 * losses are means over an image's pixels, averaged over the images.
 */
final class SegmentationScorer implements Scorer {
  static final String MIOU = "miou";
  static final String PIXEL_ACCURACY = "pixel-accuracy";
  static final String BCE = "bce";
  static final String CROSS_ENTROPY = "cross-entropy";
  static final String FOCAL = "focal";
  static final String LOVASZ = "lovasz";
  static final List<String> NAMES =
      List.of(MIOU, PIXEL_ACCURACY, BCE, CROSS_ENTROPY, FOCAL, LOVASZ);

  private static final List<String> METRICS = List.of(MIOU, PIXEL_ACCURACY);

  private final TaskSettings settings;
  private final List<String> names;
  private final boolean binary;
  private final boolean channelsFirst;
  private final TrueMask truths;
  private final Map<String, OutputLoss> losses;
  private final ConfusionMatrix all;
  private final Means means = new Means();
  private @Nullable ScoredOutput scored;

  SegmentationScorer(TaskSettings settings, TensorSpec input, List<String> names)
      throws TaskException {
    if (!withLosses().containsAll(names)) {
      throw new IllegalArgumentException(
          "task 'segmentation' has the scores %s, asked for %s".formatted(withLosses(), names));
    }
    this.settings = settings;
    this.names = names;
    this.binary = ScoredOutput.isBinary(settings);
    this.losses = requireFitting(settings, names).among(names);
    PreprocessSettings preprocess = settings.preprocess().orElseThrow();
    this.channelsFirst = preprocess.layout() == Layout.NCHW;
    this.truths = new TrueMask(settings.labels().size(), binary, preprocess, input);
    this.all = confusion();
  }

  /** Returns what a config may name: these, and every loss on the class path that could fit. */
  static List<String> withLosses() {
    return ModelLosses.withLosses(NAMES, OutputLoss.namesFor(EnumSet.allOf(PredictionForm.class)));
  }

  /**
   * Lovász is the hinge on a binary model's logits, Lovász-Softmax on probabilities: of the one
   * class, or of the classes present.
   */
  private static Map<String, String> lossesByName(boolean binary, OutputMeaning meaning) {
    return binary
        ? Map.of(LOVASZ, meaning == OutputMeaning.LOGITS ? "lovasz-hinge" : "lovasz-softmax")
        : Map.of(LOVASZ, "lovasz-softmax", FOCAL, "focal-multiclass");
  }

  private static ModelLosses requireFitting(TaskSettings settings, List<String> names)
      throws TaskException {
    boolean binary = ScoredOutput.isBinary(settings);
    OutputMeaning meaning = ScoredOutput.meaning(settings);
    ModelLosses losses = new ModelLosses(lossesByName(binary, meaning), meaning.sources(binary));
    Predicate<String> fits = name -> METRICS.contains(name) || losses.of(name).isPresent();
    List<String> asked = names.stream().filter(fits.negate()).toList();
    if (!asked.isEmpty()) {
      throw new TaskException(
          "a %s model%s has no score %s; it has %s"
              .formatted(
                  binary ? ScoredOutput.BINARY : ScoredOutput.CLASSIFICATION,
                  ScoredOutput.described(settings, meaning),
                  String.join(", ", asked),
                  withLosses().stream().filter(fits).collect(Collectors.joining(", "))));
    }
    return losses;
  }

  private ConfusionMatrix confusion() {
    return new ConfusionMatrix(binary ? 2 : settings.labels().size());
  }

  @Override
  public boolean needsOutputs() {
    return !losses.isEmpty();
  }

  /** The largest class needs no more than an order. */
  @Override
  public boolean needsProbabilities() {
    return binary || needsOutputs();
  }

  /**
   * Reads the whole mask: a pixel of no class would otherwise be found only after everything was
   * measured.
   */
  @Override
  public void check(String exampleId, Truth truth) throws TaskException {
    truths.check(mask(exampleId, truth));
  }

  private static Truth.Mask mask(String exampleId, Truth truth) throws TaskException {
    if (truth instanceof Truth.Mask file) {
      return file;
    }
    throw new TaskException(
        "example %s: a segmentation model needs a mask, the truth is %s; try dataset.format: masks"
            .formatted(exampleId, truth));
  }

  @Override
  public List<Score> add(String exampleId, Observation observation, Truth truth)
      throws TaskException {
    Truth.Mask file = mask(exampleId, truth);
    if (!(observation.prediction() instanceof Prediction.Mask predicted)) {
      throw new IllegalArgumentException("no mask: " + observation.prediction());
    }
    ClassMask answer = predicted.mask();
    Geometry geometry = observation.geometry().orElseThrow();
    ClassMask right = truths.read(file, geometry, answer.widthPx(), answer.heightPx());
    ConfusionMatrix one = confusion();
    for (int i = 0; i < right.size(); i++) {
      if (right.at(i) != ClassMask.IGNORED) {
        one.add(right.at(i), answer.at(i));
        all.add(right.at(i), answer.at(i));
      }
    }
    try {
      List<Score> scores = example(one, observation.outputs(), right);
      means.add(scores);
      return scores;
    } catch (IllegalArgumentException e) {
      throw new TaskException("example %s: %s".formatted(exampleId, e.getMessage()), e);
    }
  }

  private List<Score> example(ConfusionMatrix one, List<Tensor> outputs, ClassMask right)
      throws TaskException {
    List<Score> scores = new ArrayList<>();
    CountedPixels pixels = null;
    for (String name : names) {
      switch (name) {
        case MIOU -> scores.add(Means.ratio(name, one.meanIou().orElse(Double.NaN), one.total()));
        case PIXEL_ACCURACY ->
            scores.add(Means.ratio(name, one.accuracy().orElse(Double.NaN), one.total()));
        default -> {
          OutputLoss loss = Objects.requireNonNull(losses.get(name));
          pixels = pixels == null ? pixels(outputs, right) : pixels;
          scores.add(loss.score(loss.value(pixels.predictions(), pixels.truth()), one.total()));
        }
      }
    }
    return scores;
  }

  private CountedPixels pixels(List<Tensor> outputs, ClassMask right) throws TaskException {
    if (scored == null) {
      scored = ScoredOutput.of(settings, outputs.stream().map(Tensor::spec).toList());
    }
    return CountedPixels.of(
        FloatOutputs.copies(List.of(outputs.get(scored.index())), settings.quantizations())
            .get(0)
            .floats(),
        new CountedPixels.Form(settings.labels().size(), binary, channelsFirst),
        right);
  }

  @Override
  public Optional<MergeableState> state() {
    return Optional.of(new MergedParts(List.of(all, means)));
  }

  @Override
  public List<Score> finish() {
    List<Score> scores = new ArrayList<>();
    long count = means.count();
    for (String name : names) {
      switch (name) {
        case MIOU -> scores.add(Means.ratio(name, all.meanIou().orElse(Double.NaN), count));
        case PIXEL_ACCURACY ->
            scores.add(Means.ratio(name, all.accuracy().orElse(Double.NaN), count));
        default ->
            scores.add(Objects.requireNonNull(losses.get(name)).score(means.of(name), count));
      }
    }
    return scores;
  }

  @Override
  public List<ClassFigures> classes() {
    List<String> classNames = new ArrayList<>(binary ? List.of("background") : List.of());
    classNames.addAll(settings.labels().names());
    List<ClassFigures> classes = new ArrayList<>();
    for (int c = 0; c < classNames.size(); c++) {
      List<Score> figures = new ArrayList<>();
      figures.add(Means.ratio("iou", all.iou(c).orElse(Double.NaN), all.truths(c)));
      figures.addAll(ClassificationScorer.of(all, classNames).get(c).figures());
      classes.add(new ClassFigures(classNames.get(c), figures));
    }
    return classes;
  }
}
