package io.stagemark.config;

import io.stagemark.preprocess.PreprocessSettings;
import java.util.Optional;

/**
 * The load of a case.
 *
 * @param scenario when a batch begins
 * @param streams sessions of the model side by side, each with a thread of its own; empty where the
 *     scenario looks for the best number itself
 * @param ratePerSecond arrivals of batches, a second; for {@code server}
 * @param latencyBoundMillis what {@link #latencyPercent} of the batches must keep, in ms from the
 *     scheduled arrival; for {@code server-search}
 * @param latencyPercent which percentile must keep the bound, such as 99
 * @param gapMillis idle time after each batch, in ms; for {@code paced}
 * @param cpuAffinity processors that a trial may run on, as {@code taskset -c} takes them; empty
 *     for all
 */
public record LoadSettings(
    Scenario scenario,
    Optional<Integer> streams,
    Optional<Double> ratePerSecond,
    Optional<Double> latencyBoundMillis,
    double latencyPercent,
    Optional<Double> gapMillis,
    Optional<String> cpuAffinity) {
  /** The percentile of {@code server-search} where a config names none. */
  static final double DEFAULT_PERCENT = 99;

  /**
   * When a batch begins. The names are those of MLPerf LoadGen (Reddi et al., MLPerf Inference
   * Benchmark, 2020, <a href="https://arxiv.org/abs/1911.02549">arXiv:1911.02549</a>, section IV)
   * where it has one.
   */
  public enum Scenario {
    /** The next batch begins when the last one is done. */
    SINGLE_STREAM,
    /** One batch for each stream at once; the next ones when all of them are done. */
    MULTI_STREAM,
    /** Everything is there from the start: as many batches as the machine can do. */
    OFFLINE,
    /** Batches arrive at random, as a Poisson process of a given rate, and may have to wait. */
    SERVER,
    /** The highest rate of {@link #SERVER} that keeps a bound on the latency. */
    SERVER_SEARCH,
    /** As {@link #SINGLE_STREAM}, with idle time after each batch. */
    PACED;

    /** Returns the name as a config writes it, such as {@code server-search}. */
    public String label() {
      return PreprocessSettings.configName(this);
    }
  }

  /** One batch after the other on every processor. */
  public static LoadSettings singleStream() {
    return new LoadSettings(
        Scenario.SINGLE_STREAM,
        Optional.of(1),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_PERCENT,
        Optional.empty(),
        Optional.empty());
  }
}
