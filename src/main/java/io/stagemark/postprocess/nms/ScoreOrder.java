package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * Indices by descending score, stable: equal scores keep their order, −0 equals 0, NaN comes first
 * (PyTorch's order). A radix sort of 3 x 11 bits, insertion sort for a few; reused memory.
 */
final class ScoreOrder {
  private static final int BITS = 11;
  private static final int BUCKETS = 1 << BITS;
  private static final int INSERTION_LIMIT = 40;

  private int[] keys = new int[0];
  private int[] otherKeys = new int[0];
  private int[] order = new int[0];
  private int[] otherOrder = new int[0];
  private final int[] counts = new int[3 * BUCKETS];

  /**
   * Sorts.
   *
   * @return indices into {@code scores}, best first, in the first {@code size} entries; valid until
   *     the next call
   */
  int[] sort(float[] scores, int size) {
    loadKeys(scores, size);
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    sortLoaded(size);
    return order;
  }

  /**
   * Sorts the best only, in less time than all: {@link #order} then starts with what {@link #sort}
   * gives.
   *
   * @return how many are sorted: at least {@code atLeast}, or all
   */
  int sortBest(float[] scores, int size, int atLeast) {
    loadKeys(scores, size);
    int found = 0;
    if (atLeast < size) {
      int worst = bucketOf(atLeast, size);
      for (int i = 0; i < size; i++) {
        int key = keys[i];
        // entries at or before i alone are overwritten
        keys[found] = key;
        order[found] = i;
        found += key >>> (2 * BITS) <= worst ? 1 : 0;
      }
    } else {
      for (int i = 0; i < size; i++) {
        order[i] = i;
      }
      found = size;
    }
    sortLoaded(found);
    return found;
  }

  /** Returns the indices that the last call sorted; valid until the next call. */
  int[] order() {
    return order;
  }

  /** Returns the first bucket of the highest bits up to which there are at least so many keys. */
  private int bucketOf(int atLeast, int size) {
    Arrays.fill(counts, 0, BUCKETS, 0);
    for (int i = 0; i < size; i++) {
      counts[keys[i] >>> (2 * BITS)]++;
    }
    int bucket = 0;
    for (int sum = counts[0]; sum < atLeast; sum += counts[bucket]) {
      bucket++;
    }
    return bucket;
  }

  private void loadKeys(float[] scores, int size) {
    if (keys.length < size) {
      int capacity = Math.max(size, 2 * keys.length);
      keys = new int[capacity];
      otherKeys = new int[capacity];
      order = new int[capacity];
      otherOrder = new int[capacity];
    }
    for (int i = 0; i < size; i++) {
      keys[i] = descendingKey(scores[i]);
    }
  }

  private void sortLoaded(int size) {
    if (isInOrder(size)) {
      return;
    }
    if (size <= INSERTION_LIMIT) {
      insertionSort(size);
    } else {
      radixSort(size);
    }
  }

  /** What was sorted before, by another rule's first step, is not sorted again. */
  private boolean isInOrder(int size) {
    for (int i = 1; i < size; i++) {
      if (Integer.compareUnsigned(keys[i - 1], keys[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  /** An int that, taken as unsigned, is the smaller the better the score. */
  private static int descendingKey(float score) {
    int bits = Float.floatToIntBits(score + 0.0f);
    return ~(bits ^ ((bits >> 31) | 0x80000000));
  }

  private void insertionSort(int size) {
    for (int i = 1; i < size; i++) {
      int key = keys[i];
      int index = order[i];
      int j = i - 1;
      while (j >= 0 && Integer.compareUnsigned(keys[j], key) > 0) {
        keys[j + 1] = keys[j];
        order[j + 1] = order[j];
        j--;
      }
      keys[j + 1] = key;
      order[j + 1] = index;
    }
  }

  private void radixSort(int size) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < size; i++) {
      int key = keys[i];
      counts[key & (BUCKETS - 1)]++;
      counts[BUCKETS + ((key >>> BITS) & (BUCKETS - 1))]++;
      counts[2 * BUCKETS + (key >>> (2 * BITS))]++;
    }
    for (int pass = 0; pass < 3; pass++) {
      if (startsOf(pass, size)) {
        scatter(pass, size);
      }
    }
  }

  /** Turns counts into starts; false if all keys share a bucket, so that nothing would move. */
  private boolean startsOf(int pass, int size) {
    int start = 0;
    for (int b = pass * BUCKETS; b < (pass + 1) * BUCKETS; b++) {
      int count = counts[b];
      if (count == size) {
        return false;
      }
      counts[b] = start;
      start += count;
    }
    return true;
  }

  private void scatter(int pass, int size) {
    int shift = pass * BITS;
    int base = pass * BUCKETS;
    for (int i = 0; i < size; i++) {
      int key = keys[i];
      int at = counts[base + ((key >>> shift) & (BUCKETS - 1))]++;
      otherKeys[at] = key;
      otherOrder[at] = order[i];
    }
    int[] sortedKeys = otherKeys;
    otherKeys = keys;
    keys = sortedKeys;
    int[] sortedOrder = otherOrder;
    otherOrder = order;
    order = sortedOrder;
  }
}
