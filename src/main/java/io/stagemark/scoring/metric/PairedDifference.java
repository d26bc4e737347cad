package io.stagemark.scoring.metric;

import io.stagemark.scoring.kernel.CompensatedSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How a score changed between two cases on the same examples: a quantised model against the
 * original, one engine against another. Pairing by example takes the spread between examples out.
 *
 * @param count examples that both cases scored with a finite difference
 * @param unpaired examples that one case alone scored, or whose difference is not finite
 * @param mean mean of candidate − baseline; NaN of nothing
 * @param low lower end of the 95 % interval of the mean; NaN below two examples
 * @param high upper end
 * @param up examples whose score rose
 * @param down examples whose score fell
 * @param largest differences by falling size, all of them
 */
public record PairedDifference(
    int count,
    int unpaired,
    double mean,
    double low,
    double high,
    int up,
    int down,
    List<Change> largest) {
  private static final int RESAMPLES = 2000;
  private static final long SEED = 20180101;

  public PairedDifference {
    largest = List.copyOf(largest);
  }

  /**
   * One example.
   *
   * @param exampleId the data set's id
   * @param difference candidate − baseline
   */
  public record Change(String exampleId, double difference) {}

  /**
   * Compares two cases. The interval is the percentile bootstrap of the mean (Efron and Tibshirani,
   * An Introduction to the Bootstrap, 1993, chapter 13) with 2000 resamples and a fixed seed: the
   * same input gives the same interval.
   *
   * @param baseline score by example id
   * @param candidate score by example id
   */
  public static PairedDifference of(Map<String, Double> baseline, Map<String, Double> candidate) {
    List<Change> changes = new ArrayList<>();
    baseline.forEach(
        (id, before) -> {
          Double after = candidate.get(id);
          if (after != null && Double.isFinite(after - before)) {
            changes.add(new Change(id, after - before));
          }
        });
    // sorted by id first, so that the order of the maps does not reach the resampling
    changes.sort(Comparator.comparing(Change::exampleId));
    double[] differences = changes.stream().mapToDouble(Change::difference).toArray();
    changes.sort(Comparator.comparingDouble((Change c) -> -Math.abs(c.difference())));
    long onlyCandidate =
        candidate.keySet().stream().filter(id -> !baseline.containsKey(id)).count();
    double[] means = resampledMeans(differences);
    return new PairedDifference(
        differences.length,
        (int) (baseline.size() - differences.length + onlyCandidate),
        mean(differences),
        means.length == 0 ? Double.NaN : means[RESAMPLES / 40 - 1],
        means.length == 0 ? Double.NaN : means[RESAMPLES - RESAMPLES / 40],
        (int) Arrays.stream(differences).filter(d -> d > 0).count(),
        (int) Arrays.stream(differences).filter(d -> d < 0).count(),
        changes);
  }

  private static double mean(double[] values) {
    CompensatedSum sum = new CompensatedSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum.value() / values.length;
  }

  private static double[] resampledMeans(double[] differences) {
    if (differences.length < 2) {
      return new double[0];
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[RESAMPLES];
    double[] resample = new double[differences.length];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < resample.length; i++) {
        resample[i] = differences[random.nextInt(differences.length)];
      }
      means[r] = mean(resample);
    }
    Arrays.sort(means);
    return means;
  }
}
