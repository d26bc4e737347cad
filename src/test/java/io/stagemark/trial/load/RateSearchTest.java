package io.stagemark.trial.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.LoadFigures;
import io.stagemark.result.LoadFigures.Bound;
import io.stagemark.result.LoadFigures.Step;
import io.stagemark.result.Validity.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RateSearchTest {
  private static Step step(double rate, double border) {
    return new Step(1, rate, Optional.empty(), rate <= border);
  }

  @Test
  void search_borderInside_isFoundToASixtyFourthOfTheCapacity() throws Exception {
    for (double border = 2; border < 100; border += 0.7) {
      double at = border;
      double found = new RateSearch().search(100, rate -> step(rate, at)).orElseThrow();
      assertThat(found).isLessThanOrEqualTo(border).isGreaterThan(border - 100.0 / 64);
    }
  }

  // 50, 25, 12.5, 6.25, 3.125, 1.5625: six rates, none kept.
  @Test
  void search_noRateKept_isEmptyAndTellsWhatWasTried() throws Exception {
    RateSearch search = new RateSearch();
    assertThat(search.search(100, rate -> step(rate, 0))).isEmpty();
    assertThat(search.steps())
        .extracting(Step::perSecond)
        .containsExactly(50.0, 25.0, 12.5, 6.25, 3.125, 1.5625);
  }

  // Two rounds of two streams: the first lasts until the later result, the second has one alone.
  @Test
  void rounds_ofRows_lastUntilTheLastResultOfWholeRounds() {
    LoadRows rows =
        new LoadRows(
            List.of(
                new LoadRows.Row(0, 0, 100, 101, 130),
                new LoadRows.Row(1, 0, 100, 104, 170),
                new LoadRows.Row(1, 1, 180, 181, 200)));
    assertThat(rows.rounds(2)).containsExactly(70);
    assertThat(rows.wallNanos()).isEqualTo(200);
  }

  @Test
  void doubts_rateThatWasNotKept_areTold() {
    assertThat(figures(95, 0).doubts()).isEmpty();
    assertThat(figures(94.9, 0).doubts()).hasSize(1);
    assertThat(figures(99, 3).doubts().get(0).found()).contains("3 were never begun");
  }

  @Test
  void doubts_rateKeptInTheSearchAlone_isToldAsSuch() {
    Optional<Bound> none = Optional.of(new Bound(90, 200, Optional.empty()));
    Step kept = new Step(1, 12.5, Optional.of(1L), true);
    Step broken = new Step(1, 25, Optional.of(1L), false);
    assertThat(figures(50, 3).with(none, List.of(broken)).doubts())
        .extracting(Reason::found)
        .containsExactly("no rate that was tried kept the latency bound");
    assertThat(figures(50, 3).with(none, List.of(broken, kept)).doubts())
        .extracting(Reason::found)
        .containsExactly(
            "12.50 batches a second kept the latency bound in the search, but neither that nor a"
                + " little less did when measured");
  }

  private static LoadFigures figures(double completed, long unserved) {
    return new LoadFigures(
        new LoadFigures.Applied(
            "server", 1, completed, Optional.of(100.0), unserved, Optional.empty()),
        new LoadFigures.QueueTimes(Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        List.of(),
        "");
  }
}
