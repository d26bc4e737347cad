package io.stagemark.compare.history;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs in a database: an SQLite file, or PostgreSQL by its JDBC URL. The statements are those that
 * both understand. Not thread-safe.
 */
public final class HistoryStore implements AutoCloseable {
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE IF NOT EXISTS stagemark_run (machine VARCHAR(100) NOT NULL, started_at"
              + " VARCHAR(40) NOT NULL, name VARCHAR(200) NOT NULL, commit_id VARCHAR(100) NOT"
              + " NULL, PRIMARY KEY (machine, started_at, name))",
          "CREATE TABLE IF NOT EXISTS stagemark_figure (machine VARCHAR(100) NOT NULL, started_at"
              + " VARCHAR(40) NOT NULL, name VARCHAR(200) NOT NULL, case_id VARCHAR(300) NOT NULL,"
              + " stage VARCHAR(40) NOT NULL, percentile INTEGER NOT NULL, nanos DOUBLE PRECISION"
              + " NOT NULL, PRIMARY KEY (machine, started_at, name, case_id, stage, percentile))",
          "CREATE TABLE IF NOT EXISTS stagemark_baseline (machine VARCHAR(100) NOT NULL, started_at"
              + " VARCHAR(40) NOT NULL, reason VARCHAR(1000) NOT NULL)");
  private static final String TRENDS =
      "SELECT f.machine, f.case_id, f.stage, f.percentile, f.started_at, r.commit_id, f.nanos FROM"
          + " stagemark_figure f JOIN stagemark_run r ON r.machine = f.machine AND r.started_at ="
          + " f.started_at AND r.name = f.name WHERE f.started_at >= COALESCE((SELECT"
          + " MAX(b.started_at) FROM stagemark_baseline b WHERE b.machine = f.machine), '') ORDER BY"
          + " f.machine, f.case_id, f.stage, f.percentile, f.started_at";

  private static final String EXAMPLE = "--store jdbc:sqlite:reports/history.db";

  private final String url;
  private final Connection connection;

  private HistoryStore(String url, Connection connection) {
    this.url = url;
    this.connection = connection;
  }

  /**
   * Opens a store, and makes its tables where they are missing.
   *
   * @param url such as {@code jdbc:sqlite:reports/history.db}
   * @throws BadInputException if there is no driver for it, the database refuses, or it is one of
   *     something else
   */
  public static HistoryStore open(String url) throws BadInputException {
    StoreFile.check(url);
    try {
      HistoryStore store = new HistoryStore(url, DriverManager.getConnection(url));
      StoreFile.check(url, store.connection);
      try (Statement statement = store.connection.createStatement()) {
        for (String table : SCHEMA) {
          statement.execute(table);
        }
      }
      store.connection.setAutoCommit(false);
      return store;
    } catch (SQLException e) {
      throw new BadInputException(
          new Problem(
              shown(url),
              firstLine(e),
              "the JDBC URL of a database that can be written: jdbc:sqlite:FILE or"
                  + " jdbc:postgresql://HOST/DATABASE?user=NAME",
              EXAMPLE));
    }
  }

