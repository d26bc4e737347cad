package io.stagemark.compare.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is opened writes into it: it must be a history, or not exist. */
final class StoreFileTest {
  @TempDir Path folder;

  private static void refused(String url, String found, Path instead) {
    assertThatThrownBy(() -> HistoryStore.open(url))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(found)
        .hasMessageContaining("a history that Stagemark made, or no file yet")
        .hasMessageContaining("--store jdbc:sqlite:" + instead);
  }

  private Path history(String name) throws BadInputException {
    Path file = folder.resolve(name);
    HistoryStore.open("jdbc:sqlite:" + file).close();
    return file;
  }

  @Test
  void open_emptyFileOrFolder_isRefusedAndLeftAsItIs() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.db"));
    Path other = folder.resolve("stagemark-history.db");
    refused("jdbc:sqlite:" + empty, "an empty file, or no file: no history", other);
    refused("jdbc:sqlite:file:" + empty, "an empty file", other);
    refused("jdbc:sqlite:" + empty + "?cache=shared", "an empty file", other);
    assertThat(Files.size(empty)).isZero();
    Path inner = Files.createDirectory(folder.resolve("inner"));
    refused("jdbc:sqlite:" + inner, "an empty file, or no file: no history", other);
  }

  @Test
  void open_link_isRefusedWithTheFileItLeadsTo() throws Exception {
    Path history = history("history.db");
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), history);
    refused("jdbc:sqlite:" + link, "a link: nothing is written through one", history.toRealPath());
    Path dangling =
        Files.createSymbolicLink(folder.resolve("dangling.db"), folder.resolve("none.db"));
    refused("jdbc:sqlite:" + dangling, "a link", folder.resolve("stagemark-history.db"));
    assertThat(folder.resolve("none.db")).doesNotExist();
  }

  @Test
  void open_databaseOfSomethingElse_isRefusedWithoutOurTables() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("accounts.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE accounts (name VARCHAR(10))");
    }
    refused(url, "a database of something else", folder.resolve("stagemark-history.db"));
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM stagemark_run"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("no such table");
    }
  }

  @Test
  void open_history_isOpenedAgain() throws Exception {
    Path file = history("history.db");
    try (HistoryStore store = HistoryStore.open("jdbc:sqlite:" + file)) {
      assertThat(store.trends()).isEmpty();
    }
  }

  // These are in no file: nothing is looked at.
  @Test
  void open_memory_isAStore() throws Exception {
    for (String url : new String[] {"jdbc:sqlite::memory:", "jdbc:sqlite:"}) {
      try (HistoryStore store = HistoryStore.open(url)) {
        assertThat(store.baselines()).isEmpty();
      }
    }
  }
}
