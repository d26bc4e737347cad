package io.stagemark.task;

import io.stagemark.scoring.PredictionForm;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The scores of classifiers, and which of them a model can have. */
final class ClassScoreNames {
  static final String TOP_1 = "top-1";
  static final String TOP_5 = "top-5";
  static final String ACCURACY = "accuracy";
  static final String PRECISION = "precision";
  static final String RECALL = "recall";
  static final String LOG_LOSS = "log-loss";
  static final String CROSS_ENTROPY = "cross-entropy";
  static final String LABEL_SMOOTHING = "label-smoothing";
  static final String BCE = "bce";
  static final String FOCAL = "focal";
  static final String FOCAL_UNWEIGHTED = "focal-unweighted";
  static final String ECE = "ece";
  static final int BINS = 15;

  static final List<String> ALL =
      List.of(
          TOP_1,
          TOP_5,
          ACCURACY,
          PRECISION,
          RECALL,
          LOG_LOSS,
          CROSS_ENTROPY,
          LABEL_SMOOTHING,
          BCE,
          FOCAL,
          FOCAL_UNWEIGHTED,
          ECE);
  private static final List<String> METRICS_OF_CLASSES = List.of(TOP_1, PRECISION, RECALL, ECE);
  private static final List<String> METRICS_OF_BINARY = List.of(ACCURACY, PRECISION, RECALL, ECE);
  private static final int TOP = 5;

  private ClassScoreNames() {}

  /** Returns what a config may name: these, and every loss on the class path that could fit. */
  static List<String> withLosses() {
    return ModelLosses.withLosses(ALL, OutputLoss.namesFor(EnumSet.allOf(PredictionForm.class)));
  }

  /** Returns the losses that a model can have. */
  static ModelLosses losses(TaskSettings settings) throws TaskException {
    boolean binary = ScoredOutput.isBinary(settings);
    return new ModelLosses(
        binary ? Map.of(LOG_LOSS, BCE) : Map.of(LOG_LOSS, CROSS_ENTROPY, FOCAL, "focal-multiclass"),
        ScoredOutput.meaning(settings).sources(binary));
  }

  /** Refuses what this model cannot have. */
  static void check(TaskSettings settings, List<String> names) throws TaskException {
    List<String> all = withLosses();
    if (!all.containsAll(names)) {
      throw new IllegalArgumentException(
          "task 'classification' has the scores %s, asked for %s".formatted(all, names));
    }
    boolean binary = ScoredOutput.isBinary(settings);
    OutputMeaning meaning = ScoredOutput.meaning(settings);
    List<String> metrics = new ArrayList<>(binary ? METRICS_OF_BINARY : METRICS_OF_CLASSES);
    if (settings.labels().size() >= TOP && !binary) {
      metrics.add(TOP_5);
    }
    if (meaning == OutputMeaning.NUMBERS) {
      metrics.remove(ECE);
    }
    ModelLosses losses = losses(settings);
    Predicate<String> fits = name -> metrics.contains(name) || losses.of(name).isPresent();
    List<String> asked = names.stream().filter(fits.negate()).toList();
    if (!asked.isEmpty()) {
      List<String> fitting = all.stream().filter(fits).toList();
      throw new TaskException(
          "a %s model of %d class%s%s has no score %s; it has %s"
              .formatted(
                  binary ? ScoredOutput.BINARY : ScoredOutput.CLASSIFICATION,
                  settings.labels().size(),
                  settings.labels().size() == 1 ? "" : "es",
                  ScoredOutput.described(settings, meaning),
                  String.join(", ", asked),
                  String.join(", ", fitting)));
    }
  }
}
