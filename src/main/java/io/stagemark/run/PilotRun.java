package io.stagemark.run;

import static java.util.Locale.ROOT;

import io.stagemark.config.MeasureSettings;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.report.CaseResult;
import io.stagemark.report.RunResult;
import io.stagemark.report.TrialResult.Measured;
import io.stagemark.stats.DetectionPlan;
import io.stagemark.stats.DetectionPlan.Cost;
import io.stagemark.stats.DetectionPlan.Pilot;
import io.stagemark.stats.Percentile;
import io.stagemark.stats.Quantile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A short run of a config that tells how long the real one must be to find what is asked. */
public final class PilotRun {
  private static final int TRIALS = 5;

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
            measure.warmupSeconds(),
            measure.warmupBatches(),
            measure.maxWarmupSeconds(),
            0,
            batches,
            Math.max(batches, measure.maxBatches()),
            measure.totalFrom(),
            measure.seed(),
            measure.trialTimeoutSeconds(),
            measure.heapMiB(),
            false,
            measure.causes(),
            false,
            measure.load()),
        List.of(),
        List.of(),
        folder.resolve("pilot"));
  }

  /**
   * Runs the pilot and returns what it tells of each case, for people.
   *
   * @param folder an empty one, removed by the caller
   */
  public String answer(Path folder, RunListener listener)
      throws BadInputException, IOException, InterruptedException {
    RunResult result =
        new BenchmarkRun(
                pilot(folder),
                new RunOptions(false, false, new ReplayCommand("./stagemark run")),
                listener)
            .run();
    StringBuilder text = new StringBuilder();
    double seconds = 0;
    int batches = 0;
    int trials = 0;
    for (CaseResult one : result.cases()) {
      Optional<DetectionPlan> plan = plan(one, result.wallSeconds() / result.cases().size());
      text.append(line(one, plan)).append(System.lineSeparator());
      seconds += plan.map(DetectionPlan::seconds).orElse(0.0);
      batches = Math.max(batches, plan.map(DetectionPlan::batches).orElse(0));
      trials = Math.max(trials, plan.map(DetectionPlan::trials).orElse(0));
    }
    if (trials > 0) {
      text.append(
          String.format(
              ROOT,
              "all cases: --set measure.minBatches=%d --set measure.trials=%d, about %s a side%n",
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
                question.percent() == Math.rint(question.percent())
                    ? Long.toString((long) question.percent())
                    : Double.toString(question.percent()),
                TRIALS))
        .toString();
  }

  private Optional<DetectionPlan> plan(CaseResult one, double caseSeconds) {
    List<Pilot> pilots = new ArrayList<>();
    double measuredSeconds = 0;
    long batches = 0;
    for (var trial : one.trials()) {
      Optional<Measured> measured = trial.measured();
      Optional<Quantile> quantile =
          measured
              .flatMap(m -> m.stage(question.stage().label()))
              .map(times -> times.quantile(question.percent()))
              .filter(q -> q.nanos().isPresent() && q.interval().isPresent());
      if (quantile.isPresent()) {
        pilots.add(new Pilot(quantile.get(), measured.orElseThrow().batches()));
        measuredSeconds += measured.orElseThrow().wallNanos() / 1e9;
        batches += measured.orElseThrow().batches();
      }
    }
    if (pilots.size() < 2) {
      return Optional.empty();
    }
    return DetectionPlan.of(
        question.percent(),
        question.effect(),
        pilots.toArray(Pilot[]::new),
        new Cost(
            Math.max(0, caseSeconds - measuredSeconds) / pilots.size(), measuredSeconds / batches));
  }

  private String line(CaseResult one, Optional<DetectionPlan> plan) {
    String label = one.key().label();
    if (plan.isEmpty()) {
      return label
          + ": cannot be planned: fewer than two good pilot trials, or 1000 trials a side"
          + " would not find it";
    }
    DetectionPlan found = plan.get();
    return String.format(
        ROOT,
        "%s: %d trials of %d batches a side find %.2f %%, about %s (spread between trials %.2f %%,"
            + " within one of the pilot %.2f %%)",
        label,
        found.trials(),
        found.batches(),
        100 * found.effect(),
        duration(found.seconds()),
        100 * found.betweenDeviation(),
        100 * found.withinDeviation());
  }

  private static String duration(double seconds) {
    return seconds < 120
        ? String.format(ROOT, "%.0f s", seconds)
        : String.format(ROOT, "%.0f min", seconds / 60);
  }
}
