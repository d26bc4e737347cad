package io.stagemark.postprocess.nms;

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
    if (keys.length < size) {
      int capacity = Math.max(size, 2 * keys.length);
      keys = new int[capacity];
      otherKeys = new int[capacity];
      order = new int[capacity];
      otherOrder = new int[capacity];
    }
    for (int i = 0; i < size; i++) {
      keys[i] = descendingKey(scores[i]);
      order[i] = i;
    }
    if (size <= INSERTION_LIMIT) {
      insertionSort(size);
    } else {
      radixSort(size);
    }
    return order;
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
    java.util.Arrays.fill(counts, 0);
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
