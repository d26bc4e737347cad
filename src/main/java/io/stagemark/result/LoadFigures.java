package io.stagemark.result;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How load was applied, and the figures that only load has. As JSON the groups are flat.
 *
 * @param applied what was offered and what was done
 * @param times that only load has
 * @param bound what the rate had to keep; in {@code server-search}
 * @param steps what was tried on the way to the best rate or number of streams
 * @param histogram latency (service where there is none) as an HdrHistogram of nanoseconds with 3
 *     digits, V2 compressed, base64: to merge runs with; the percentiles here come from raw samples
 */
public record LoadFigures(
    @JsonUnwrapped Applied applied,
    @JsonUnwrapped QueueTimes times,
    Optional<Bound> bound,
    List<Step> steps,
    String histogram) {
  /** A rate that is not kept to this part is one that the machine cannot keep. */
  private static final double KEPT = 0.95;

  public LoadFigures {
    steps = List.copyOf(steps);
  }

  /**
   * What was offered and what was done.
   *
   * @param scenario in MLPerf LoadGen's words where it has them: {@code single-stream}, {@code
   *     multi-stream}, {@code offline}, {@code server}; also {@code server-search}, {@code paced}
   * @param streams sessions side by side, each with a thread of its own
   * @param completedPerSecond batches that were done, over wall time
   * @param offeredPerSecond batches that arrived a second; in the server scenarios
   * @param unserved arrivals that no stream had begun with when the load was given up
   * @param gapMillis idle time after each batch, in ms; in {@code paced}
   */
  public record Applied(
      String scenario,
      int streams,
      double completedPerSecond,
      Optional<Double> offeredPerSecond,
      long unserved,
      Optional<Double> gapMillis) {}

  /**
   * Times that only load has; empty in the scenarios where a batch is due when it begins.
   *
   * @param latency from when a batch was due to its result: with the wait in the queue, corrected
   *     for coordinated omission. In {@code multi-stream} of a round: one batch for each stream,
   *     until the last is done. Empty in the other scenarios, where it is the total.
   * @param queueWait from when a batch was due to its beginning
   * @param service from its beginning to its result: what a tool that does not know the schedule
   *     would report as the latency (naive)
   */
  public record QueueTimes(
      Optional<Distribution> latency,
      Optional<Distribution> queueWait,
      Optional<Distribution> service) {
    /** No such times. */
    public static final QueueTimes NONE =
        new QueueTimes(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * A bound on the latency, and the best rate that keeps it.
   *
   * @param percent of the batches that keep it
   * @param millis the bound, in ms
   * @param highestPerSecond batches a second; empty if no rate that was tried kept it
   */
  public record Bound(double percent, double millis, Optional<Double> highestPerSecond) {}

  /**
   * Something that was tried.
   *
   * @param streams sessions side by side
   * @param perSecond batches a second that arrived; in {@code offline}, that were done
   * @param latencyNanos the percentile of the bound, in nanoseconds; empty without a bound, or with
   *     unserved batches
   * @param kept whether it kept the bound; in {@code offline}, whether it is the best so far
   */
  public record Step(int streams, double perSecond, Optional<Long> latencyNanos, boolean kept) {}

  /** Returns the same with what a search found. */
  public LoadFigures with(Optional<Bound> found, List<Step> tried) {
    return new LoadFigures(applied, times, found, tried, histogram);
  }

  /** Returns the highest rate of a search that kept the bound while it was tried. */
  public Optional<Double> keptInSearch() {
    return steps.stream().filter(Step::kept).map(Step::perSecond).max(Comparator.naturalOrder());
  }

  /** Returns why these figures do not say what they should; empty if they do. */
  public List<Reason> doubts() {
    List<Reason> doubts = new ArrayList<>();
    double done = applied.completedPerSecond();
    boolean slow = applied.offeredPerSecond().filter(rate -> done < KEPT * rate).isPresent();
    boolean broken = bound.filter(b -> b.highestPerSecond().isEmpty()).isPresent();
    if ((applied.unserved() > 0 || slow) && !broken) {
      doubts.add(
          new Reason(
              Code.OVERLOADED,
              String.format(
                  ROOT,
                  "%.4g batches a second were done of %.4g that arrived, %d were never begun: the"
                      + " queue grew",
                  done,
                  applied.offeredPerSecond().orElse(0.0),
                  applied.unserved()),
              "lower measure.rate, or add streams"));
    }
    if (broken) {
      doubts.add(
          keptInSearch()
              .map(
                  rate ->
                      new Reason(
                          Code.OVERLOADED,
                          String.format(
                              ROOT,
                              "%.4g batches a second kept the latency bound in the search, but"
                                  + " neither that nor a little less did when measured",
                              rate),
                          "a quieter machine (./stagemark doctor), or more measure.minSeconds"))
              .orElseGet(
                  () ->
                      new Reason(
                          Code.OVERLOADED,
                          "no rate that was tried kept the latency bound",
                          "raise measure.latencyBoundMs, or add streams")));
    }
    return doubts;
  }
}
