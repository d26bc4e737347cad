package io.stagemark.run;

import static java.util.Locale.ROOT;

import io.stagemark.config.MeasureSettings;
import io.stagemark.config.MeasureSettings.Extras;
import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.config.MeasureSettings.Window;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.run.progress.RunListener;
import io.stagemark.run.record.Calibration;
import io.stagemark.run.record.ReplayCommand;
import io.stagemark.run.record.RunOptions;
import io.stagemark.stats.DetectionPlan;
import io.stagemark.stats.DetectionPlan.Cost;
import io.stagemark.stats.DetectionPlan.Pilot;
import io.stagemark.stats.Percentile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A short run of a config that shows how long the real one must be to find a given change. */
public final class PilotRun {
  private static final int TRIALS = 5;

  /** A number of trials that a user may accept where a few do not find the change. */
  private static final int MANY_TRIALS = 50;

  private final RunConfig config;
  private final PlanQuestion question;

  /**
   * @param config of the real run
   */
  public PilotRun(RunConfig config, PlanQuestion question) {
    this.config = config;
    this.question = question;
  }

  /**
   * Returns the config of the pilot: five trials, each with no more batches than the percentile
   * needs.
   *
   * @param folder that it may write to
   */
  public RunConfig pilot(Path folder) {
    MeasureSettings measure = config.measure();
    int batches = Percentile.minimumSamples(question.percent());
    return new RunConfig(
        config.name() + "-pilot",
        config.file(),
        config.dataset(),
        config.cases(),
        new MeasureSettings(
            TRIALS,
            new Goal(Optional.empty(), TRIALS, measure.goal().maxMinutes()),
            measure.warmup(),
            new Window(
                0,
                batches,
                Math.max(batches, measure.window().maxBatches()),
                measure.window().totalFrom()),
            measure.seed(),
            measure.limits(),
            new Extras(false, measure.extras().causes(), false),
            measure.load()),
        List.of(),
        List.of(),
        folder.resolve("pilot"));
  }

  /**
   * Runs the pilot and returns a plan for each case, as text.
   *
   * @param folder an empty one, removed by the caller
   */
  public String answer(Path folder, RunListener listener)
      throws BadInputException, IOException, InterruptedException {
    RunResult result =
        new BenchmarkRun(
                pilot(folder),
                new RunOptions(false, Calibration.NONE, new ReplayCommand("./stagemark run")),
                listener)
            .run();
    StringBuilder text = new StringBuilder();
    double seconds = 0;
    int batches = 0;
    int trials = 0;
    for (CaseResult one : result.cases()) {
      Pilot[] pilots = pilots(one);
      Optional<DetectionPlan> plan =
          pilots.length < 2
              ? Optional.empty()
              : plan(one, pilots, result.wallSeconds() / result.cases().size());
      text.append(plan.map(found -> line(one, found)).orElseGet(() -> without(one, pilots)))
          .append(System.lineSeparator());
      seconds += plan.map(DetectionPlan::seconds).orElse(0.0);
      batches = Math.max(batches, plan.map(DetectionPlan::batches).orElse(0));
      trials = Math.max(trials, plan.map(DetectionPlan::trials).orElse(0));
    }
    if (trials > 0) {
      text.append(
          String.format(
              ROOT,
              "%s:%s --set measure.minBatches=%d --set measure.trials=%d, about %s a side%n",
              result.cases().size() == 1 ? "try" : "all cases",
              batches > config.measure().window().maxBatches()
                  ? " --set measure.maxBatches=" + batches
                  : "",
              batches,
              trials,
              duration(seconds)));
    }
    return text.append(
            String.format(
                ROOT,
                "Method: variance of ln p%s between %d pilot trials, less what is left to chance"
                    + " within one;%none-sided 5 %%, power 80 %%, baseline and candidate with as many"
                    + " trials each. The spread of%nso few trials is itself uncertain: half to"
                    + " three times as much is possible.",
                percentile(),
                TRIALS))
        .toString();
  }

  /** The good trials that had batches enough for the percentile. */
  private Pilot[] pilots(CaseResult one) {
    List<Pilot> pilots = new ArrayList<>();
    for (Measured measured : good(one)) {
      measured
          .stage(question.stage().label())
          .map(times -> times.quantile(question.percent()))
          .filter(q -> q.nanos().isPresent() && q.interval().isPresent())
          .ifPresent(quantile -> pilots.add(new Pilot(quantile, measured.window().batches())));
    }
    return pilots.toArray(Pilot[]::new);
  }

  private static List<Measured> good(CaseResult one) {
    return one.trials().stream().flatMap(trial -> trial.measured().stream()).toList();
  }

  private Optional<DetectionPlan> plan(CaseResult one, Pilot[] pilots, double caseSeconds) {
    List<Measured> good = good(one);
    double measuredSeconds = good.stream().mapToLong(it -> it.window().wallNanos()).sum() / 1e9;
    long batches = good.stream().mapToLong(it -> it.window().batches()).sum();
    return DetectionPlan.of(
        question.percent(),
        question.effect(),
        pilots,
        new Cost(
            Math.max(0, caseSeconds - measuredSeconds) / good.size(), measuredSeconds / batches));
  }

  private String line(CaseResult one, DetectionPlan found) {
    return String.format(
        ROOT,
        "%s: %d trials of %d batches a side find %.2f %%, about %s%n  a side's p%s is known to"
            + " ±%.1f %% then; it spreads by %.2f %% from trial to trial, beyond the%n  %.2f %% that are"
            + " chance within one of the pilot's",
        one.key().label(),
        found.trials(),
        found.batches(),
        100 * found.effect(),
        duration(found.seconds()),
        percentile(),
        100 * found.halfWidth(),
        100 * found.betweenDeviation(),
        100 * found.withinDeviation());
  }

  /** Says why there is no plan, and what to do about it. */
  private String without(CaseResult one, Pilot[] pilots) {
    if (pilots.length < 2) {
      return String.format(
          ROOT,
          "%s: cannot be planned: %d of %d pilot trials were good, two are needed%n  try: ./stagemark"
              + " run CONFIG, which says what is wrong with them",
          one.key().label(),
          pilots.length,
          TRIALS);
    }
    long[] nanos =
        Arrays.stream(pilots).mapToLong(p -> p.quantile().nanos().orElseThrow()).sorted().toArray();
    double spread = DetectionPlan.spread(pilots);
    return String.format(
        ROOT,
        "%s: 1000 trials a side would not find it: p%s of the pilot's trials is %.2f to %.2f ms (spread"
            + " %.0f %%)%n  try: a quieter machine (./stagemark doctor), or a larger change: %d trials a"
            + " side find some %.0f %%",
        one.key().label(),
        percentile(),
        nanos[0] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        100 * spread,
        MANY_TRIALS,
        100 * DetectionPlan.detectable(spread, MANY_TRIALS));
  }

  private String percentile() {
    double percent = question.percent();
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }

  private static String duration(double seconds) {
    return seconds < 120
        ? String.format(ROOT, "%.0f s", seconds)
        : String.format(ROOT, "%.0f min", seconds / 60);
  }
}
