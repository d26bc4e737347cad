package io.stagemark.scoring.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

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

  /** Writes column after column: equal neighbours are what a compressor finds. */
  void write(DataOutput out) throws IOException {
    for (int area = 0; area < CocoRules.AREAS; area++) {
      out.writeInt(truths[area]);
    }
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeDouble(scores[i]);
    }
    for (int i = 0; i < size; i++) {
      out.writeLong(truePositive[i]);
    }
    for (int i = 0; i < size; i++) {
      out.writeLong(falsePositive[i]);
    }
    for (int i = 0; i < size; i++) {
      out.writeInt(image[i]);
    }
  }

  /**
   * Adds what another one has written.
   *
   * @param firstImage ordinal of its first image here
   * @param images how many it has
   */
  void add(DataInput in, int firstImage, int images) throws IOException {
    for (int area = 0; area < CocoRules.AREAS; area++) {
      truths[area] = Math.addExact(truths[area], in.readInt());
    }
    int more = in.readInt();
    if (more < 0 || more > Integer.MAX_VALUE - size) {
      throw new IOException("%d and %d detections of a category".formatted(size, more));
    }
    reserve(size + more);
    for (int i = size; i < size + more; i++) {
      scores[i] = in.readDouble();
    }
    for (int i = size; i < size + more; i++) {
      truePositive[i] = in.readLong();
    }
    for (int i = size; i < size + more; i++) {
      falsePositive[i] = in.readLong();
    }
    for (int i = size; i < size + more; i++) {
      int ordinal = in.readInt();
      if (ordinal < 0 || ordinal >= images) {
        throw new IOException("a detection in image %d of %d".formatted(ordinal, images));
      }
      image[i] = firstImage + ordinal;
    }
    size += more;
  }

  private void reserve(int needed) {
    if (needed > scores.length) {
      int capacity = Math.max(needed, scores.length + scores.length / 2);
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
    Sorted sorted = new Sorted(order(position));
    int[] rank = ranks();
    CocoCurves curves = new CocoCurves(rules);
    for (int area = 0; area < CocoRules.AREAS; area++) {
      if (truths[area] == 0) {
        continue;
      }
      for (int t = 0; t < rules.thresholds(); t++) {
        trace(curves, area, t, sorted);
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

  /** Returns the detections surest first: a merge sort of indices, without an object for each. */
  private int[] order(int[] position) {
    int[] from = new int[size];
    for (int i = 0; i < size; i++) {
      from[i] = i;
    }
    int[] to = new int[size];
    for (long run = 1; run < size; run *= 2) {
      for (long start = 0; start < size; start += 2 * run) {
        int middle = (int) Math.min(size, start + run);
        int end = (int) Math.min(size, start + 2 * run);
        merge(from, to, new int[] {(int) start, middle, end}, position);
      }
      int[] sorted = to;
      to = from;
      from = sorted;
    }
    return from;
  }

  private void merge(int[] from, int[] to, int[] bounds, int[] position) {
    int left = bounds[0];
    int right = bounds[1];
    for (int i = bounds[0]; i < bounds[2]; i++) {
      boolean takesLeft =
          left < bounds[1] && (right >= bounds[2] || !isAfter(from[left], from[right], position));
      to[i] = takesLeft ? from[left++] : from[right++];
    }
  }

  /** Whether a detection comes after another one, which is later in the array. */
  private boolean isAfter(int a, int b, int[] position) {
    int byScore = CocoMatcher.descending(scores[a], scores[b]);
    return byScore != 0 ? byScore > 0 : position[image[a]] > position[image[b]];
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

  /** The matches surest first, and room for a curve: millions of them are gone through 40 times. */
  private final class Sorted {
    private final long[] truePositive = new long[size];
    private final long[] falsePositive = new long[size];
    private final double[] recall = new double[size];
    private final double[] precision = new double[size];

    Sorted(int[] order) {
      for (int i = 0; i < size; i++) {
        truePositive[i] = CocoCategory.this.truePositive[order[i]];
        falsePositive[i] = CocoCategory.this.falsePositive[order[i]];
      }
    }
  }

  private void trace(CocoCurves curves, int area, int threshold, Sorted sorted) {
    long bit = rules.bit(area, threshold);
    double[] recall = sorted.recall;
    double[] precision = sorted.precision;
    int hits = 0;
    int misses = 0;
    for (int i = 0; i < size; i++) {
      hits += (sorted.truePositive[i] & bit) != 0 ? 1 : 0;
      misses += (sorted.falsePositive[i] & bit) != 0 ? 1 : 0;
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
