package io.stagemark.calibrate;

import static java.util.Locale.ROOT;

import io.stagemark.calibrate.SpunRecords.Window;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.engine.programmable.LatencyPattern;
import io.stagemark.engine.programmable.LatencyPattern.Shape;
import io.stagemark.engine.programmable.Stalls;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Certificate;
import io.stagemark.result.Certificate.Line;
import io.stagemark.result.Environment;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.run.BenchmarkRun;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.progress.RunListener;
import io.stagemark.run.record.Calibration;
import io.stagemark.run.record.ReplayCommand;
import io.stagemark.run.record.RunOptions;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Percentile;
import io.stagemark.stats.Pooled;
import io.stagemark.trial.load.ArrivalSchedule;
import io.stagemark.trial.load.LoadRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The proof that this program's figures are right, here: an engine of known latencies through real
 * trials, and what is reported held against what each forward took by the engine's own clock. Under
 * arrivals the truth is the engine's end of each batch less its arrival, drawn again from the seed.
 *
 * <p>What the engine was to take is known exactly too (under arrivals by Lindley's recursion with
 * the stalls where they were): the difference from the truth is what the machine adds, which is
 * shown, and is no error of the program.
 */
public final class Certification {
  private static final double HALF_A_PERCENTILE = 0.5;
  private static final RunOptions OPTIONS =
      new RunOptions(false, Calibration.NONE, new ReplayCommand("./stagemark doctor --certify"));

  private final CalibrationCases cases;
  private final Effort effort;
  private final RunListener listener;
  private final Interruption interruption;

  /**
   * How much is measured.
   *
   * @param micros base of the engine's times, in µs
   * @param batches of a trial, one after the other
   * @param trials of each pattern
   * @param ratePerSecond arrivals a second
   * @param arrivals of a trial; 0 for no server
   * @param stallMillis a stall, in ms, in each time ten times as long
   * @param shapes what is run one batch after the other
   * @param tolerance what the allowed errors are multiplied with
   */
  public record Effort(
      int micros,
      int batches,
      int trials,
      int ratePerSecond,
      int arrivals,
      int stallMillis,
      List<Shape> shapes,
      double tolerance) {
    /**
     * What a run makes by itself: no arrivals, which take the most time. As everywhere here the
     * truth is of the very batches that are reported, so that there is no chance in it but that of
     * the machine: it takes a stop of at least 2.5 % of a batch between two neighbouring readings
     * of the clock, in half of all batches for p50, in one of 200 for p99.
     */
    public static final Effort BRIEF =
        new Effort(250, 700, 1, 0, 0, 0, List.of(Shape.CONSTANT, Shape.BIMODAL, Shape.PARETO), 5);

    /** Some seconds, for the tests of a machine that others use too. */
    public static final Effort SHORT =
        new Effort(400, 700, 1, 250, 800, 100, List.of(Shape.BIMODAL, Shape.PARETO), 5);

    /** Some minutes, for a certificate. */
    public static final Effort LONG =
        new Effort(2000, 2000, 3, 100, 3000, 200, List.of(Shape.values()), 1);
  }

  /**
   * @param folder an empty or missing folder for the runs
   * @param listener receives each trial
   */
  public Certification(Path folder, Effort effort, RunListener listener) {
    this(folder, effort, listener, new Interruption());
  }

  Certification(Path folder, Effort effort, RunListener listener, Interruption interruption) {
    this.cases = new CalibrationCases(folder.toAbsolutePath(), effort);
    this.effort = effort;
    this.listener = listener;
    this.interruption = interruption;
  }

  /**
   * Runs the trials and compares.
   *
   * @throws IOException if the folder cannot be written to, or a trial failed
   */
  public Certificate certify() throws IOException, BadInputException, InterruptedException {
    cases.writeExamples();
    List<Line> lines = new ArrayList<>();
    SpunRecords spun = new SpunRecords(cases.closedLoop(), listener);
    RunResult closed = run(cases.closedLoop(), spun);
    for (int i = 0; i < effort.shapes().size(); i++) {
      lines.addAll(closedLines(closed.cases().get(i), effort.shapes().get(i), spun));
    }
    if (effort.arrivals() > 0) {
      SpunRecords stalled = new SpunRecords(cases.server(), listener);
      lines.addAll(serverLines(run(cases.server(), stalled).cases().get(0), stalled));
    }
    Environment where = closed.environment();
    return new Certificate(
        Certificates.key(where),
        Instant.now().toString(),
        "%s, %s cores, %s".formatted(where.cpu(), where.cores(), where.os()),
        where.jdk(),
        effort.equals(Effort.LONG) ? Certificate.Form.LONG : Certificate.Form.SHORT,
        lines);
  }

  private RunResult run(RunConfig config, SpunRecords spun)
      throws IOException, BadInputException, InterruptedException {
    RunResult result = new BenchmarkRun(config, OPTIONS, spun, interruption).run();
    if (result.status() != RunResult.Status.COMPLETE) {
      throw new IOException(
          "the calibration's trials did not all end well: " + firstFailure(result));
    }
    return result;
  }

