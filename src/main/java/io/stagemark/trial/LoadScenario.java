package io.stagemark.trial;

import io.stagemark.config.LoadSettings;
import io.stagemark.config.MeasureSettings;
import io.stagemark.engine.EngineException;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.LoadFigures.Step;
import io.stagemark.stats.Percentile;
import io.stagemark.task.TaskException;
import io.stagemark.trial.load.ArrivalQueue;
import io.stagemark.trial.load.ArrivalSchedule;
import io.stagemark.trial.load.ClosedLoop;
import io.stagemark.trial.load.LoadLimits;
import io.stagemark.trial.load.LoadSummary;
import io.stagemark.trial.load.RateSearch;
import io.stagemark.trial.load.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies the load of one scenario to warm streams; searches for a rate or a number of streams
 * where the scenario asks for one.
 */
public final class LoadScenario {
  /** Time after the last arrival at which a server that cannot keep the rate is given up. */
  private static final long GRACE_NANOS = 10_000_000_000L;

  /** A rate of a search is given up sooner: its queue has grown beyond any bound by then. */
  private static final long SEARCH_GRACE_NANOS = 1_000_000_000L;

  /** The part of the measurement's time that one try of a search takes. */
  private static final int SEARCH_PART = 4;

  /** One and two streams, on a machine of a few cores. */
  private static final double OFFLINE_TRIES = 2;

  /** The capacity, and as many halvings as {@link RateSearch} makes. */
  private static final double SERVER_TRIES = 7;

  private static final int CONFIRMATIONS = 5;
  private static final double STEP_DOWN = 0.95;

  private final List<LoadStream> streams;
  private final LoadSettings settings;
  private final LoadLimits limits;
  private final long seed;

  /** The load that counts, and its figures. */
  record Result(Load load, LoadFigures figures) {}

  /**
   * @param streams as many as {@link #streams} says
   */
  LoadScenario(List<LoadStream> streams, MeasureSettings measure) {
    this.streams = streams;
    this.settings = measure.load();
    this.seed = measure.seed();
    this.limits =
        new LoadLimits(
            Math.round(measure.window().minSeconds() * 1e9),
            measure.window().minBatches(),
            Math.max(streams.size(), measure.window().maxBatches()));
  }

