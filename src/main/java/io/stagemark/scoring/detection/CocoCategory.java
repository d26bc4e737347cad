package io.stagemark.scoring.detection;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Everything matched so far in one category: 28 bytes a detection, so that a data set's boxes need
 * not be kept.
 */
final class CocoCategory {
  private final CocoRules rules;
  private final int[] truths = new int[CocoRules.AREAS];
  private int size;
  private double[] scores = new double[16];
  private long[] truePositive = new long[16];
  private long[] falsePositive = new long[16];
  private int[] image = new int[16];

  CocoCategory(CocoRules rules) {
    this.rules = rules;
  }

  /** Appends the detections of one image, surest first. */
  void add(int imageOrdinal, CocoMatcher matches) {
    for (int area = 0; area < CocoRules.AREAS; area++) {
      truths[area] += matches.countedTruths(area);
    }
    reserve(size + matches.size());
    for (int d = 0; d < matches.size(); d++, size++) {
      scores[size] = matches.score(d);
      truePositive[size] = matches.truePositive(d);
      falsePositive[size] = matches.falsePositive(d);
      image[size] = imageOrdinal;
    }
  }

  private void reserve(int needed) {
    if (needed > scores.length) {
      int capacity = Math.max(needed, 2 * scores.length);
      scores = Arrays.copyOf(scores, capacity);
      truePositive = Arrays.copyOf(truePositive, capacity);
      falsePositive = Arrays.copyOf(falsePositive, capacity);
      image = Arrays.copyOf(image, capacity);
    }
  }

  /** Returns the number of objects that should be found in an area range. */
  int truths(int area) {
    return truths[area];
  }

  /**
   * Computes precision and recall: pycocotools' {@code accumulate}.
   *
   * @param position the place of each image ordinal in the order of image ids, which settles equal
   *     scores
   */
  CocoCurves curves(int[] position) {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(
                (a, b) -> {
                  int byScore = CocoMatcher.descending(scores[a], scores[b]);
                  int byImage = Integer.compare(position[image[a]], position[image[b]]);
                  return byScore != 0 ? byScore : byImage != 0 ? byImage : Integer.compare(a, b);
                })
            .mapToInt(Integer::intValue)
            .toArray();
    int[] rank = ranks();
    CocoCurves curves = new CocoCurves(rules);
    for (int area = 0; area < CocoRules.AREAS; area++) {
      if (truths[area] == 0) {
        continue;
      }
      for (int t = 0; t < rules.thresholds(); t++) {
        trace(curves, area, t, order);
      }
    }
    if (truths[0] > 0) {
      for (int t = 0; t < rules.thresholds(); t++) {
        for (int m = 0; m < 2; m++) {
          int most = rules.settings().maxDetections().get(m);
          curves.setRecallOfFirst(m, t, found(rank, most, t));
        }
      }
    }
    return curves;
  }

  /** Returns the place of each detection within its image, from 0. */
  private int[] ranks() {
    int[] rank = new int[size];
    for (int i = 1; i < size; i++) {
      rank[i] = image[i] == image[i - 1] ? rank[i - 1] + 1 : 0;
    }
    return rank;
  }

  private double found(int[] rank, int most, int threshold) {
    int found = 0;
    for (int i = 0; i < size; i++) {
      if (rank[i] < most && (truePositive[i] & rules.bit(0, threshold)) != 0) {
        found++;
      }
    }
    return (double) found / truths[0];
  }

  private void trace(CocoCurves curves, int area, int threshold, int[] order) {
    long bit = rules.bit(area, threshold);
    double[] recall = new double[size];
    double[] precision = new double[size];
    int hits = 0;
    int misses = 0;
    for (int i = 0; i < size; i++) {
      hits += (truePositive[order[i]] & bit) != 0 ? 1 : 0;
      misses += (falsePositive[order[i]] & bit) != 0 ? 1 : 0;
      recall[i] = (double) hits / truths[area];
      precision[i] = hits / ((double) misses + hits + Math.ulp(1.0));
    }
    for (int i = size - 1; i > 0; i--) {
      precision[i - 1] = Math.max(precision[i - 1], precision[i]);
    }
    curves.setRecall(area, threshold, size == 0 ? 0 : recall[size - 1]);
    int i = 0;
    for (int r = 0; r < CocoRules.RECALLS; r++) {
      while (i < size && recall[i] < CocoRules.recall(r)) {
        i++;
      }
      curves.setPrecision(area, threshold, r, i < size ? precision[i] : 0);
    }
  }
}
