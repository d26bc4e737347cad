package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Shapes;

/**
 * The pairs of query and key that a causal mask, a sliding window and the lengths of the sequences
 * leave: query i has the position i + offset among the keys, and sees those from position − left to
 * position + right.
 *
 * @param queries Sq
 * @param keys Skv, past included
 * @param left keys before its own position that a query sees; negative: all
 * @param right keys after its own position that a query sees, 0 where it is causal; negative: all
 */
record VisiblePairs(long queries, long keys, long left, long right) {

  /**
   * Returns the pairs of one sequence.
   *
   * @param offset position of the first query: the length of the past
   * @param length keys that are no padding
   */
  long count(long offset, long length) {
    long most = Math.max(0, Math.min(length, keys));
    long upTo =
        right < 0 ? Shapes.multiply(queries, most) : sum(Shapes.add(offset, right, 1), most);
    long before = left < 0 ? 0 : sum(Math.subtractExact(offset, left), most);
    return Math.max(0, upTo - before);
  }

  /** Returns whether a query of such a sequence sees a key. */
  boolean sees(long query, long key, long offset, long length) {
    long position = query + offset;
    return key < length
        && (right < 0 || key <= position + right)
        && (left < 0 || key >= position - left);
  }

  /** Returns Σ over i in [0, queries) of i + shift, each held within [0, most]. */
  private long sum(long shift, long most) {
    long first = Math.max(0, Math.min(queries, -shift)); // before it every term is 0
    long full = Math.max(first, Math.min(queries, most - shift)); // from it on every term is most
    long twice = Shapes.multiply(full - first, Shapes.add(2 * shift, first, full, -1));
    return Shapes.add(twice / 2, Shapes.multiply(queries - full, most));
  }
}
