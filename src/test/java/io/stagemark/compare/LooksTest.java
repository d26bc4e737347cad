package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.stats.JointFlips.Statistic;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LooksTest {
  // 2^-6 = 0.0156 < 0.0167 = 0.05 / 3, and 2^-5 is not
  @Test
  void of_byDefault_beginsAtTheFirstNumberOfPairsThatCanFlag() {
    Looks looks = Looks.of(6, 21, 0.05);
    assertThat(looks).hasToString("6, 11, 16, 21");
    assertThat(looks.after(6).orElseThrow().alpha()).isCloseTo(0.05 / 3, within(1e-12));
    assertThat(looks.after(6).orElseThrow().statistic()).isEqualTo(Statistic.SIZES);
    assertThat(looks.after(7)).isEmpty();
    assertThat(looks.after(16).orElseThrow().statistic()).isEqualTo(Statistic.RANKS);
    assertThat(looks.last().pairs()).isEqualTo(21);
  }

  @Test
  void of_moreScreening_beginsWithIt() {
    assertThat(Looks.of(10, 30, 0.05)).hasToString("10, 16, 23, 30");
    assertThat(Looks.of(6, 21, 0.001)).hasToString("12, 15, 18, 21");
  }

  @Test
  void of_noRoom_isOneLookWithAllOfAlpha() {
    Looks looks = Looks.of(6, 11, 0.05);
    assertThat(looks).hasToString("11");
    assertThat(looks.last().alpha()).isEqualTo(0.05);
    assertThat(Looks.of(6, 8, 1e-9)).hasToString("8");
  }

  @Test
  void of_anyPlan_spendsAlpha() {
    for (int screen : new int[] {6, 20}) {
      for (int most : new int[] {8, 12, 21, 60}) {
        Looks looks = Looks.of(screen, most, 0.05);
        double spent =
            IntStream.rangeClosed(1, most)
                .mapToDouble(n -> looks.after(n).map(Looks.Look::alpha).orElse(0.0))
                .sum();
        assertThat(spent).as("%s of %s", looks, most).isCloseTo(0.05, within(1e-12));
      }
    }
  }
}
