package io.stagemark.compare.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stagemark.data.BadInputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HistoryStoreTest {
  @TempDir Path folder;

  /** The database of this machine, which the tests need none of; its tables must be empty. */
  private static final String POSTGRES = System.getProperty("stagemark.postgres", "");

  /** SQLite, H2 as it takes PostgreSQL's dialect, and PostgreSQL itself where one is named. */
  private enum Database {
    SQLITE,
    H2,
    POSTGRESQL
  }

  private String url(Database database) {
    return switch (database) {
      case SQLITE -> "jdbc:sqlite:" + folder.resolve("history.db");
      case H2 ->
          "jdbc:h2:"
              + folder.resolve("h2").toUri().getPath()
              + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
      case POSTGRESQL -> {
        assumeThat(POSTGRES).as("-Dstagemark.postgres=jdbc:postgresql:... names none").isNotEmpty();
        yield POSTGRES;
      }
    };
  }

  /** Empty tables. */
  @BeforeEach
  void dropTables() throws Exception {
    if (!POSTGRES.isEmpty()) {
      try (Connection connection = DriverManager.getConnection(POSTGRES);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "DROP TABLE IF EXISTS stagemark_run, stagemark_figure, stagemark_baseline");
      }
    }
  }

  private static RunFigures run(String machine, int day, double nanos) {
    return new RunFigures(
        machine,
        "nightly",
        String.format(java.util.Locale.ROOT, "2026-01-%02dT00:00:00Z", day),
        "c" + day,
        List.of(new RunFigures.Figure("net", "forward", 50, nanos)));
  }

  @ParameterizedTest
  @EnumSource
  void trends_plantedShift_isFoundAtItsRunAndKeptApartByMachine(Database database)
      throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    try (HistoryStore store = HistoryStore.open(url(database))) {
      for (int day = 1; day <= 20; day++) {
        double level = day < 11 ? 1e6 : 1.1e6;
        store.add(run("machine-a", day, level * (1 + 0.01 * random.nextDouble())));
        store.add(run("machine-b", day, 2e6 * (1 + 0.01 * random.nextDouble())));
      }
    }
    try (HistoryStore store = HistoryStore.open(url(database))) {
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

  @ParameterizedTest
  @EnumSource
  void rebaseline_laterRuns_areTheTrend(Database database) throws Exception {
    try (HistoryStore store = HistoryStore.open(url(database))) {
      for (int day = 1; day <= 8; day++) {
        store.add(run("machine-a", day, 1e6));
      }
      store.rebaseline("machine-a", "2026-01-05T00:00:00Z", "new engine version");
      assertThat(store.trends().get(0).points()).hasSize(4);
      assertThat(store.baselines())
          .containsExactly("machine-a from 2026-01-05T00:00:00Z: new engine version");
    }
  }

  @ParameterizedTest
  @EnumSource
  void add_twice_isRefusedAndTheStoreGoesOn(Database database) throws Exception {
    try (HistoryStore store = HistoryStore.open(url(database))) {
      store.add(run("machine-a", 1, 1e6));
      assertThatThrownBy(() -> store.add(run("machine-a", 1, 1e6)))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("nightly");
      store.add(run("machine-a", 2, 1e6));
      assertThat(store.trends().get(0).points()).hasSize(2);
    }
  }

  @Test
  void open_noDriver_saysWhatToPass() {
    assertThatThrownBy(() -> HistoryStore.open("jdbc:nothing:here"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("No suitable driver")
        .hasMessageContaining("jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE")
        .hasMessageContaining("jdbc:sqlite:reports/history.db");
  }

  // Port 1 is nobody's.
  @Test
  void open_serverThatIsNotThere_saysSoWithoutThePassword() {
    assertThatThrownBy(
            () -> HistoryStore.open("jdbc:postgresql://127.0.0.1:1/ci?user=ci&password=s3cret"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("127.0.0.1:1 refused")
        .hasMessageContaining("password=***")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void open_folderThatIsNotThere_saysWhere() {
    assertThatThrownBy(() -> HistoryStore.open("jdbc:sqlite:" + folder.resolve("none/h.db")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("none");
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "H2"})
  void rebaseline_storeOpenedAgain_isKept(Database database) throws Exception {
    try (HistoryStore store = HistoryStore.open(url(database))) {
      store.rebaseline("machine-a", "2026-01-05T00:00:00Z", "new engine version");
    }
    try (HistoryStore store = HistoryStore.open(url(database))) {
      assertThat(store.baselines()).hasSize(1);
    }
  }

  // The second figure is refused; the run must not be there with the first one alone.
  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "H2"})
  void add_refusedFigure_addsNothingOfTheRun(Database database) throws Exception {
    RunFigures.Figure figure = new RunFigures.Figure("net", "forward", 50, 1e6);
    RunFigures twice =
        new RunFigures(
            "machine-a", "nightly", "2026-01-01T00:00:00Z", "c1", List.of(figure, figure));
    try (HistoryStore store = HistoryStore.open(url(database))) {
      assertThatThrownBy(() -> store.add(twice)).isInstanceOf(BadInputException.class);
      store.add(run("machine-a", 1, 1e6));
      assertThat(store.trends().get(0).points()).hasSize(1);
    }
  }

  // A stage shorter than the clock's resolution takes 0 ns.
  @Test
  void trends_timeOfZero_isATime() throws Exception {
    try (HistoryStore store = HistoryStore.open(url(Database.SQLITE))) {
      store.add(run("machine-a", 1, 0));
      assertThat(store.trends().get(0).points().get(0).nanos()).isZero();
      store.add(run("machine-a", 2, -1));
      assertThatThrownBy(store::trends)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("a time in nanoseconds, finite and from 0 up");
    }
  }

  // Three levels of twelve runs each; their medians are those of four values.
  @Test
  void changes_twoSteps_haveTheMediansOfTheirLevels() {
    double[] nanos = {10, 11, 12, 10, 100, 101, 102, 103, 1000, 1001, 1002, 1005};
    List<Trend.TrendPoint> points = new ArrayList<>();
    for (int i = 0; i < 12 * 3; i++) {
      points.add(new Trend.TrendPoint("t" + i, "c" + i, nanos[i / 12 * 4 + i % 4]));
    }
    assertThat(new Trend("machine-a", "net forward p50", points).changes())
        .containsExactly(
            new Trend.Change(points.get(12), 10.5, 101.5),
            new Trend.Change(points.get(24), 101.5, 1001.5));
  }
}
