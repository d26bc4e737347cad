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
                "more than measure.maxTrials: 30 or maxMinutes: 10, or a quieter machine"));
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
