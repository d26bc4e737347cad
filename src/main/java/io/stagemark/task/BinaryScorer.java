package io.stagemark.task;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.MergedParts;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Sigmoid;
import io.stagemark.scoring.metric.CalibrationError;
import io.stagemark.scoring.metric.ConfusionMatrix;
import io.stagemark.scoring.metric.Means;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores of a model whose classes are right or not each by itself, from its timed outputs in
 * double. A term is one class of one example; log loss and BCE are the same figure under two names.
 * Precision and recall are means over the classes that have one; the calibration compares the
 * probabilities with the share that is true.
 */
final class BinaryScorer implements Scorer {
  private static final double TRUE_FROM = 0.5;

  private final TaskSettings settings;
  private final List<String> names;
  private final TrueClasses truths;
  private final Map<String, OutputLoss> losses;
  private final double threshold;
  private final List<ConfusionMatrix> confusions;
  private final CalibrationError calibration =
      new CalibrationError(ClassScoreNames.BINS, CalibrationError.Edges.RIGHT_CLOSED);
  private final Means means = new Means();
  private @Nullable ScoredOutput scored;

  BinaryScorer(TaskSettings settings, List<String> names) throws TaskException {
    this.settings = settings;
    this.names = names;
    this.truths = new TrueClasses(settings.labels().size());
    this.losses = ClassScoreNames.losses(settings).among(names);
    this.threshold = settings.decoder().orElseThrow().scoreThreshold();
    this.confusions =
        settings.labels().names().stream().map(name -> new ConfusionMatrix(2)).toList();
  }

  @Override
  public boolean needsOutputs() {
    return true;
  }

  @Override
  public void check(String exampleId, Truth truth) throws TaskException {
    truths.each(exampleId, truth);
  }

  @Override
  public List<Score> add(String exampleId, Observation observation, Truth truth)
      throws TaskException {
    if (scored == null) {
      scored = ScoredOutput.of(settings, observation.outputs().stream().map(Tensor::spec).toList());
    }
    double[] row = scored.row(observation.outputs());
    double[] targets = truths.each(exampleId, truth);
    try {
      ScoreTensor predictions = ScoreTensor.vector(row);
      ScoreTensor right = ScoreTensor.vector(targets);
      double accuracy = count(row, targets, scored.meaning());
      List<Score> scores = new ArrayList<>();
      for (String name : names) {
        OutputLoss loss = losses.get(name);
        if (loss != null) {
          scores.add(loss.score(loss.value(predictions, right), 1));
        } else if (name.equals(ClassScoreNames.ACCURACY)) {
          scores.add(Means.ratio(name, accuracy, 1));
        }
      }
      means.add(scores);
      return scores;
    } catch (IllegalArgumentException e) {
      throw new TaskException("example %s: %s".formatted(exampleId, e.getMessage()), e);
    }
  }

  /** Counts the answers; returns the share that is right. */
  private double count(double[] row, double[] targets, OutputMeaning meaning) {
    int right = 0;
    for (int c = 0; c < row.length; c++) {
      double p = meaning == OutputMeaning.LOGITS ? Sigmoid.of(row[c]) : row[c];
      if (Double.isNaN(p)) {
        throw new IllegalArgumentException("score of class %d is NaN".formatted(c));
      }
      boolean isTrue = targets[c] >= TRUE_FROM;
      boolean answer = p > threshold;
      confusions.get(c).add(isTrue ? 1 : 0, answer ? 1 : 0);
      if (meaning != OutputMeaning.NUMBERS) {
        calibration.add(p, isTrue);
      }
      right += isTrue == answer ? 1 : 0;
    }
    return (double) right / row.length;
  }

  @Override
  public Optional<MergeableState> state() {
    List<MergeableState> parts = new ArrayList<>(confusions);
    parts.add(calibration);
    parts.add(means);
    return Optional.of(new MergedParts(parts));
  }

  @Override
  public List<Score> finish() {
    long count = means.count();
    List<Score> scores = new ArrayList<>();
    for (String name : names) {
      OutputLoss loss = losses.get(name);
      if (loss != null) {
        scores.add(loss.score(means.of(name), count));
        continue;
      }
      switch (name) {
        case ClassScoreNames.PRECISION ->
            scores.add(Means.ratio(name, macro(confusion -> confusion.precision(1)), count));
        case ClassScoreNames.RECALL ->
            scores.add(Means.ratio(name, macro(confusion -> confusion.recall(1)), count));
        case ClassScoreNames.ECE ->
            scores.add(new Score(name, calibration.expected(), "ratio", true, count));
        default -> scores.add(Means.ratio(name, means.of(name), count));
      }
    }
    return scores;
  }

  private double macro(Function<ConfusionMatrix, OptionalDouble> ratio) {
    Stream<OptionalDouble> all = confusions.stream().map(ratio);
    return all.filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average()
        .orElse(Double.NaN);
  }

  @Override
  public List<ClassFigures> classes() {
    List<ClassFigures> classes = new ArrayList<>();
    for (int c = 0; c < confusions.size(); c++) {
      ConfusionMatrix confusion = confusions.get(c);
      classes.add(
          new ClassFigures(
              settings.labels().name(c),
              List.of(
                  Means.ratio(
                      ClassScoreNames.PRECISION,
                      confusion.precision(1).orElse(Double.NaN),
                      confusion.predictions(1)),
                  Means.ratio(
                      ClassScoreNames.RECALL,
                      confusion.recall(1).orElse(Double.NaN),
                      confusion.truths(1)))));
    }
    return classes;
  }
}
