package io.stagemark.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.chart.Envelope.Column;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class EnvelopeTest {
  // 6 values in 2 columns of 3: {5, 1, 9} and {2, 2, 8}.
  @Test
  void of_moreValuesThanColumns_keepsSmallestMedianAndLargest() {
    assertThat(Envelope.of(new long[] {5, 1, 9, 2, 2, 8}, 2).columns())
        .containsExactly(new Column(0, 3, 1, 5, 9), new Column(3, 6, 2, 2, 8));
  }

  @Test
  void of_fewerValuesThanColumns_isWhole() {
    Envelope envelope = Envelope.of(new long[] {5, 1}, 10);
    assertThat(envelope.whole()).isTrue();
    assertThat(envelope.columns())
        .containsExactly(new Column(0, 1, 5, 5, 5), new Column(1, 2, 1, 1, 1));
    assertThat(Envelope.of(new long[] {5, 1, 3}, 2).whole()).isFalse();
  }

  @Property
  void of_anyValues_losesNoSpikeAndNoBatch(
      @ForAll @Size(min = 1, max = 300) long[] values,
      @ForAll @IntRange(min = 1, max = 50) int most) {
    Envelope envelope = Envelope.of(values, most);
    assertThat(envelope.columns().stream().mapToLong(Column::max).max())
        .hasValue(Arrays.stream(values).max().orElseThrow());
    assertThat(envelope.columns().stream().mapToLong(Column::min).min())
        .hasValue(Arrays.stream(values).min().orElseThrow());
    int next = 0;
    for (Column column : envelope.columns()) {
      assertThat(column.from()).isEqualTo(next);
      assertThat(column.to()).isGreaterThan(next);
      next = column.to();
    }
    assertThat(next).isEqualTo(values.length);
  }
}
