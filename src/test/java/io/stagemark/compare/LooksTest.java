package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LooksTest {
  // 10 * 2^-9 = 0.0195 < 0.02 = 0.4 * 0.05, and 10 * 2^-8 is not
  @Test
  void of_tenTests_beginsAtTheFirstNumberOfPairsThatCanFlag() {
    Looks looks = Looks.of(6, 21, 10, 0.05);
    assertThat(looks).hasToString("9, 15, 21");
    assertThat(looks.after(9).orElseThrow().alpha()).isCloseTo(0.02, within(1e-12));
    assertThat(looks.after(8)).isEmpty();
    assertThat(looks.last().pairs()).isEqualTo(21);
  }

  @Test
  void of_fewTests_beginsAfterTheScreening() {
    assertThat(Looks.of(6, 21, 1, 0.05)).hasToString("7, 14, 21");
    assertThat(Looks.of(10, 30, 10, 0.05)).hasToString("11, 21, 30");
  }

  @Test
  void of_noRoom_isOneLookWithAllOfAlpha() {
    Looks looks = Looks.of(6, 9, 10, 0.05);
    assertThat(looks).hasToString("9");
    assertThat(looks.last().alpha()).isEqualTo(0.05);
    assertThat(Looks.of(6, 8, 1000, 0.001)).hasToString("8");
  }

  @Test
  void of_anyPlan_spendsAlpha() {
    for (int tests : new int[] {1, 4, 10, 15}) {
      for (int most : new int[] {8, 12, 21, 60}) {
        Looks looks = Looks.of(6, most, tests, 0.05);
        double spent =
            IntStream.rangeClosed(1, most)
                .mapToDouble(n -> looks.after(n).map(Looks.Look::alpha).orElse(0.0))
                .sum();
        assertThat(spent).as("%s of %s", looks, most).isCloseTo(0.05, within(1e-12));
      }
    }
  }
}
