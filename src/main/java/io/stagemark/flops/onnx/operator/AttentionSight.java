package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Shapes;
import org.jspecify.annotations.Nullable;

/**
 * What the queries of an attention see.
 *
 * @param pairs of query and key, of all sequences and query heads, without those that are masked
 * @param note what a reader of {@code validMacs} must know; empty if nothing
 */
record AttentionSight(long pairs, String note) {
  static final String MASK_IS_DATA = "the mask is data: validMacs as if it hid nothing";
  static final String LENGTHS_ARE_DATA = "the lengths are data: validMacs as if all were full";

  private static final String MASKED = "validMacs without what is masked";
  private static final int MASK = 3;
  private static final int PAST = 4;
  private static final int LENGTHS = 6;

  /**
   * Sequences of equal length.
   *
   * @param offset position of the first query among the keys
   */
  static AttentionSight equal(AttentionExtents e, VisiblePairs visible, long offset) {
    long pairs = Shapes.multiply(e.batch(), e.heads(), visible.count(offset, e.keys()));
    return new AttentionSight(pairs, pairs < Shapes.multiply(e.rows(), e.keys()) ? MASKED : "");
  }

  /**
   * Attention of ai.onnx: query i has the position i behind the past or, where the lengths of the
   * sequences are given, i + length − Sq.
   */
  static AttentionSight standard(Call call, AttentionExtents e) {
    Node node = call.node();
    long right = node.flag("is_causal", false) ? 0 : node.integer("right_window_size", -1);
    VisiblePairs visible =
        new VisiblePairs(
            e.queries(), AttentionMask.keys(call, e), node.integer("left_window_size", -1), right);
    @Nullable Numbers lengths = call.has(LENGTHS) ? call.in(LENGTHS).numbers() : null;
    @Nullable AttentionMask mask = AttentionMask.of(call, e);
    boolean full = call.has(LENGTHS) && lengths == null;
    long past = call.has(PAST) && call.in(PAST).rank() == 4 ? call.in(PAST).extent(2) : 0;
    long offset = full ? e.keys() - e.queries() : past;
    AttentionSight sight =
        mask == null && lengths == null
            ? equal(e, visible, offset)
            : new AttentionSight(unequal(e, visible, new Sequences(lengths, offset), mask), MASKED);
    if (full) {
      return new AttentionSight(sight.pairs(), LENGTHS_ARE_DATA);
    }
    boolean unseen = call.has(MASK) && mask == null;
    return unseen ? new AttentionSight(sight.pairs(), MASK_IS_DATA) : sight;
  }

  /** The lengths of the sequences where they are given, and the offset where they are not. */
  private record Sequences(@Nullable Numbers lengths, long offset) {
    long length(long sequence, AttentionExtents e) {
      return lengths == null || lengths.count() == 0
          ? e.keys()
          : lengths.integer((int) Math.min(sequence, lengths.count() - 1));
    }

    long offset(long sequence, AttentionExtents e) {
      return lengths == null ? offset : length(sequence, e) - e.queries();
    }
  }

  private static long unequal(
      AttentionExtents e, VisiblePairs visible, Sequences sequences, @Nullable AttentionMask mask) {
    long pairs = 0;
    for (long b = 0; b < Math.min(e.batch(), Numbers.LIMIT); b++) {
      long offset = sequences.offset(b, e);
      long length = sequences.length(b, e);
      long more =
          mask == null
              ? Shapes.multiply(e.heads(), visible.count(offset, length))
              : mask.pairs(b, e, visible, offset, length);
      pairs = Math.addExact(pairs, more);
    }
    return pairs;
  }
}
