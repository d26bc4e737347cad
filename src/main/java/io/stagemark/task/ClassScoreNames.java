package io.stagemark.task;

import java.util.ArrayList;
import java.util.List;

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
  private static final List<String> NOT_OF_BINARY =
      List.of(TOP_1, TOP_5, CROSS_ENTROPY, LABEL_SMOOTHING);
  private static final List<String> OF_BINARY_ONLY = List.of(ACCURACY, BCE, FOCAL_UNWEIGHTED);
  private static final List<String> LOSSES =
      List.of(LOG_LOSS, CROSS_ENTROPY, LABEL_SMOOTHING, BCE, FOCAL, FOCAL_UNWEIGHTED);
  private static final int TOP = 5;

  private ClassScoreNames() {}

  /** Refuses what this model cannot have. */
  static void check(TaskSettings settings, List<String> names) throws TaskException {
    if (!ALL.containsAll(names)) {
      throw new IllegalArgumentException(
          "task 'classification' has the scores %s, asked for %s".formatted(ALL, names));
    }
    boolean binary = ScoredOutput.isBinary(settings);
    OutputMeaning meaning = ScoredOutput.meaning(settings);
    List<String> unfit = new ArrayList<>(binary ? NOT_OF_BINARY : OF_BINARY_ONLY);
    if (settings.labels().size() < TOP && !binary) {
      unfit.add(TOP_5);
    }
    if (meaning == OutputMeaning.NUMBERS || meaning == OutputMeaning.INDEPENDENT) {
      unfit.addAll(LOSSES);
    }
    if (meaning == OutputMeaning.NUMBERS) {
      unfit.add(ECE);
    }
    List<String> asked = names.stream().filter(unfit::contains).toList();
    if (!asked.isEmpty()) {
      List<String> fitting = ALL.stream().filter(name -> !unfit.contains(name)).toList();
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