  /**
   * Adds a run.
   *
   * @throws BadInputException if it is there already
   */
  public void add(RunFigures run) throws BadInputException {
    try (PreparedStatement runs =
            connection.prepareStatement("INSERT INTO stagemark_run VALUES (?, ?, ?, ?)");
        PreparedStatement figures =
            connection.prepareStatement(
                "INSERT INTO stagemark_figure VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      fill(runs, run.machine(), run.startedAt(), run.name(), run.commit());
      runs.executeUpdate();
      for (RunFigures.Figure f : run.figures()) {
        fill(
            figures,
            run.machine(),
            run.startedAt(),
            run.name(),
            f.caseId(),
            f.stage(),
            f.percentile(),
            f.nanos());
        figures.executeUpdate();
      }
      connection.commit();
    } catch (SQLException e) {
      undo();
      throw refused("run " + run.name() + " of " + run.startedAt(), e);
    }
  }

  /**
   * Begins a new baseline: trends of the machine begin at this run from now on.
   *
   * @param startedAt of the first run that counts
   * @param reason why, for later readers
   */
  public void rebaseline(String machine, String startedAt, String reason) throws BadInputException {
    try (PreparedStatement baseline =
        connection.prepareStatement("INSERT INTO stagemark_baseline VALUES (?, ?, ?)")) {
      fill(baseline, machine, startedAt, reason);
      baseline.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      undo();
      throw refused("baseline " + startedAt, e);
    }
  }

  /** Returns every trend since its machine's last new baseline. */
  public List<Trend> trends() throws BadInputException {
    Map<List<String>, List<Trend.TrendPoint>> series = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TRENDS)) {
      while (rows.next()) {
        String metric = text(rows, 2) + " " + text(rows, 3) + " p" + text(rows, 4);
        series
            .computeIfAbsent(List.of(text(rows, 1), metric), k -> new ArrayList<>())
            .add(new Trend.TrendPoint(text(rows, 5), text(rows, 6), nanos(rows, metric)));
      }
    } catch (SQLException e) {
      throw refused("read", e);
    }
    return series.entrySet().stream()
        .map(s -> new Trend(s.getKey().get(0), s.getKey().get(1), s.getValue()))
        .toList();
  }

  /** A store is a file that anybody may have written to; SQLite keeps any type in any column. */
  private double nanos(ResultSet rows, String metric) throws SQLException, BadInputException {
    Object value = rows.getObject(7);
    double nanos = value instanceof Number number ? number.doubleValue() : Double.NaN;
    if (Double.isFinite(nanos) && nanos >= 0) {
      return nanos;
    }
    throw new BadInputException(
        new Problem(
            shown(url) + ", stagemark_figure.nanos of " + metric + ", " + text(rows, 5),
            String.valueOf(value),
            "a time in nanoseconds, finite and from 0 up",
            "delete that run from the store and add it again: ./stagemark history add RUN"));
  }

  private String text(ResultSet rows, int column) throws SQLException, BadInputException {
    String value = rows.getString(column);
    if (value == null) {
      throw new BadInputException(
          new Problem(
              shown(url) + ", column " + rows.getMetaData().getColumnName(column),
              "null",
              "a value in every row, as history add writes it",
              "delete that row from the store"));
    }
    return value;
  }

  /** Returns the reasons of new baselines, such as {@code MACHINE from TIME: REASON}. */
  public List<String> baselines() throws BadInputException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT machine, started_at, reason FROM stagemark_baseline ORDER BY started_at")) {
      while (rows.next()) {
        found.add(text(rows, 1) + " from " + text(rows, 2) + ": " + text(rows, 3));
      }
    } catch (SQLException e) {
      throw refused("read", e);
    }
    return found;
  }

  private static void fill(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** Without it PostgreSQL refuses everything that comes after a statement that failed. */
  private void undo() throws BadInputException {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw refused("undo", e);
    }
  }

  private BadInputException refused(String what, SQLException cause) {
    return new BadInputException(
        new Problem(
            shown(url) + ", " + what,
            firstLine(cause),
            "a database that can be written, and each run once",
            EXAMPLE));
  }

  private static String firstLine(SQLException cause) {
    return String.valueOf(cause.getMessage())
        .lines()
        .findFirst()
        .map(HistoryStore::shown)
        .orElse("refused");
  }

  /** Messages go into logs that others read. */
  private static String shown(String text) {
    return text.replaceAll("(?i)(password=)[^&;\\s]*", "$1***")
        .replaceAll("(//[^/:@\\s]*:)[^@/\\s]*@", "$1***@");
  }

  @Override
  public void close() throws BadInputException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw refused("close", e);
    }
  }
}