  private static String firstFailure(RunResult result) {
    return result.cases().stream()
        .flatMap(one -> one.trials().stream())
        .flatMap(trial -> trial.failure().stream())
        .findFirst()
        .orElse("interrupted");
  }

  private List<Line> closedLines(CaseResult of, Shape shape, SpunRecords spun)
      throws IOException, BadInputException {
    LatencyPattern pattern = cases.pattern(shape);
    List<Window> windows = spun.windows(of);
    long[] truth = Pooled.of(windows, Window::nanos);
    long[] nominal = Pooled.of(windows, window -> window.nominal(pattern));
    long wallNanos = windows.stream().mapToLong(Certification::wall).sum();
    Distribution forward = of.stage(Stage.FORWARD.label()).orElseThrow();
    List<Line> lines = new ArrayList<>();
    for (double percent : new double[] {50, 90, 99}) {
      String figure = String.format(ROOT, "p%.0f", percent);
      lines.add(line(shape.label(), percent, figure, forward, truth, nominal));
    }
    lines.add(
        new Line(
            shape.label(),
            "FPS",
            of.timed().framesPerSecond().orElseThrow(),
            truth.length / (wallNanos / 1e9),
            truth.length / (wallNanos / 1e9),
            nominal.length / (Arrays.stream(nominal).sum() / 1e9),
            effort.tolerance()));
    return lines;
  }

  /** From begin to begin; at the first visits, where the program stops its clock, the forwards. */
  private static long wall(Window window) {
    long wall = 0;
    for (int i = 0; i < window.count(); i++) {
      boolean visit = i < CalibrationCases.EXAMPLES;
      boolean last = i == window.count() - 1;
      long end = visit || last ? window.endNanos(i) : window.startNanos(i + 1);
      wall += end - window.startNanos(i);
    }
    return wall;
  }

  private Line line(
      String pattern,
      double percent,
      String figure,
      Distribution reported,
      long[] truth,
      long[] nominal) {
    double allowed = figure.startsWith("corrected") ? 5 : percent == 99 ? 2.5 : 0.5;
    return new Line(
        pattern,
        figure,
        reported.quantile(percent).nanos().orElseThrow(),
        quantile(truth, percent),
        quantile(truth, percent + HALF_A_PERCENTILE),
        quantile(nominal, percent),
        allowed * effort.tolerance());
  }

  /** Each trial has a schedule of its own; the percentiles are over all of them. */
  private List<Line> serverLines(CaseResult of, SpunRecords spun)
      throws IOException, BadInputException {
    List<Window> windows = spun.windows(of);
    List<TrialResult> pooled = SpunRecords.pooled(of);
    List<long[]> truths = new ArrayList<>();
    List<long[]> nominals = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      TrialResult trial = pooled.get(i);
      Window window = windows.get(i);
      ArrivalSchedule schedule =
          ArrivalSchedule.poisson(
              effort.ratePerSecond(),
              window.count(),
              cases.server().measure().seed() + trial.index());
      long begin = begin(window, spun.load(of, trial));
      truths.add(latencies(schedule, window, begin));
      nominals.add(lindley(schedule, window, begin));
    }
    long[] truth = Pooled.of(truths, nanos -> nanos);
    long[] nominal = Pooled.of(nominals, nanos -> nanos);
    Distribution latency = of.timed().load().flatMap(it -> it.times().latency()).orElseThrow();
    List<Line> lines = new ArrayList<>();
    for (double percent : new double[] {95, 99}) {
      String figure = String.format(ROOT, "corrected p%.0f", percent);
      lines.add(line("stalls", percent, figure, latency, truth, nominal));
    }
    return lines;
  }

  /** When the load began, on the engine's clock: a batch begins a moment before its forward. */
  private static long begin(Window window, LoadRows load) {
    long begin = Long.MAX_VALUE;
    for (int i = 0; i < window.count(); i++) {
      begin = Math.min(begin, window.startNanos(i) - load.rows().get(i).startedNanos());
    }
    return begin;
  }

  private static long[] latencies(ArrivalSchedule schedule, Window window, long begin) {
    long[] latencies = new long[window.count()];
    for (int i = 0; i < latencies.length; i++) {
      latencies[i] = window.endNanos(i) - begin - schedule.offset(i);
    }
    return latencies;
  }

  /** A queue of one server that takes its nominal times and stalls when the engine did. */
  private long[] lindley(ArrivalSchedule schedule, Window window, long begin) {
    LatencyPattern pattern = cases.pattern(Shape.CONSTANT);
    Stalls stalls =
        new Stalls(10_000_000L * effort.stallMillis(), 1_000_000L * effort.stallMillis());
    long origin = window.originNanos() - begin;
    long[] latencies = new long[window.count()];
    long free = 0;
    for (int i = 0; i < latencies.length; i++) {
      long start = Math.max(free, schedule.offset(i));
      free = origin + stalls.end(start - origin, pattern.nanos(window.first() + i));
      latencies[i] = free - schedule.offset(i);
    }
    return latencies;
  }

  private static double quantile(long[] nanos, double percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return Percentile.nearestRank(sorted, percent);
  }
}
