package io.stagemark.engine.programmable;

import io.stagemark.engine.EngineSettings;
import java.util.Locale;

/**
 * How long each forward takes, by its number: the same for everyone who asks.
 *
 * @param shape of the distribution
 * @param baseNanos its scale, in nanoseconds
 * @param seed of the random shapes
 */
public record LatencyPattern(Shape shape, long baseNanos, long seed) {
  private static final double SLOW_PART = 0.2;
  private static final double SLOW_FACTOR = 3;
  private static final double SIGMA = 0.25;
  private static final double ALPHA = 3;
  private static final double DRIFT = 1e-4;

  /** Shapes with quantiles that can be written down; b is the base. */
  public enum Shape {
    /** b. */
    CONSTANT,
    /** b in four of five forwards, 3 b in the fifth. */
    BIMODAL,
    /** b · exp(z / 4) of normal z: median b, p99 1.79 b. */
    LOGNORMAL,
    /** b · (1 − u)^(−1/3) of uniform u: p50 1.26 b, p99 4.64 b, p99.9 10 b. */
    PARETO,
    /** b · (1 + i / 10000) for forward i: it never settles. */
    DRIFTING;

    /** Returns the name as a config writes it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static LatencyPattern of(EngineSettings settings) {
    return new LatencyPattern(
        Shape.valueOf(settings.option("distribution").toUpperCase(Locale.ROOT)),
        Long.parseLong(settings.option("micros")) * 1000,
        Long.parseLong(settings.option("seed")));
  }

  /**
   * Returns what a forward takes, in nanoseconds; allocates nothing.
   *
   * @param forward its number in its session, from 0
   */
  public long nanos(long forward) {
    double factor =
        switch (shape) {
          case CONSTANT -> 1;
          case BIMODAL -> uniform(2 * forward) < 1 - SLOW_PART ? 1 : SLOW_FACTOR;
          case LOGNORMAL -> Math.exp(SIGMA * normal(forward));
          case PARETO -> Math.pow(1 - uniform(2 * forward), -1 / ALPHA);
          case DRIFTING -> 1 + DRIFT * forward;
        };
    return Math.round(baseNanos * factor);
  }

  /** Box and Muller's (1958), of two draws. */
  private double normal(long forward) {
    double radius = Math.sqrt(-2 * Math.log1p(-uniform(2 * forward)));
    return radius * Math.cos(2 * Math.PI * uniform(2 * forward + 1));
  }

  /** A number in [0, 1) by SplitMix64 (Steele, Lea and Flood, 2014) of seed and place. */
  private double uniform(long place) {
    long z = (seed + 1) * 0x9e3779b97f4a7c15L + place * 0xd1342543de82ef95L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    z ^= z >>> 31;
    return (z >>> 11) * 0x1.0p-53;
  }
}
