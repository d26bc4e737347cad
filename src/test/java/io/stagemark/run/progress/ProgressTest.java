package io.stagemark.run.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.ConfigDefaults;
import io.stagemark.config.MeasureSettings;
import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.result.CaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private static final CaseResult CASE =
      new CaseResult(
          "net/none/cpu/t1/b1",
          new CaseResult.Key("net", "none", "cpu", 1, 1, Map.of()),
          CaseResult.Status.PENDING,
          CaseResult.Timed.NONE,
          Optional.empty(),
          CaseResult.Scored.NONE,
          List.of(),
          Optional.empty());

  private final List<Long> left = new ArrayList<>();
  private final List<Boolean> bounds = new ArrayList<>();
  private final RunListener listener =
      new RunListener() {
        @Override
        public void progress(ProgressLine line) {
          left.add(line.remainingSeconds());
          bounds.add(line.atMost());
        }

        @Override
        public void waiting(ProgressLine line) {
          left.add(line.remainingSeconds());
          bounds.add(line.atMost());
        }

        @Override
        public void failure(String caseLabel, int trial, String reason) {}
      };

  // A trial that took 10 s, then one that takes longer: after 20 s, a quarter of them more.
  @Test
  void waiting_trialThatTakesLongerThanThought_isNeverAboutToEnd() {
    Progress progress = new Progress(listener, ConfigDefaults.warmup(2, 5, 20), 3);
    progress.ended(CASE, 1, 10);
    progress.waiting(CASE, 2, "measure", 4);
    progress.waiting(CASE, 2, "measure", 20);
    assertThat(left).containsExactly(20L, 6L + 10, 5L + 10);
  }

  // A first trial may take minutes where 20 s were asked for: its estimate bounds nothing.
  @Test
  void waiting_firstTrial_isNoBound() {
    MeasureSettings settings = ConfigDefaults.goal(new Goal(Optional.of(0.03), 100, 1 / 3.0));
    Progress progress = new Progress(listener, settings, 1);
    progress.waiting(CASE, 1, "load", 3);
    progress.ended(CASE, 1, 4);
    progress.waiting(CASE, 2, "load", 1);
    assertThat(bounds).containsExactly(false, true, true);
  }

  // 20 s in all, trials of 4 s: after the first, four more at most, and none that ends after 21 s.
  @Test
  void ended_precisionAskedFor_countsTheTrialsThatThereIsTimeFor() {
    MeasureSettings settings = ConfigDefaults.goal(new Goal(Optional.of(0.03), 100, 1 / 3.0));
    Progress progress = new Progress(listener, settings, 1);
    progress.ended(CASE, 1, 4);
    progress.add(1);
    progress.waiting(CASE, 2, "measure", 1);
    progress.ended(CASE, 2, 4);
    assertThat(left).containsExactly(16L, 15L, 12L);
  }
}
