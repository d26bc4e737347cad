package io.stagemark.stats;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.stats.SteadyState.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Error rates of the steady-state verdict on seeded series whose truth is known. */
final class SteadyStateRatesTest {
  private static final int SERIES = 100;
  private static final int COUNT = 300;

  /** Series on one level, which the verdict must not call unsteady. */
  private static Map<String, Function<SyntheticSeries, long[]>> steady() {
    Map<String, Function<SyntheticSeries, long[]>> kinds = new LinkedHashMap<>();
    kinds.put("noise 1 %", s -> s.noisy(COUNT, 0.01, i -> 40));
    kinds.put("noise 5 %", s -> s.noisy(COUNT, 0.05, i -> 40));
    kinds.put("noise 20 %", s -> s.noisy(COUNT, 0.20, i -> 40));
    kinds.put("noise 5 %, 24 batches", s -> s.noisy(24, 0.05, i -> 40));
    kinds.put("noise 5 %, 5,000 batches", s -> s.noisy(5_000, 0.05, i -> 40));
    kinds.put("noise 5 %, neighbours 0.5", s -> s.autocorrelated(COUNT, 0.05, 0.5));
    kinds.put("heavy tail, alpha 1.2", s -> s.heavyTailed(COUNT, 1.2));
    kinds.put("two modes at random", s -> s.bimodal(COUNT));
    kinds.put("cycle of 6, ±30 %", s -> s.noisy(COUNT, 0.03, i -> 40 + 12 * Math.sin(i)));
    kinds.put("drift of 3 %", s -> s.noisy(COUNT, 0.03, i -> 40 * (1 + 0.03 * i / COUNT)));
    kinds.put("burst over 5 %", s -> s.noisy(COUNT, 0.03, i -> i >= 150 && i < 165 ? 60.0 : 40.0));
    return kinds;
  }

  /** Series that the verdict must call unsteady. */
  private static Map<String, Function<SyntheticSeries, long[]>> unsteady() {
    Map<String, Function<SyntheticSeries, long[]>> kinds = new LinkedHashMap<>();
    kinds.put(
        "decay to a third, over 60", s -> s.noisy(COUNT, 0.05, i -> 40 + 80 * Math.exp(-i / 60.0)));
    kinds.put("step of 10 %, noise 3 %", s -> s.noisy(COUNT, 0.03, i -> i < 150 ? 44.0 : 40.0));
    kinds.put("step of 10 %, noise 10 %", s -> s.noisy(COUNT, 0.10, i -> i < 150 ? 44.0 : 40.0));
    kinds.put("step of 20 % at one fifth", s -> s.noisy(COUNT, 0.05, i -> i < 60 ? 48.0 : 40.0));
    kinds.put("step of 30 %, 24 batches", s -> s.noisy(24, 0.05, i -> i < 12 ? 52.0 : 40.0));
    kinds.put(
        "step of 10 %, 5,000 batches", s -> s.noisy(5_000, 0.2, i -> i < 2_000 ? 44.0 : 40.0));
    kinds.put("slow-down of 15 % at the end", s -> s.noisy(COUNT, 0.05, i -> i < 200 ? 40 : 46.0));
    kinds.put("drift of 20 %", s -> s.noisy(COUNT, 0.05, i -> 40 * (1 + 0.2 * i / COUNT)));
    kinds.put(
        "cycle of 100, ±20 %", s -> s.noisy(COUNT, 0.05, i -> 40 * (i / 50 % 2 == 0 ? 0.8 : 1.2)));
    return kinds;
  }

  /**
   * A level that wanders by more than the tolerance for tens of batches: neither answer is wrong.
   */
  private static Map<String, Function<SyntheticSeries, long[]>> wandering() {
    Map<String, Function<SyntheticSeries, long[]>> kinds = new LinkedHashMap<>();
    kinds.put("noise 5 %, neighbours 0.8", s -> s.autocorrelated(COUNT, 0.05, 0.8));
    kinds.put("noise 5 %, neighbours 0.95", s -> s.autocorrelated(COUNT, 0.05, 0.95));
    return kinds;
  }

  @Test
  void of_seriesOfKnownTruth_errsRarely() {
    StringBuilder table = new StringBuilder("kind  called unsteady\n");
    Map<String, Double> falseAlarms = rates(steady(), table);
    Map<String, Double> detections = rates(unsteady(), table);
    rates(wandering(), table);
    System.out.println(table);
    assertThat(falseAlarms.values()).as(table.toString()).allMatch(rate -> rate <= 0.02);
    assertThat(detections.values()).as(table.toString()).allMatch(rate -> rate >= 0.95);
  }

  private static Map<String, Double> rates(
      Map<String, Function<SyntheticSeries, long[]>> kinds, StringBuilder table) {
    Map<String, Double> rates = new LinkedHashMap<>();
    kinds.forEach(
        (kind, maker) -> {
          int unsteady = 0;
          for (int seed = 0; seed < SERIES; seed++) {
            long[] nanos = maker.apply(new SyntheticSeries(seed));
            if (SteadyState.of(nanos, new int[nanos.length]).verdict() == Verdict.NOT_STEADY) {
              unsteady++;
            }
          }
          rates.put(kind, unsteady / (double) SERIES);
          table.append(String.format(ROOT, "%-32s %5.1f %%%n", kind, 100.0 * unsteady / SERIES));
        });
    return rates;
  }
}
