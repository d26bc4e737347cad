package io.stagemark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.run.Schedule.Slot;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  @Property(tries = 200)
  void of_everyRound_holdsEveryCaseOnce(
      @ForAll @IntRange(min = 1, max = 8) int cases,
      @ForAll @IntRange(min = 1, max = 6) int trials,
      @ForAll long seed) {
    List<Slot> slots = new Schedule(seed).rounds(cases, trials);
    assertThat(slots).hasSize(cases * trials);
    for (int round = 0; round < trials; round++) {
      int trial = round + 1;
      List<Slot> thisRound = slots.subList(round * cases, (round + 1) * cases);
      assertThat(thisRound).allMatch(slot -> slot.trial() == trial);
      assertThat(thisRound.stream().map(Slot::caseIndex).distinct()).hasSize(cases);
    }
  }

  @Test
  void of_sameSeed_isTheSameOrder_anotherSeedIsNot() {
    assertThat(new Schedule(42).rounds(6, 3)).isEqualTo(new Schedule(42).rounds(6, 3));
    assertThat(new Schedule(42).rounds(6, 3)).isNotEqualTo(new Schedule(43).rounds(6, 3));
  }
}
