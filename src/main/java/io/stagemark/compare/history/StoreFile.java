package io.stagemark.compare.history;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Keeps a history from being written into a file of the user's that is something else. */
final class StoreFile {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String TABLES = "SELECT name FROM sqlite_master";

  private StoreFile() {}

  /**
   * Looks at the file of a store before it is opened.
   *
   * @throws BadInputException if it is a link, or something that cannot be a history
   */
  static void check(String url) throws BadInputException {
    Optional<Path> named = file(url);
    if (named.isEmpty() || !Files.exists(named.get(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path path = named.get();
    if (Files.isSymbolicLink(path)) {
      throw refused(path, "a link: nothing is written through one", real(path));
    }
    if (!Files.isRegularFile(path) || isEmpty(path)) {
      throw refused(path, "an empty file, or no file: no history", other(path));
    }
  }

  /**
   * Looks into a store that is open and not yet written to.
   *
   * @throws BadInputException if it is a database of something else
   */
  static void check(String url, Connection connection) throws BadInputException, SQLException {
    Optional<Path> named = file(url);
    if (named.isEmpty()) {
      return;
    }
    boolean any = false;
    boolean ours = false;
    try (Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      while (tables.next()) {
        any = true;
        ours |= "stagemark_run".equals(tables.getString(1));
      }
    }
    if (any && !ours) {
      throw refused(named.get(), "a database of something else", other(named.get()));
    }
  }

  /** Returns the file that a URL of SQLite names; other databases are in no file of ours. */
  private static Optional<Path> file(String url) {
    if (!url.startsWith(SQLITE)) {
      return Optional.empty();
    }
    String name =
        url.substring(SQLITE.length()).replaceFirst("^file:", "").replaceFirst("\\?.*", "");
    try {
      return name.isEmpty() || name.startsWith(":") ? Optional.empty() : Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty(); // the driver will refuse it
    }
  }

  private static boolean isEmpty(Path file) {
    try {
      return Files.size(file) == 0;
    } catch (IOException e) {
      return false; // the driver will say why it cannot be read
    }
  }

  private static Path real(Path link) {
    try {
      return link.toRealPath();
    } catch (IOException e) {
      return other(link); // it leads nowhere
    }
  }

  private static Path other(Path file) {
    return file.resolveSibling("stagemark-history.db");
  }

  private static BadInputException refused(Path file, String found, Path instead) {
    return new BadInputException(
        new Problem(
            file.toString(),
            found,
            "a history that Stagemark made, or no file yet",
            "--store " + SQLITE + instead));
  }
}
