package io.stagemark.report.export;

import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.report.export.Figure.Better;
import io.stagemark.report.export.Figure.Bounds;
import io.stagemark.result.CountFigures;
import io.stagemark.result.GraphCount;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Operations;
import io.stagemark.result.Precision;
import io.stagemark.result.Resources;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The figures of a case as one list. What was not measured, what is not defined and percentiles
 * with too few samples are not in it.
 */
final class CaseFigures {
  /** The stage of what was scored. */
  static final String SCORE = "score";

  /** The stage of what belongs to no stage. */
  static final String CASE = "case";

  private static final String MILLIS = "ms";
  private static final double NANOS_IN_A_MILLI = 1e6;

  private final ExportedCase exported;
  private final List<Figure> figures = new ArrayList<>();

  private CaseFigures(ExportedCase exported) {
    this.exported = exported;
  }

  /** Returns the figures of a case: times in the order of the stages, then the others. */
  static List<Figure> of(ExportedCase exported) {
    CaseFigures all = new CaseFigures(exported);
    exported.times().forEach(all::addTimes);
    all.addRates();
    all.addMemory();
    exported.result().operations().ifPresent(all::addOperations);
    exported.result().scored().scores().forEach(all::addScore);
    return List.copyOf(all.figures);
  }

  private void add(
      String stage,
      String statistic,
      double value,
      Optional<Bounds> bounds,
      String unit,
      long count,
      Better better) {
    if (Double.isFinite(value)) {
      figures.add(new Figure(stage, statistic, value, bounds, unit, count, better));
    }
  }

  private void addTimes(String stage, Distribution times) {
    long n = times.count();
    addTime(stage, "mean", times.meanNanos(), meanBounds(exported, stage, times), n);
    if (n > 1) {
      addTime(stage, "sd", times.standardDeviationNanos(), Optional.empty(), n);
    }
    addTime(stage, "min", (double) times.minNanos(), Optional.empty(), n);
    for (Quantile quantile : times.quantiles()) {
      if (quantile.nanos().isPresent()) {
        double nanos = quantile.nanos().getAsLong();
        addTime(stage, quantile.label(), nanos, quantileBounds(exported, stage, quantile), n);
      }
    }
    addTime(stage, "max", (double) times.maxNanos(), Optional.empty(), n);
  }

  private void addTime(
      String stage, String statistic, double nanos, Optional<Bounds> bounds, long count) {
    add(
        stage,
        statistic,
        nanos / NANOS_IN_A_MILLI,
        bounds.map(each -> each.scaled(1 / NANOS_IN_A_MILLI)),
        MILLIS,
        count,
        Better.LOWER);
  }

  /**
   * Returns the interval of a stage's mean, in nanoseconds: of the run's verdict where it has one,
   * else of the trials' means; empty for a single trial.
   */
  static Optional<Bounds> meanBounds(ExportedCase exported, String stage, Distribution times) {
    Optional<RepeatInterval> known =
        stage.equals(Stage.TOTAL.label())
            ? exported.precision().map(p -> p.totalNanos().get(Precision.MEAN))
            : Optional.empty();
    double[] means =
        exported.timesOfTrials(stage).stream().mapToDouble(Distribution::meanNanos).toArray();
    return known
        .filter(interval -> interval.trials() > 1)
        .or(
            () ->
                means.length > 1
                    ? Optional.of(RepeatInterval.ofFigures(times.meanNanos(), means))
                    : Optional.empty())
        .map(CaseFigures::bounds);
  }

  /**
   * Returns the interval of a percentile, in nanoseconds: that between trials where the run has
   * one, else that of the batches.
   */
  static Optional<Bounds> quantileBounds(ExportedCase exported, String stage, Quantile quantile) {
    Function<Precision, Optional<RepeatInterval>> known =
        stage.equals(Stage.TOTAL.label())
            ? p -> Optional.ofNullable(p.totalNanos().get(quantile.label()))
            : quantile.percent() == 50
                ? p -> Optional.ofNullable(p.stageNanos().get(stage))
                : p -> Optional.empty();
    return exported
        .precision()
        .flatMap(known)
        .filter(interval -> interval.trials() > 1)
        .map(CaseFigures::bounds)
        .or(
            () ->
                quantile
                    .interval()
                    .map(each -> new Bounds(each.lowNanos(), each.highNanos(), false)));
  }