  /** Returns how many streams a trial opens: in a search, the most that it may try. */
  static int streams(LoadSettings settings, int threads) {
    return settings
        .streams()
        .orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / threads));
  }

  Result run() throws EngineException, TaskException {
    return switch (settings.scenario()) {
      case SINGLE_STREAM, PACED -> closed(streams, limits);
      case MULTI_STREAM -> rounds();
      case OFFLINE -> offline();
      case SERVER -> server(settings.ratePerSecond().orElseThrow(), limits, GRACE_NANOS);
      case SERVER_SEARCH -> serverSearch();
    };
  }

  /** Returns about how many times {@code minSeconds} a trial measures, its search included. */
  public static double lengths(LoadSettings settings) {
    return switch (settings.scenario()) {
      case SINGLE_STREAM, PACED, MULTI_STREAM, SERVER -> 1;
      case OFFLINE -> settings.streams().isPresent() ? 1 : 1 + OFFLINE_TRIES / SEARCH_PART;
      case SERVER_SEARCH -> 1 + SERVER_TRIES / SEARCH_PART;
    };
  }

  /** Returns what sums up trials of this scenario. */
  public static LoadSummary summary(LoadSettings settings, int streams, Optional<Double> rate) {
    LoadSummary.Latencies latencies =
        switch (settings.scenario()) {
          case SINGLE_STREAM, OFFLINE, PACED -> LoadSummary.Latencies.CLOSED;
          case MULTI_STREAM -> LoadSummary.Latencies.ROUNDS;
          case SERVER, SERVER_SEARCH -> LoadSummary.Latencies.ARRIVALS;
        };
    return new LoadSummary(
        settings.scenario().label(), streams, latencies, rate, settings.gapMillis());
  }

  private Result closed(List<LoadStream> used, LoadLimits howLong)
      throws EngineException, TaskException {
    long gapNanos = Math.round(settings.gapMillis().orElse(0.0) * 1e6);
    Load load =
        Load.put(
            used,
            Math.max(1, howLong.maxBatches() / used.size()),
            start -> new ClosedLoop(howLong, used.size(), start, gapNanos));
    return result(load, used.size(), Optional.empty(), 0);
  }

  private Result rounds() throws EngineException, TaskException {
    Load load =
        Load.put(
            streams,
            limits.maxBatches() / streams.size(),
            start -> new Rounds(limits, streams.size(), start));
    return result(load, streams.size(), Optional.empty(), 0);
  }

  /** Tries 1, 2, 4, … streams where the config names no number, and measures the best. */
  private Result offline() throws EngineException, TaskException {
    List<Step> steps = new ArrayList<>();
    int best = streams.size();
    if (settings.streams().isEmpty()) {
      LoadLimits shorter = limits.withMinNanos(limits.minNanos() / SEARCH_PART);
      double most = 0;
      for (int count = 1; count <= streams.size(); count = next(count)) {
        double perSecond =
            closed(streams.subList(0, count), shorter).figures().applied().completedPerSecond();
        steps.add(new Step(count, perSecond, Optional.empty(), perSecond > most));
        if (perSecond > most) {
          most = perSecond;
          best = count;
        }
      }
    }
    Result measured = closed(streams.subList(0, best), limits);
    return new Result(measured.load(), measured.figures().with(Optional.empty(), steps));
  }

  private int next(int count) {
    return count < streams.size() ? Math.min(2 * count, streams.size()) : count + 1;
  }

  private Result server(double rate, LoadLimits howLong, long graceNanos)
      throws EngineException, TaskException {
    ArrivalSchedule schedule =
        ArrivalSchedule.poisson(rate, ArrivalSchedule.count(rate, howLong), seed);
    Load load =
        Load.put(streams, schedule.count(), start -> new ArrivalQueue(schedule, start, graceNanos));
    long unserved = (long) schedule.count() - load.rows().rows().size() - load.failedBatches();
    double offered = schedule.count() / (schedule.lastOffset() / 1e9);
    return result(load, streams.size(), Optional.of(offered), unserved);
  }

  private Result serverSearch() throws EngineException, TaskException {
    double percent = settings.latencyPercent();
    long boundNanos = Math.round(settings.latencyBoundMillis().orElseThrow() * 1e6);
    LoadLimits trying =
        limits
            .withMinNanos(limits.minNanos() / SEARCH_PART)
            .withMinBatches(Math.max(limits.minBatches(), Percentile.minimumSamples(percent)));
    double capacity =
        closed(streams, limits.withMinNanos(limits.minNanos() / SEARCH_PART))
            .figures()
            .applied()
            .completedPerSecond();
    long grace = SEARCH_GRACE_NANOS + 10 * boundNanos;
    RateSearch search = new RateSearch();
    Optional<Double> found =
        search.search(capacity, rate -> step(server(rate, trying, grace), rate, boundNanos));
    List<Step> steps = new ArrayList<>(search.steps());
    double rate = found.orElse(capacity / 64);
    LoadLimits confirming = limits.withMinBatches(trying.minBatches());
    Result measured = server(rate, confirming, grace);
    Step last = step(measured, rate, boundNanos);
    steps.add(last);
    for (int i = 1; i < CONFIRMATIONS && found.isPresent() && !last.kept(); i++) {
      rate *= STEP_DOWN;
      measured = server(rate, confirming, grace);
      last = step(measured, rate, boundNanos);
      steps.add(last);
    }
    Optional<Double> highest = last.kept() ? Optional.of(rate) : Optional.empty();
    return new Result(
        measured.load(),
        measured
            .figures()
            .with(Optional.of(new LoadFigures.Bound(percent, boundNanos / 1e6, highest)), steps));
  }

  private Step step(Result tried, double rate, long boundNanos) {
    Optional<Long> latency = Optional.empty();
    if (tried.figures().applied().unserved() == 0) {
      long[] sorted =
          tried.load().rows().rows().stream()
              .mapToLong(row -> row.endedNanos() - row.dueNanos())
              .sorted()
              .toArray();
      if (sorted.length >= Percentile.minimumSamples(settings.latencyPercent())) {
        latency = Optional.of(Percentile.nearestRank(sorted, settings.latencyPercent()));
      }
    }
    return new Step(
        streams.size(), rate, latency, latency.filter(nanos -> nanos <= boundNanos).isPresent());
  }

  private Result result(Load load, int used, Optional<Double> offered, long unserved)
      throws EngineException {
    if (load.rows().rows().isEmpty()) {
      throw new EngineException("no batch of the load was done");
    }
    return new Result(load, summary(settings, used, offered).of(List.of(load.rows()), unserved));
  }
}
