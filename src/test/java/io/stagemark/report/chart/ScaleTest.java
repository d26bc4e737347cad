package io.stagemark.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.report.chart.Scale.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ScaleTest {
  // Half of 0 to 10 on 100 to 300 px is 200 px; downwards from 300 to 100 it is 200 px too.
  @Test
  void at_linear_isInProportion() {
    assertThat(new Scale(Kind.LINEAR, 0, 10, 100, 300).at(5)).isEqualTo(200);
    assertThat(new Scale(Kind.LINEAR, 0, 10, 300, 100).at(2.5)).isEqualTo(250);
  }

  // 1 to 100 is two decades: 10 is in the middle.
  @Test
  void at_logarithmic_givesEachDecadeTheSameRoom() {
    assertThat(new Scale(Kind.LOG, 1, 100, 0, 200).at(10)).isCloseTo(100, within(1e-9));
  }

  // log(1/(1-q)): 0 at 0, log 10 at p90, log 100 at p99: p90 is half the way to p99.
  @Test
  void at_tail_givesEachNineTheSameRoom() {
    assertThat(new Scale(Kind.TAIL, 0, 99, 0, 200).at(90)).isCloseTo(100, within(1e-9));
  }

  @Test
  void within_beyondTheEnds_isAtTheEnd() {
    Scale scale = new Scale(Kind.LINEAR, 0, 10, 0, 100);
    assertThat(scale.within(11)).isEqualTo(100);
    assertThat(scale.within(-1)).isEqualTo(0);
    assertThat(scale.at(11)).isCloseTo(110, within(1e-9));
  }

  @Test
  void ticks_linear_areRoundAndBetweenTheEnds() {
    assertThat(new Scale(Kind.LINEAR, 0, 10, 0, 1).ticks(6))
        .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(new Scale(Kind.LINEAR, 3, 38, 0, 1).ticks(5)).containsExactly(10.0, 20.0, 30.0);
  }

  @Test
  void ticks_logarithmic_areDecadesWhereThereAreMany() {
    assertThat(new Scale(Kind.LOG, 1, 1000, 0, 1).ticks(4))
        .containsExactly(1.0, 10.0, 100.0, 1000.0);
    assertThat(new Scale(Kind.LOG, 1, 10, 0, 1).ticks(4)).containsExactly(1.0, 2.0, 5.0, 10.0);
  }

  // 0.1 is before the axis begins, by less than a thousand millionth of its length
  @Test
  void ticks_manyDecades_areAllInside() {
    assertThat(new Scale(Kind.LOG, 0.1004, 526_000, 0, 1).ticks(7))
        .containsExactly(1.0, 10.0, 100.0, 1e3, 1e4, 1e5);
  }

  @Test
  void label_always_hasNoMoreDigitsThanItNeeds() {
    assertThat(Scale.plain(0.5)).isEqualTo("0.5");
    assertThat(Scale.plain(1500)).isEqualTo("1500");
    assertThat(Scale.plain(15_000)).isEqualTo("15k");
    assertThat(Scale.plain(2.5e9)).isEqualTo("2.5G");
    assertThat(new Scale(Kind.TAIL, 0, 99.9, 0, 1).label(99.9)).isEqualTo("p99.9");
  }

  @Test
  void scale_emptyOrImpossible_isRefused() {
    assertThatThrownBy(() -> new Scale(Kind.LINEAR, 1, 1, 0, 1)).hasMessageContaining("low < high");
    assertThatThrownBy(() -> new Scale(Kind.LOG, 0, 1, 0, 1)).hasMessageContaining("LOG");
    assertThatThrownBy(() -> new Scale(Kind.TAIL, 0, 100, 0, 1)).hasMessageContaining("TAIL");
  }

  @Property
  void ticks_anyRange_areFewAscendingAndInside(
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double low,
      @ForAll @DoubleRange(min = 1.01, max = 1e6) double times,
      @ForAll @IntRange(min = 3, max = 10) int most) {
    for (Kind kind : new Kind[] {Kind.LINEAR, Kind.LOG}) {
      Scale scale = Scale.around(kind, low, low * times, 0, 100);
      assertThat(scale.ticks(most)).isSorted().doesNotHaveDuplicates();
      assertThat(scale.ticks(most).size()).isLessThanOrEqualTo(most + 1);
      assertThat(scale.ticks(most)).allMatch(t -> scale.at(t) > -0.01 && scale.at(t) < 100.01);
    }
  }
}
