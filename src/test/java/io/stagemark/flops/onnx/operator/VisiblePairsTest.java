package io.stagemark.flops.onnx.operator;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What a causal mask, a window and a length leave, against pair by pair. */
final class VisiblePairsTest {
  @Property(tries = 400)
  void count_anyMask_isThatOfPairByPair(
      @ForAll @LongRange(min = 0, max = 9) long queries,
      @ForAll @LongRange(min = 0, max = 9) long keys,
      @ForAll @LongRange(min = -1, max = 4) long left,
      @ForAll @LongRange(min = -1, max = 4) long right,
      @ForAll @LongRange(min = -6, max = 6) long offset,
      @ForAll @LongRange(min = 0, max = 11) long length) {
    VisiblePairs visible = new VisiblePairs(queries, keys, left, right);
    long expected = 0;
    for (long i = 0; i < queries; i++) {
      for (long j = 0; j < keys; j++) {
        expected += visible.sees(i, j, offset, length) ? 1 : 0;
      }
    }
    assertThat(visible.count(offset, length)).isEqualTo(expected);
  }

  // 2^20 queries and keys: n(n + 1)/2, without going through them
  @Test
  void count_longSequences_takesNoTime() {
    long n = 1L << 20;
    assertThat(new VisiblePairs(n, n, -1, 0).count(0, n)).isEqualTo(n * (n + 1) / 2);
  }
}
