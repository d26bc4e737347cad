package io.stagemark.stats;

import java.util.Arrays;

/**
 * Sums of distances between a value and those of a growing set, each in log n: a Fenwick tree over
 * the ranks, of how many values are in the set and what they add up to. Source: Fenwick, A new data
 * structure for cumulative frequency tables (1994).
 */
final class RankedSums {
  private final double[] values;
  private final int[] rank; // from 1; equal values have one rank
  private final double[] tree; // at 2r a count, at 2r + 1 a sum: both are read together
  private final double[] allDistances;
  private double count;
  private double sum;

  /**
   * @param values finite; the set is empty at first
   */
  RankedSums(double[] values) {
    int n = values.length;
    double centre = n == 0 ? 0 : values[n / 2]; // distances do not change, and sums stay small
    this.values = Arrays.stream(values).map(v -> v - centre).toArray();
    double[] sorted = this.values.clone();
    Arrays.sort(sorted);
    rank = new int[n];
    tree = new double[2 * (n + 1)];
    allDistances = new double[n];
    double[] below = new double[n + 1]; // sums of the smallest
    for (int i = 0; i < n; i++) {
      below[i + 1] = below[i] + sorted[i];
    }
    for (int i = 0; i < n; i++) {
      double value = this.values[i];
      // Of equal values the search may find any, but always the same one.
      int smaller = Arrays.binarySearch(sorted, value) + 1;
      rank[i] = smaller;
      allDistances[i] =
          value * smaller - below[smaller] + (below[n] - below[smaller]) - value * (n - smaller);
    }
  }

  /** Returns the sum of the distances of all pairs of values. */
  double pairs() {
    return Arrays.stream(allDistances).sum() / 2;
  }

  /** Returns the sum of a value's distances to all values. */
  double allDistances(int index) {
    return allDistances[index];
  }

  /** Returns the sum of a value's distances to those in the set. */
  double distances(int index) {
    double smaller = 0;
    double sumOfSmaller = 0;
    for (int r = rank[index]; r > 0; r -= r & -r) {
      smaller += tree[2 * r];
      sumOfSmaller += tree[2 * r + 1];
    }
    double value = values[index];
    return value * smaller - sumOfSmaller + (sum - sumOfSmaller) - value * (count - smaller);
  }

  /** Empties the set. */
  void clear() {
    Arrays.fill(tree, 0);
    count = 0;
    sum = 0;
  }

  /** Puts a value into the set. */
  void add(int index) {
    for (int r = rank[index]; 2 * r < tree.length; r += r & -r) {
      tree[2 * r]++;
      tree[2 * r + 1] += values[index];
    }
    count++;
    sum += values[index];
  }
}
