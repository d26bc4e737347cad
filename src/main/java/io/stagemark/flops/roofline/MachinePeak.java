package io.stagemark.flops.roofline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ceilings of a roofline, all measured.
 *
 * @param flops by element type ({@code float32}, {@code int8}, …), the best rate of matrix products
 *     through the same engine, in FLOPs a second; a type that the engine has no product of is
 *     absent
 * @param bandwidth of a triad through memory, in bytes a second
 * @param threads that all used
 */
public record MachinePeak(Map<String, Rate> flops, Rate bandwidth, int threads) {
  public MachinePeak {
    flops = Collections.unmodifiableMap(new LinkedHashMap<>(flops));
  }

  /**
   * Returns the most FLOPs a second that {@code intensity} FLOPs a byte allows.
   *
   * @return empty if no peak of that type was measured
   */
  public Optional<Double> attainable(String type, double intensity) {
    return Optional.ofNullable(flops.get(type))
        .map(rate -> Math.min(rate.median(), intensity * bandwidth.median()));
  }

  /** Returns whether memory, and not arithmetic of that type, is the ceiling there. */
  public boolean memoryBound(String type, double intensity) {
    Rate rate = flops.get(type);
    return rate != null && intensity * bandwidth.median() < rate.median();
  }
}
