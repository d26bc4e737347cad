package io.stagemark.stats;

import io.stagemark.stats.ChangePoints.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a series of times keeps one level, after Barrett et al. 2017, "Virtual machine warmup
 * blows hot and cold" (doi:10.1145/3133876): {@link ChangePoints} cut the logarithms, and segments
 * whose levels are within {@link #TOLERANCE} of each other are one level.
 *
 * @param verdict whether one level holds {@link #SHARE} of the series, or what else it does
 * @param share of the series on the level that most of it is on, in [0, 1]; 0 for too few
 * @param settledFrom index of the first sample from which on {@link #SHARE} of what follows is on
 *     the level of the end; 0 for a series on one level
 * @param worstShift largest distance of a segment from the common level, as a ratio: 0.3 is 30 %
 *     slower, −0.2 is 20 % faster
 * @param changes index of the first sample of each segment after the first
 */
public record SteadyState(
    Verdict verdict, double share, int settledFrom, double worstShift, List<Integer> changes) {
  /** Levels closer than this ratio are one: 5 %. */
  public static final double TOLERANCE = 0.05;

  /** The part of a series that has to be on one level: a burst from elsewhere may take the rest. */
  public static final double SHARE = 0.9;

  /** How far a series may wander from its common level: 25 %. */
  public static final double WANDER = 0.25;

  /** With fewer samples there is no verdict. */
  public static final int MIN_SAMPLES = 16;

  private static final int MAX_POINTS = 512;

  /** Changes below half a percent are no changes, however quiet the series. */
  private static final double MIN_NOISE = 0.005;

  public SteadyState {
    changes = List.copyOf(changes);
  }

  /** What a series shows. */
  public enum Verdict {
    /** One level. */
    STEADY,
    /**
     * More than one level, back and forth: each third of the series has the median of the others
     * within {@link #TOLERANCE}, and no stretch is further away than {@link #WANDER}. Noise of the
     * machine does this; a program that warms up does not.
     */
    WANDERS,
    /** More than one level, and it moved from one to another, or far away. */
    NOT_STEADY,
    /** Too few samples to judge. */
    TOO_FEW
  }

  /**
   * Judges a series.
   *
   * @param nanos in the order of measurement; not modified
   * @param group of each sample: samples of different groups may differ by nature, such as batches
   *     of different examples, and are compared with the median of their group
   */
  public static SteadyState of(long[] nanos, int[] group) {
    if (nanos.length != group.length) {
      throw new IllegalArgumentException(
          "a group for each sample: " + nanos.length + " samples, " + group.length + " groups");
    }
    if (nanos.length < MIN_SAMPLES) {
      return new SteadyState(Verdict.TOO_FEW, 0, 0, 0, List.of());
    }
    int perPoint = (nanos.length + MAX_POINTS - 1) / MAX_POINTS;
    double[] points = thinned(withoutGroups(nanos, group), perPoint);
    List<Segment> segments =
        ChangePoints.segments(points, Math.max(MIN_NOISE, Robust.noise(points)));
    Segment common = segments.get(0);
    for (Segment each : segments) {
      common = lengthOnLevel(segments, each) > lengthOnLevel(segments, common) ? each : common;
    }
    double share = lengthOnLevel(segments, common) / (double) points.length;
    double worst = 0;
    for (Segment each : segments) {
      double shift = Math.expm1(each.level() - common.level());
      worst = Math.abs(shift) > Math.abs(worst) ? shift : worst;
    }
    return new SteadyState(
        share >= SHARE
            ? Verdict.STEADY
            : Math.abs(worst) <= WANDER && thirdsAgree(points)
                ? Verdict.WANDERS
                : Verdict.NOT_STEADY,
        share,
        Math.min(nanos.length, settledFrom(segments) * perPoint),
        worst,
        segments.stream().skip(1).map(each -> each.from() * perPoint).toList());
  }

  private static boolean thirdsAgree(double[] points) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int third = 0; third < 3; third++) {
      int from = third * points.length / 3;
      int to = (third + 1) * points.length / 3;
      double median = Median.of(Arrays.copyOfRange(points, from, to));
      least = Math.min(least, median);
      most = Math.max(most, median);
    }
    return most - least <= Math.log1p(TOLERANCE);
  }

  private static boolean sameLevel(Segment a, Segment b) {
    return Math.abs(a.level() - b.level()) <= Math.log1p(TOLERANCE);
  }

  private static int lengthOnLevel(List<Segment> segments, Segment level) {
    return segments.stream().filter(s -> sameLevel(s, level)).mapToInt(Segment::length).sum();
  }

  private static int settledFrom(List<Segment> segments) {
    Segment last = segments.get(segments.size() - 1);
    int settled = last.from();
    int same = 0;
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment each = segments.get(i);
      if (sameLevel(each, last)) {
        same += each.length();
        if (same >= SHARE * (last.to() - each.from())) {
          settled = each.from();
        }
      }
    }
    return settled;
  }

  /**
   * Returns logarithms less what is a group's own: the median distance of its samples from the
   * median of their rotation (as many neighbours as there are groups), which a change of level
   * shifts with them. Groups of fewer than three samples on average are left as they are.
   */
  private static double[] withoutGroups(long[] nanos, int[] group) {
    double[] logs =
        Arrays.stream(nanos).mapToDouble(n -> Math.log((double) Math.max(1, n))).toArray();
    int groups = (int) Arrays.stream(group).distinct().count();
    if (groups == 1 || groups > logs.length / 3) {
      return logs;
    }
    Map<Integer, List<Double>> distances = new HashMap<>();
    for (int from = 0; from < logs.length; from += groups) {
      int to = Math.min(logs.length, from + groups);
      double centre = Median.of(Arrays.copyOfRange(logs, from, to));
      for (int i = from; i < to && to - from == groups; i++) {
        distances.computeIfAbsent(group[i], g -> new ArrayList<>()).add(logs[i] - centre);
      }
    }
    Map<Integer, Double> own = new HashMap<>();
    distances.forEach(
        (g, all) -> own.put(g, Median.of(all.stream().mapToDouble(d -> d).toArray())));
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= own.getOrDefault(group[i], 0.0);
    }
    return logs;
  }

  private static double[] thinned(double[] values, int perPoint) {
    if (perPoint == 1) {
      return values;
    }
    double[] points = new double[values.length / perPoint];
    for (int p = 0; p < points.length; p++) {
      points[p] = Arrays.stream(values, p * perPoint, (p + 1) * perPoint).average().orElseThrow();
    }
    return points;
  }
}
