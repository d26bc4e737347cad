package io.stagemark.cli;

import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one temporary folder of this process, {@code stagemark-XXXXXX}: everything that the program
 * and the libraries in it unpack or write for a while is inside, and goes with it.
 *
 * <p>The process holds a lock in it for as long as it lives. A folder whose lock file is there and
 * free was left by a process that was killed: the next one deletes it. So it does with a folder of
 * the launcher's whose process, which is named in it, ended before it took the lock. No other
 * folder is touched.
 */
final class OwnTemporaryFolder {
  /** The launcher's folder; without the launcher the program makes one itself. */
  static final String GIVEN = "stagemark.temporary";

  private static final String PREFIX = "stagemark-";
  private static final String LOCK = "stagemark.lock";

  /** Written by the launcher: the number of the process that becomes the JVM. */
  private static final String LAUNCHED = "stagemark.launched";

  /** Longer than a JVM takes to start: the process may be of a container, not seen from here. */
  private static final Duration MAX_START = Duration.ofMinutes(1);

  private static final int DELETE_ATTEMPTS = 20;
  private static final int PAUSE_MILLIS = 50;

  private final Path path;
  private final FileChannel lock;

  private OwnTemporaryFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes or makes the folder, and has the JVM use it. Empty where none can be made: what needs one
   * says so itself.
   */
  static Optional<OwnTemporaryFolder> open() {
    try {
      String given = System.getProperty(GIVEN, "");
      Path path = given.isEmpty() ? TemporaryFiles.folder(PREFIX) : Path.of(given);
      OwnTemporaryFolder folder = new OwnTemporaryFolder(path, locked(path));
      System.setProperty(TemporaryFiles.FOLDER, path.toString());
      folder.sweepBeside();
      return Optional.of(folder);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The name appears with the lock already held: nobody finds it free while this one lives. */
  private static FileChannel locked(Path folder) throws IOException {
    Path hidden = folder.resolve(LOCK + ".part");
    FileChannel channel =
        FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    Files.move(hidden, folder.resolve(LOCK));
    return channel;
  }

  private void sweepBeside() throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path other : beside) {
        if (!other.getFileName().equals(path.getFileName()) && isOurs(other)) {
          deleteIfLeft(other);
        }
      }
    }
  }

  private boolean isOurs(Path other) throws IOException {
    return Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
        && (isFile(other.resolve(LOCK)) || isFile(other.resolve(LAUNCHED)))
        && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path));
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void deleteIfLeft(Path other) {
    if (!isFile(other.resolve(LOCK))) {
      deleteIfNeverStarted(other);
      return;
    }
    try (FileChannel channel =
        FileChannel.open(
            other.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.tryLock() != null) {
        deleteTree(other);
      }
    } catch (IOException e) {
      // another process may be deleting it too
    }
  }

  private static void deleteIfNeverStarted(Path other) {
    Path launched = other.resolve(LAUNCHED);
    try {
      Instant made = Files.getLastModifiedTime(launched, LinkOption.NOFOLLOW_LINKS).toInstant();
      long process = Long.parseLong(Files.readString(launched).strip());
      if (made.plus(MAX_START).isBefore(Instant.now()) && ProcessHandle.of(process).isEmpty()) {
        deleteTree(other);
      }
    } catch (IOException | NumberFormatException e) {
      // another process may be deleting it too, or the launcher was ended while it wrote the number
    }
  }

  /** Deletes it with all that is in it; what cannot be deleted stays, and harms nothing. */
  void delete() {
    for (int attempt = 0; attempt < DELETE_ATTEMPTS; attempt++) {
      try {
        deleteTree(path);
        lock.close();
        return;
      } catch (IOException e) {
        pause(); // a child that was just killed may have been writing
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The lock goes last: another process would take the folder for one that was left. */
  private static void deleteTree(Path root) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          ScratchTree.delete(entry);
        } else if (!entry.endsWith(LOCK)) {
          Files.deleteIfExists(entry);
        }
      }
    }
    Files.deleteIfExists(root.resolve(LOCK));
    Files.deleteIfExists(root);
  }
}
