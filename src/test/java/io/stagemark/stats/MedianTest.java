package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The smallest figures of a sample: its middle, its trials together, an interval. */
final class MedianTest {

  @Test
  void of_oddAndEvenCounts_isTheMiddleOrTheMeanOfTwo() {
    assertThat(Median.of(new double[] {9, 1, 2})).isEqualTo(2);
    assertThat(Median.of(new double[] {9, 1, 2, 5})).isEqualTo(3.5);
    assertThat(Median.of(new long[] {9, 1, 2, 5})).isEqualTo(3.5);
    assertThat(Median.of(new long[] {4})).isEqualTo(4);
  }

  @Test
  void pooled_twoTrials_isOneBehindTheOther() {
    assertThat(Pooled.of(List.of("abc", "d"), text -> text.chars().asLongStream().toArray()))
        .containsExactly('a', 'b', 'c', 'd');
  }

  @Test
  void within_endOnTheMargin_isNotInside() {
    assertThat(new Interval(-1, 2).within(2.1)).isTrue();
    assertThat(new Interval(-1, 2).within(2)).isFalse();
    assertThat(new Interval(-2, 1).within(2)).isFalse();
    assertThat(new Interval(-1.9, 1.9).within(2)).isTrue();
    assertThat(new Interval(3, 4).within(5)).isTrue();
    assertThat(new Interval(-4, -3).within(3.5)).isFalse();
  }
}
