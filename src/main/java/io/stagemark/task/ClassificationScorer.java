package io.stagemark.task;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.metric.ClassificationScores;
import io.stagemark.scoring.metric.ConfusionMatrix;
import io.stagemark.scoring.metric.Means;
import io.stagemark.scoring.metric.TopK;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores of a classifier, from its timed outputs in double. Log loss and cross entropy are the same
 * figure under two names. Precision and recall are means over the classes that have one.
 */
final class ClassificationScorer implements Scorer {
  private final TaskSettings settings;
  private final List<String> names;
  private final TrueClasses truths;
  private final Map<String, OutputLoss> losses;
  private final Means means = new Means();
  private @Nullable ScoredOutput scored;
  private @Nullable ClassificationScores gathered;

  ClassificationScorer(TaskSettings settings, List<String> names) throws TaskException {
    this.settings = settings;
    this.names = names;
    this.truths = new TrueClasses(settings.labels().size());
    this.losses = ClassScoreNames.losses(settings).among(names);
  }

  @Override
  public boolean needsOutputs() {
    return true;
  }

  @Override
  public void check(String exampleId, Truth truth) throws TaskException {
    truths.one(exampleId, truth);
  }

  @Override
  public List<Score> add(String exampleId, Observation observation, Truth truth)
      throws TaskException {
    if (scored == null) {
      scored = ScoredOutput.of(settings, observation.outputs().stream().map(Tensor::spec).toList());
    }
    ClassificationScores all = gathered(scored.logits());
    double[] row = scored.row(observation.outputs());
    int right = truths.one(exampleId, truth);
    try {
      if (scored.meaning() == OutputMeaning.NUMBERS) {
        all.addRanked(row, right);
      } else {
        all.add(row, right);
      }
      List<Score> scores = example(row, right);
      means.add(scores);
      return scores;
    } catch (IllegalArgumentException e) {
      throw new TaskException("example %s: %s".formatted(exampleId, e.getMessage()), e);
    }
  }

  private ClassificationScores gathered(boolean logits) {
    if (gathered == null) {
      gathered = new ClassificationScores(settings.labels().size(), logits, ClassScoreNames.BINS);
    }
    return gathered;
  }

  private List<Score> example(double[] row, int right) {
    ScoreTensor predictions = ScoreTensor.of(row, 1, row.length);
    ScoreTensor truth = ScoreTensor.vector(right);
    List<Score> scores = new ArrayList<>();
    for (String name : names) {
      OutputLoss loss = losses.get(name);
      if (loss != null) {
        scores.add(loss.score(loss.value(predictions, truth), 1));
      } else if (name.equals(ClassScoreNames.TOP_1) || name.equals(ClassScoreNames.TOP_5)) {
        int most = name.equals(ClassScoreNames.TOP_1) ? 1 : 5;
        scores.add(Means.ratio(name, TopK.rank(row, right) < most ? 1 : 0, 1));
      } // precision, recall and calibration are figures of the whole set
    }
    return scores;
  }

  @Override
  public Optional<MergeableState> state() {
    return Optional.of(
        new MergeableState() {
          @Override
          public void write(DataOutput out) throws IOException {
            means.write(out);
            out.writeBoolean(gathered != null);
            if (gathered != null) {
              out.writeBoolean(gathered.logits());
              gathered.write(out);
            }
          }

          @Override
          public void add(DataInput in) throws IOException {
            means.add(in);
            if (in.readBoolean()) {
              gathered(in.readBoolean()).add(in);
            }
          }
        });
  }

  @Override
  public List<Score> finish() {
    List<Score> scores = new ArrayList<>();
    long count = means.count();
    for (String name : names) {
      OutputLoss loss = losses.get(name);
      if (loss != null) {
        scores.add(loss.score(means.of(name), count));
        continue;
      }
      switch (name) {
        case ClassScoreNames.PRECISION, ClassScoreNames.RECALL ->
            scores.add(Means.ratio(name, macro(name), count));
        case ClassScoreNames.ECE -> scores.add(new Score(name, ece(), "ratio", true, count));
        default -> scores.add(Means.ratio(name, means.of(name), count));
      }
    }
    return scores;
  }

  private double ece() {
    return gathered == null ? Double.NaN : gathered.calibration().expected();
  }

  private double macro(String name) {
    if (gathered == null) {
      return Double.NaN;
    }
    ConfusionMatrix confusion = gathered.confusion();
    return IntStream.range(0, confusion.classes())
        .mapToObj(
            c ->
                name.equals(ClassScoreNames.PRECISION)
                    ? confusion.precision(c)
                    : confusion.recall(c))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average()
        .orElse(Double.NaN);
  }

  @Override
  public List<ClassFigures> classes() {
    return gathered == null ? List.of() : of(gathered.confusion(), settings.labels().names());
  }

  /** Returns precision (n: predictions) and recall (n: truths) of each class. */
  static List<ClassFigures> of(ConfusionMatrix confusion, List<String> names) {
    List<ClassFigures> classes = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      classes.add(
          new ClassFigures(
              names.get(c),
              List.of(
                  Means.ratio(
                      ClassScoreNames.PRECISION,
                      confusion.precision(c).orElse(Double.NaN),
                      confusion.predictions(c)),
                  Means.ratio(
                      ClassScoreNames.RECALL,
                      confusion.recall(c).orElse(Double.NaN),
                      confusion.truths(c)))));
    }
    return classes;
  }
}
