package io.stagemark.result;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.stats.Distribution;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the stages explain the total. By construction total − Σ stages − gap is 0 in every batch:
 * the gap is the clock's own readings and what the system took in between. It may be 1 % of the
 * total or 2 µs, whichever is more.
 *
 * @param gapNanos median of the gap, in nanoseconds
 * @param totalNanos median of the total, in nanoseconds
 */
public record Closure(long gapNanos, long totalNanos) {
  private static final double PART = 0.01;
  private static final long MIN_NANOS = 2000;

  /** Returns the closure of a case; empty without enough batches for a median. */
  public static Optional<Closure> of(CaseResult one) {
    OptionalLong gap = median(one, CaseResult.GAP);
    OptionalLong total = median(one, Stage.TOTAL.label());
    return gap.isPresent() && total.isPresent()
        ? Optional.of(new Closure(gap.getAsLong(), total.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong median(CaseResult one, String stage) {
    Optional<Distribution> times = one.stage(stage);
    return times.isPresent() ? times.get().quantile(50).nanos() : OptionalLong.empty();
  }

  /** Returns whether the gap is so small that the stages explain the total. */
  public boolean holds() {
    return gapNanos <= Math.max(MIN_NANOS, PART * totalNanos);
  }

  /** Returns such as {@code gap p50 0.9 µs, 0.002 % of the total}. */
  public String text() {
    return String.format(
        ROOT,
        "gap p50 %.1f µs, %.3f %% of the total%s",
        gapNanos / 1e3,
        100.0 * gapNanos / totalNanos,
        holds() ? "" : ": above 1 % and 2 µs, the stages do not explain the total");
  }
}
