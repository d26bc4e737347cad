package io.stagemark.trial.load;

import io.stagemark.result.LoadFigures;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.LatencyHistogram;
import io.stagemark.stats.Pooled;
import java.util.List;
import java.util.Optional;

/**
 * Turns the batches of a load into its figures: of one trial, or of several together.
 *
 * @param scenario the scenario's name
 * @param streams side by side
 * @param latencies which latencies it has
 * @param offeredPerSecond as in {@link LoadFigures}
 * @param gapMillis as in {@link LoadFigures}
 */
public record LoadSummary(
    String scenario,
    int streams,
    Latencies latencies,
    Optional<Double> offeredPerSecond,
    Optional<Double> gapMillis) {

  /** Which latencies a scenario has besides the total. */
  public enum Latencies {
    /** None: a batch is due when it begins. */
    CLOSED,
    /** Of a round of one batch for each stream. */
    ROUNDS,
    /** From the scheduled arrival. */
    ARRIVALS
  }

  /**
   * Returns the figures of a loop without a schedule on one stream: a batch is due when it begins.
   *
   * @param totalNanos of each batch, at least one
   * @param wallNanos in which they were done
   */
  public static LoadFigures singleStream(long[] totalNanos, long wallNanos) {
    return new LoadFigures(
        new LoadFigures.Applied(
            "single-stream",
            1,
            totalNanos.length / (wallNanos / 1e9),
            Optional.empty(),
            0,
            Optional.empty()),
        LoadFigures.QueueTimes.NONE,
        Optional.empty(),
        List.of(),
        LatencyHistogram.text(totalNanos));
  }

  /**
   * Returns the figures.
   *
   * @param trials the batches of each trial; at least one batch in all
   * @param unserved arrivals without a batch
   */
  public LoadFigures of(List<LoadRows> trials, long unserved) {
    double seconds = trials.stream().mapToLong(LoadRows::wallNanos).sum() / 1e9;
    long batches = trials.stream().mapToLong(trial -> trial.rows().size()).sum();
    long[] services = Pooled.of(trials, LoadRows::services);
    long[] sinceDue =
        switch (latencies) {
          case CLOSED -> new long[0];
          case ROUNDS -> Pooled.of(trials, trial -> trial.rounds(streams));
          case ARRIVALS -> Pooled.of(trials, LoadRows::latencies);
        };
    boolean open = latencies != Latencies.CLOSED;
    return new LoadFigures(
        new LoadFigures.Applied(
            scenario, streams, batches / seconds, offeredPerSecond, unserved, gapMillis),
        new LoadFigures.QueueTimes(
            distribution(sinceDue),
            open ? distribution(Pooled.of(trials, LoadRows::waits)) : Optional.empty(),
            open ? distribution(services) : Optional.empty()),
        Optional.empty(),
        List.of(),
        LatencyHistogram.text(sinceDue.length > 0 ? sinceDue : services));
  }

  private static Optional<Distribution> distribution(long[] nanos) {
    return nanos.length == 0 ? Optional.empty() : Optional.of(Distribution.of(nanos));
  }
}
