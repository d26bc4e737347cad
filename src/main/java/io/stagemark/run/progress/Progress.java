package io.stagemark.run.progress;

import static java.util.Locale.ROOT;

import io.stagemark.config.MeasureSettings;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.trial.LoadScenario;
import java.util.Optional;
import java.util.OptionalLong;

/** Reports a run's progress and its estimated remaining time to a listener. Not thread-safe. */
public final class Progress {
  /**
   * What a first trial may take besides warming up and measuring: a JVM's start, a model's load.
   */
  private static final double START_SECONDS = 3;

  private static final double LATE = 0.25;

  private final RunListener listener;
  private final MeasureSettings measure;
  private int total;
  private int done;
  private int measured;
  private double measuredSeconds;

  /**
   * @param total trials of the run
   */
  public Progress(RunListener listener, MeasureSettings measure, int total) {
    this.listener = listener;
    this.measure = measure;
    this.total = total;
  }

  /** Adds trials that the precision asked for needs. */
  public void add(int trials) {
    total += trials;
  }

  /** Adds a trial that has ended, and its time: 0 for a trial that was already whole. */
  public void ended(CaseResult result, int trial, double seconds) {
    done++;
    if (seconds > 0) {
      measured++;
      measuredSeconds += seconds;
    }
    Optional<Measured> figures =
        result.trials().stream()
            .filter(t -> t.index() == trial)
            .findFirst()
            .flatMap(t -> t.measured());
    listener.progress(
        line(
            result,
            trial,
            figures.map(Progress::measured).orElse("FAILED"),
            remaining(perTrial() * (total - done), 0)));
  }

  /** A trial is under way. */
  public void waiting(CaseResult result, int trial, String phase, long seconds) {
    listener.waiting(
        line(
            result,
            trial,
            String.format(ROOT, "%s, %d s", phase, seconds),
            remaining(ofThisTrial(seconds) + perTrial() * (total - done - 1), (double) seconds)));
  }

  private ProgressLine line(CaseResult result, int trial, String state, double remaining) {
    return new ProgressLine(
        done,
        total,
        result.key().label(),
        trial,
        Math.max(trial, measure.trials()),
        state,
        Math.round(remaining),
        // what the first trial takes is a guess, and no bound
        measure.goal().precision().isPresent() && measured > 0);
  }

  /**
   * Where a precision is asked for, trials are added until it is reached: nobody knows when, but no
   * trial begins that would end after the time that there is.
   *
   * @param planned seconds of the trials that are planned
   * @param running seconds that the present trial has taken
   */
  private double remaining(double planned, double running) {
    if (measure.goal().precision().isEmpty()) {
      return planned;
    }
    double left = 60 * measure.goal().maxMinutes() - measuredSeconds - running - planned;
    return planned + Math.max(0, Math.floor(left / perTrial())) * perTrial();
  }

  private static String measured(Measured figures) {
    String batches = String.format(ROOT, "%d batches", figures.window().batches());
    OptionalLong median =
        figures
            .stage(Stage.TOTAL.label())
            .map(times -> times.quantile(50).nanos())
            .orElse(OptionalLong.empty());
    return median.isPresent()
        ? String.format(ROOT, "%s  p50 %.2f ms", batches, median.getAsLong() / 1e6)
        : batches;
  }

  private double perTrial() {
    return measured > 0
        ? measuredSeconds / measured
        : START_SECONDS
            + measure.warmup().warmupSeconds()
            + LoadScenario.lengths(measure.load()) * measure.window().minSeconds();
  }

  /** A trial that exceeds its estimate is estimated to take a quarter more. */
  private double ofThisTrial(long seconds) {
    return Math.max(perTrial() - seconds, LATE * seconds);
  }
}