  /** Returns the interval of the images a second; empty for a single trial. */
  static Optional<Bounds> framesBounds(ExportedCase exported) {
    return exported
        .precision()
        .flatMap(Precision::framesPerSecond)
        .filter(interval -> interval.trials() > 1)
        .map(CaseFigures::bounds);
  }

  private static Bounds bounds(RepeatInterval interval) {
    return new Bounds(interval.low(), interval.high(), true);
  }

  private void addRates() {
    List<Measured> trials = exported.trials();
    long images = trials.stream().mapToLong(trial -> trial.window().images()).sum();
    long batches = trials.stream().mapToLong(trial -> trial.window().batches()).sum();
    String total = Stage.TOTAL.label();
    exported
        .result()
        .timed()
        .framesPerSecond()
        .ifPresent(
            fps -> add(total, "fps", fps, framesBounds(exported), "img/s", images, Better.HIGHER));
    exported
        .result()
        .timed()
        .load()
        .map(LoadFigures::applied)
        .flatMap(LoadFigures.Applied::offeredPerSecond)
        .ifPresent(
            rate ->
                add(total, "offered", rate, Optional.empty(), "batch/s", batches, Better.NEITHER));
  }

  private void addMemory() {
    addLargest("peak_rss", trial -> resources(trial).map(Resources::peakRssBytes));
    addLargest("steady_rss", trial -> resources(trial).map(Resources::steadyRssBytes));
    List<Measured> trials = exported.trials();
    trials.stream()
        .mapToDouble(trial -> trial.window().allocatedBytesPerBatch())
        .average()
        .ifPresent(
            bytes ->
                add(
                    CASE,
                    "allocated_per_batch",
                    bytes,
                    Optional.empty(),
                    "byte",
                    trials.size(),
                    Better.LOWER));
    OptionalDouble load =
        trials.stream().mapToDouble(trial -> trial.preparation().loadNanos()).average();
    load.ifPresent(nanos -> addTime(CASE, "load_time", nanos, Optional.empty(), trials.size()));
  }

  private static Optional<Resources> resources(Measured trial) {
    return trial.circumstances().flatMap(each -> each.resources());
  }

  private void addLargest(String statistic, Function<Measured, Optional<OptionalLong>> bytes) {
    long[] known =
        exported.trials().stream()
            .map(bytes)
            .flatMap(Optional::stream)
            .flatMapToLong(OptionalLong::stream)
            .toArray();
    OptionalLong largest = Arrays.stream(known).max();
    if (largest.isPresent()) {
      add(
          CASE,
          statistic,
          (double) largest.getAsLong(),
          Optional.empty(),
          "byte",
          known.length,
          Better.LOWER);
    }
  }

  private void addOperations(Operations operations) {
    addCount("macs", (double) operations.macs(), "MAC/img");
    addCount("flops", (double) operations.flops(), "FLOP/img");
    addCount("parameters", (double) operations.parameters(), "1");
    operations
        .counts()
        .flatMap(
            all ->
                all.graphs().stream()
                    .filter(each -> each.origin().file().equals(operations.graph()))
                    .findFirst())
        .map(GraphCount::perImage)
        .ifPresent(this::addCounts);
  }

  private void addCounts(CountFigures image) {
    addCount("int_macs", image.intMacs().doubleValue(), "MAC/img");
    addCount("flops_total", image.flopsTotal().doubleValue(), "FLOP/img");
    addCount("bytes_moved", image.bytesMoved().doubleValue(), "byte/img");
    addCount("peak_activation", image.peakActivationBytes().doubleValue(), "byte/img");
  }

  private void addCount(String statistic, double value, String unit) {
    add(CASE, statistic, value, Optional.empty(), unit, 1, Better.NEITHER);
  }

  private void addScore(Score score) {
    add(
        SCORE,
        score.name(),
        score.value(),
        Optional.empty(),
        score.unit(),
        score.count(),
        score.lowerIsBetter() ? Better.LOWER : Better.HIGHER);
  }
}
