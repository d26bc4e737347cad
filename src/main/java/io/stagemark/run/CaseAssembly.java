package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.report.CaseResult;
import io.stagemark.report.Operations;
import io.stagemark.report.TrialResult;
import io.stagemark.report.TrialResult.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the trials of one case into its result. Not thread-safe. */
final class CaseAssembly {
  private final CaseSpec spec;
  private final MeasureSettings measure;
  private final Optional<Operations> operations;
  private final List<TrialResult> trials = new ArrayList<>();
  private final List<Map<Stage, long[]>> samples = new ArrayList<>();
  private List<Score> scores = List.of();
  private List<ClassFigures> classes = List.of();
  private final List<TrialDetail> details = new ArrayList<>();
  private Optional<String> lastingFailure = Optional.empty();

  CaseAssembly(CaseSpec spec, MeasureSettings measure, Optional<Operations> operations) {
    this.spec = spec;
    this.measure = measure;
    this.operations = operations;
  }

  /** Returns why every further trial would fail too; empty if there is no such reason. */
  Optional<String> lastingFailure() {
    return lastingFailure;
  }

  /** Returns whether a trial was good. */
  boolean hasFigures() {
    return !samples.isEmpty();
  }

  void addFailure(int trial, String reason, boolean lasting) {
    trials.add(new TrialResult(trial, Optional.of(reason), Optional.empty()));
    if (lasting) {
      lastingFailure = Optional.of(reason);
    }
  }

  /**
   * Adds a good trial.
   *
   * @param figures with the samples' file relative to the run's folder
   * @param columns the samples
   * @param outcome whose scores are the case's, if it is the first
   */
  void add(int trial, Measured figures, Map<Stage, long[]> columns, TrialOutcome outcome) {
    trials.add(new TrialResult(trial, Optional.empty(), Optional.of(figures)));
    if (samples.isEmpty()) {
      scores = outcome.scores();
      classes = outcome.classes();
    }
    samples.add(columns);
    outcome.detail().ifPresent(details::add);
  }

  CaseResult result() {
    List<Measured> good = trials.stream().flatMap(t -> t.measured().stream()).toList();
    long images = good.stream().mapToLong(Measured::images).sum();
    long wallNanos = good.stream().mapToLong(Measured::wallNanos).sum();
    return new CaseResult(
        spec.id(),
        new CaseResult.Key(
            spec.model().name(),
            spec.engine(),
            spec.settings().device().toString(),
            spec.settings().threads(),
            spec.batch(),
            spec.settings().options()),
        status(good.size()),
        StageTimes.of(samples, measure.totalFrom()),
        wallNanos > 0 ? Optional.of(images / (wallNanos / 1e9)) : Optional.empty(),
        operations,
        scores,
        classes,
        good.stream().map(Measured::fingerprint).distinct().count() <= 1,
        trials,
        TrialDetail.of(details));
  }

  private CaseResult.Status status(int good) {
    if (good == measure.trials()) {
      return CaseResult.Status.OK;
    }
    if (good == trials.size()) {
      return CaseResult.Status.PENDING;
    }
    return good == 0 ? CaseResult.Status.FAILED : CaseResult.Status.PARTIAL;
  }
}
