package io.stagemark.result;

import java.util.List;

/**
 * Time by operator, from one profiled pass that no latency comes from, under the machine's measured
 * ceilings (Williams, Waterman and Patterson 2009, Roofline, CACM 52(4)).
 *
 * @param engine whose operators these are
 * @param threads of the pass and of both ceilings
 * @param peaks by arithmetic, the best rate of matrix products through the same engine
 * @param bandwidth of a triad through memory, bytes a second
 * @param model all operators together
 * @param heaviest the ten operators that take longest, longest first
 * @param kinds by kind of operator, longest first
 * @param warnings what makes a figure doubtful
 */
public record OperatorTimes(
    String engine,
    int threads,
    List<Ceiling> peaks,
    Ceiling bandwidth,
    RooflinePoint model,
    List<RooflinePoint> heaviest,
    List<RooflinePoint> kinds,
    List<String> warnings) {
  public OperatorTimes {
    peaks = List.copyOf(peaks);
    heaviest = List.copyOf(heaviest);
    kinds = List.copyOf(kinds);
    warnings = List.copyOf(warnings);
  }

  /** Returns whether integer operations are among those that are counted. */
  public boolean hasIntegers() {
    return isInteger(model.type())
        || heaviest.stream().anyMatch(point -> isInteger(point.type()))
        || kinds.stream().anyMatch(point -> isInteger(point.type()));
  }

  /** Returns whether a type is one of integers, such as {@code int8}. */
  public static boolean isInteger(String type) {
    return type.contains("int");
  }

  /**
   * A measured rate.
   *
   * @param of {@code float32}, {@code int8}, …; {@code memory} for the bandwidth
   * @param median FLOPs or bytes a second
   * @param spread interquartile range over median, a ratio
   * @param samples how many measurements
   * @param at what reached it, such as {@code 512x512x512}, or how large the arrays were
   */
  public record Ceiling(String of, double median, double spread, int samples, String at) {}

  /**
   * One operator, or several together.
   *
   * @param name the operator's name in the graph, or the group's
   * @param operator its kind
   * @param type what it is computed in, such as {@code float32}
   * @param seconds median over the runs of the pass, of a batch
   * @param flopsTotal of a batch; integer MACs count 2 alike
   * @param bytesMoved of a batch
   * @param flopsPerSecond achieved
   * @param attainableFlopsPerSecond under the ceilings; 0 where nothing is computed, or no ceiling
   *     of this type was measured
   * @param fraction achieved over attainable; above 1 carries a warning; 0 where there is no
   *     attainable
   */
  public record RooflinePoint(
      String name,
      String operator,
      String type,
      double seconds,
      long flopsTotal,
      long bytesMoved,
      double flopsPerSecond,
      double attainableFlopsPerSecond,
      double fraction) {}
}
