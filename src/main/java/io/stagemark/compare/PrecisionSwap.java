package io.stagemark.compare;

import io.stagemark.result.ExampleResult;
import io.stagemark.scoring.detection.CocoAp;
import io.stagemark.scoring.detection.CocoDetection;
import io.stagemark.scoring.detection.CocoMeasure;
import io.stagemark.scoring.detection.CocoSettings;
import io.stagemark.scoring.detection.CocoTruth;
import io.stagemark.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * Average precision of both sides. It is no mean over images, so whole images are exchanged: the
 * two sides' predictions of an image are swapped at random for the p-value, images are drawn with
 * replacement for the interval. Seeded.
 */
final class PrecisionSwap {
  private static final int WORK = 100_000;
  private static final int MIN_DRAWS = 99;
  private static final int MAX_DRAWS = 999;
  private static final long SEED = 20140501;

  /** What an image has, as it is compared: made once, matched in every draw. */
  private record Both(
      List<CocoDetection> baseline, List<CocoDetection> candidate, List<CocoTruth> truths) {}

  private final List<Both> images = new ArrayList<>();
  private final CocoSettings evaluation;
  private final int draws;

  /**
   * @param measure what is compared
   * @param asked evaluation of both runs
   */
  PrecisionSwap(
      List<ExampleResult> baseline,
      List<ExampleResult> candidate,
      CocoMeasure measure,
      CocoSettings asked) {
    this.evaluation = measure.settings(asked);
    Map<String, ExampleResult> after =
        candidate.stream().collect(Collectors.toMap(ExampleResult::id, e -> e, (a, b) -> a));
    for (ExampleResult before : baseline) {
      ExampleResult other = after.get(before.id());
      if (other != null) {
        images.add(
            new Both(
                before.detections().stream().map(d -> measure.detection(d, evaluation)).toList(),
                other.detections().stream().map(d -> measure.detection(d, evaluation)).toList(),
                before.annotations().stream().map(t -> measure.truth(t, evaluation)).toList()));
      }
    }
    draws = Math.max(MIN_DRAWS, Math.min(MAX_DRAWS, WORK / Math.max(1, images.size())));
  }

  /** Returns how precision changed; more of it is better. */
  ScoreEvidence evidence(double margin, double alpha) {
    int n = images.size();
    double observed = difference(i -> false, i -> i, n);
    SplittableRandom random = new SplittableRandom(SEED);
    int asLow = 1;
    int asHigh = 1;
    double[] resampled = new double[draws];
    for (int d = 0; d < draws; d++) {
      boolean[] swapped = new boolean[n];
      int[] drawn = new int[n];
      for (int i = 0; i < n; i++) {
        swapped[i] = random.nextBoolean();
        drawn[i] = random.nextInt(n);
      }
      double exchanged = difference(i -> swapped[i], i -> i, n);
      asLow += exchanged <= observed ? 1 : 0;
      asHigh += exchanged >= observed ? 1 : 0;
      resampled[d] = difference(i -> false, i -> drawn[i], n);
    }
    Arrays.sort(resampled);
    int outside = (int) (draws * alpha / 2);
    Interval interval =
        n < 2 ? Interval.UNKNOWN : new Interval(resampled[outside], resampled[draws - 1 - outside]);
    // The exchange tests "no difference"; the margin applies to the figure itself.
    double all = draws + 1.0;
    return new ScoreEvidence(
        n,
        observed,
        interval,
        observed < -margin ? asLow / all : 1,
        observed > margin ? asHigh / all : 1);
  }

  private double difference(IntPredicate swapped, IntUnaryOperator drawn, int count) {
    CocoAp baseline = new CocoAp(evaluation);
    CocoAp candidate = new CocoAp(evaluation);
    for (int i = 0; i < count; i++) {
      Both both = images.get(drawn.applyAsInt(i));
      List<CocoDetection> first = swapped.test(i) ? both.candidate() : both.baseline();
      List<CocoDetection> second = swapped.test(i) ? both.baseline() : both.candidate();
      String id = Integer.toString(i);
      baseline.addCoco(id, first, both.truths());
      candidate.addCoco(id, second, both.truths());
    }
    return candidate.result().figures().ap() - baseline.result().figures().ap();
  }
}
