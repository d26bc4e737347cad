package io.stagemark.compare.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryStoreTest {
  @TempDir Path folder;

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("history.db");
  }

  private static RunFigures run(String machine, int day, double nanos) {
    return new RunFigures(
        machine,
        "nightly",
        String.format(java.util.Locale.ROOT, "2026-01-%02dT00:00:00Z", day),
        "c" + day,
        List.of(new RunFigures.Figure("net", "forward", 50, nanos)));
  }

  @Test
  void trends_plantedShift_isFoundAtItsRunAndKeptApartByMachine() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    try (HistoryStore store = HistoryStore.open(url())) {
      for (int day = 1; day <= 20; day++) {
        double level = day < 11 ? 1e6 : 1.1e6;
        store.add(run("machine-a", day, level * (1 + 0.01 * random.nextDouble())));
        store.add(run("machine-b", day, 2e6 * (1 + 0.01 * random.nextDouble())));
      }
    }
    try (HistoryStore store = HistoryStore.open(url())) {
      List<Trend> trends = store.trends();
      assertThat(trends).extracting(Trend::machine).containsExactly("machine-a", "machine-b");
      assertThat(trends.get(0).metric()).isEqualTo("net forward p50");
      assertThat(trends.get(0).changes())
          .singleElement()
          .satisfies(
              c -> {
                assertThat(c.first().commit()).isEqualTo("c11");
                assertThat(c.afterNanos() / c.beforeNanos()).isBetween(1.08, 1.12);
              });
      assertThat(trends.get(1).changes()).isEmpty();
    }
  }

  @Test
  void rebaseline_laterRuns_areTheTrend() throws Exception {
    try (HistoryStore store = HistoryStore.open(url())) {
      for (int day = 1; day <= 8; day++) {
        store.add(run("machine-a", day, 1e6));
      }
      store.rebaseline("machine-a", "2026-01-05T00:00:00Z", "new engine version");
      assertThat(store.trends().get(0).points()).hasSize(4);
      assertThat(store.baselines())
          .containsExactly("machine-a from 2026-01-05T00:00:00Z: new engine version");
    }
  }

  @Test
  void add_twice_isRefused() throws Exception {
    try (HistoryStore store = HistoryStore.open(url())) {
      store.add(run("machine-a", 1, 1e6));
      assertThatThrownBy(() -> store.add(run("machine-a", 1, 1e6)))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("nightly");
    }
  }

  @Test
  void open_noDriver_saysWhatToPass() {
    assertThatThrownBy(() -> HistoryStore.open("jdbc:nothing:here"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("jdbc:sqlite:reports/history.db");
  }
}
