package io.stagemark.scoring.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CompensatedSumTest {

  private static double sum(double... terms) {
    CompensatedSum sum = new CompensatedSum();
    for (double term : terms) {
      sum.add(term);
    }
    return sum.value();
  }

  // Neumaier's example: the large terms cancel, and the small ones are not lost on either side.
  @Test
  void value_largeTermsThatCancel_keepsTheSmallOnes() {
    assertThat(sum(1, 1e100, 1, -1e100)).isEqualTo(2);
    assertThat(sum(1e100, 1, -1e100)).isEqualTo(1);
    assertThat(sum(1, 1e100, -1e100)).isEqualTo(1);
    assertThat(sum()).isZero();
  }

  // Ten thousand terms, some of them far larger: the exact sum, rounded once.
  @Test
  void value_manyTerms_isTheExactSum() {
    SplittableRandom random = new SplittableRandom(4);
    CompensatedSum sum = new CompensatedSum();
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < 10_000; i++) {
      double term = random.nextDouble() * (i % 100 == 0 ? 1e9 : 1);
      sum.add(term);
      exact = exact.add(new BigDecimal(term));
    }
    assertThat(sum.value()).isEqualTo(exact.doubleValue());
  }

  @Test
  void value_infiniteOrNoNumber_goesThrough() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(sum(1, infinity, 2)).isEqualTo(infinity);
    assertThat(sum(1, -infinity)).isEqualTo(-infinity);
    assertThat(sum(infinity, -infinity)).isNaN();
    assertThat(sum(1, Double.NaN)).isNaN();
    assertThat(sum(1e308, 1e308)).isEqualTo(infinity);
  }
}
