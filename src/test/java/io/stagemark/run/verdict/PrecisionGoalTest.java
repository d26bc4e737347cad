package io.stagemark.run.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.RepeatInterval;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PrecisionGoalTest {
  private static final Goal THREE_PERCENT = new Goal(Optional.of(0.03), 30, 10);

  @Test
  void missed_halfWidthAtTheGoal_isReached() {
    RepeatInterval at = new RepeatInterval(1000, 970, 1030, 5);
    assertThat(PrecisionCauses.missed(THREE_PERCENT, at)).isEmpty();
    assertThat(PrecisionCauses.missed(THREE_PERCENT, new RepeatInterval(1000, 969, 1030, 5)))
        .contains(
            new Reason(
                Code.PRECISION_MISSED,
                "±3.1 % after 5 trials, ±3 % was asked for",
                "more than measure.maxMinutes: 10, or a quieter machine"));
  }

  @Test
  void missed_atMaxTrials_namesThatKey() {
    Goal five = new Goal(Optional.of(0.03), 5, 10);
    assertThat(PrecisionCauses.missed(five, new RepeatInterval(1000, 900, 1030, 5)).orElseThrow())
        .extracting(Reason::recommendation)
        .isEqualTo("measure.maxTrials: 10 or more, or a quieter machine");
  }

  @Test
  void missed_withinSeconds_saysSo() {
    Goal brief = new Goal(Optional.of(0.03), 30, 0.333);
    Reason reason =
        PrecisionCauses.missed(brief, new RepeatInterval(1000, 900, 1030, 1)).orElseThrow();
    assertThat(reason.found())
        .isEqualTo("1 of the 3 trials that an interval needs, ±3 % was asked for");
    assertThat(reason.recommendation())
        .isEqualTo(
            "more than 20 s (measure.maxMinutes: 0.333; of a model file: --seconds), or a quieter"
                + " machine");
  }

  // How far two trials differ is hardly known, however alike they are.
  @Test
  void missed_twoTrials_isNeverReached() {
    RepeatInterval two = new RepeatInterval(1000, 1000, 1000, 2);
    assertThat(PrecisionCauses.missed(THREE_PERCENT, two)).isPresent();
  }

  @Test
  void missed_noGoal_isNothing() {
    RepeatInterval wide = new RepeatInterval(1000, 1, 9000, 5);
    assertThat(PrecisionCauses.missed(new Goal(Optional.empty(), 3, 10), wide)).isEmpty();
  }
}
