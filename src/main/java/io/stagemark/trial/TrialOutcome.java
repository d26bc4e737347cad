package io.stagemark.trial;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.CaseExamples;
import java.util.List;
import java.util.Optional;

/**
 * What a trial's JVM writes when it ends: {@code outcome.json} in the trial's folder. A JVM that
 * dies leaves none.
 *
 * @param error what went wrong, for people; empty for a good trial
 * @param lasting whether the error would meet every trial of the case: the model could not be
 *     loaded
 * @param measured the figures; empty after an error or a probe
 * @param scores over the data set; none, nor what follows them, where an {@linkplain
 *     TrialRequest#scoredBefore earlier trial} has them
 * @param classes figures of each class, for a task that has them
 * @param curves of precision against recall, for scores that have them
 * @param examples by example; empty where an earlier trial has them
 * @param inputFingerprints of the kept examples' input tensors, in order
 * @param outputNames names of the model's outputs, in order
 * @param detail what is known beyond times and scores; empty after an error or a probe
 * @param operators findings of the operator pass; empty for every other request
 */
public record TrialOutcome(
    Optional<String> error,
    boolean lasting,
    Optional<Measured> measured,
    List<Score> scores,
    List<ClassFigures> classes,
    List<PrecisionRecallCurve> curves,
    Optional<CaseExamples> examples,
    List<String> inputFingerprints,
    List<String> outputNames,
    Optional<TrialDetail> detail,
    Optional<OperatorPass.Findings> operators) {
  /** The outcome, in the trial's folder. */
  public static final String FILE = "outcome.json";

  /** The operator pass ended well. */
  static TrialOutcome profiled(OperatorPass.Findings found) {
    return without(Optional.empty(), false, Optional.of(found));
  }

  /** The trial cannot be measured, nor can any other of its case. */
  static TrialOutcome cannotRun(Exception cause) {
    return failed(String.valueOf(cause.getMessage()), true);
  }

  public static TrialOutcome failed(String error, boolean lasting) {
    return without(Optional.of(error), lasting, Optional.empty());
  }

  public static TrialOutcome probed() {
    return without(Optional.empty(), false, Optional.empty());
  }

  /** Returns whether its own outputs were scored, as those of a case's first good trial are. */
  public boolean hasScores() {
    return examples.isPresent();
  }

  /** Returns the same outcome with other figures. */
  public TrialOutcome with(Measured figures) {
    return new TrialOutcome(
        error,
        lasting,
        Optional.of(figures),
        scores,
        classes,
        curves,
        examples,
        inputFingerprints,
        outputNames,
        detail,
        operators);
  }

  /** An outcome without figures. */
  private static TrialOutcome without(
      Optional<String> error, boolean lasting, Optional<OperatorPass.Findings> operators) {
    return new TrialOutcome(
        error,
        lasting,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        operators);
  }
}
