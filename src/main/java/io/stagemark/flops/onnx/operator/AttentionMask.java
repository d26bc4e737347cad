package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Strides;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mask whose elements are in the file.
 *
 * @param numbers its elements: true, or above every mask's low number, where a key is seen
 * @param strides from [B, Hq, Sq, keys] to its elements
 * @param bool whether it holds truth values; otherwise numbers that are added to the scores
 * @param keys that it covers: those behind its last column are hidden
 */
record AttentionMask(Numbers numbers, Strides strides, boolean bool, long keys) {
  private static final int INPUT = 3;

  /** Larger masks are not gone through pair by pair. */
  private static final long PAIR_LIMIT = 1L << 24;

  /** Nothing lower fits a float16 mask, and no score comes near it. */
  private static final double HIDDEN = -65_504;

  /** Returns the keys that the mask of a call covers: all of them where it has none. */
  static long keys(Call call, AttentionExtents e) {
    if (!call.has(INPUT) || call.in(INPUT).rank() == 0 || call.in(INPUT).extent(-1) == 1) {
      return e.keys();
    }
    return Math.min(e.keys(), call.in(INPUT).extent(-1));
  }

  /** Returns the mask of a call; null where it has none, or one that is data. */
  static @Nullable AttentionMask of(Call call, AttentionExtents e) {
    Value mask = call.has(INPUT) ? call.in(INPUT) : null;
    if (mask == null
        || mask.numbers() == null
        || Shapes.multiply(e.rows(), e.keys()) > PAIR_LIMIT) {
      return null;
    }
    long keys = keys(call, e);
    List<Long> full = List.of(e.batch(), e.heads(), e.queries(), keys);
    List<Long> joint = Shapes.broadcast(mask.shape(), full);
    return joint.equals(full)
        ? new AttentionMask(
            mask.known(), Strides.broadcast(mask.shape(), full), mask.type() == OnnxType.BOOL, keys)
        : null;
  }

  /** Returns the pairs of one sequence that neither this mask nor anything else hides. */
  long pairs(long sequence, AttentionExtents e, VisiblePairs visible, long offset, long length) {
    long pairs = 0;
    for (long h = 0; h < e.heads(); h++) {
      for (long i = 0; i < e.queries(); i++) {
        long row = ((sequence * e.heads() + h) * e.queries() + i) * keys;
        for (long j = 0; j < keys; j++) {
          double value = numbers.real(strides.at((int) (row + j)));
          boolean open = bool ? value != 0 : value > HIDDEN;
          pairs += open && visible.sees(i, j, offset, length) ? 1 : 0;
        }
      }
    }
    return pairs;
  }
}
