package io.stagemark.run;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second run out of a run's folder. The system lets go of it when the process ends, however
 * it ends.
 *
 * <p>The file stays when the lock is gone: were it deleted, a run that has opened it and a run that
 * makes it anew could each lock a file of that name.
 */
final class RunLock implements AutoCloseable {
  /** The system's locks are a process's, not a channel's: closing one lets go of the other. */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a run's folder; the file lies beside it.
   *
   * @throws BadInputException if another run holds it
   */
  static RunLock take(Path folder) throws BadInputException, IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path file = absolute.resolveSibling("." + absolute.getFileName() + ".lock");
    Files.createDirectories(file.getParent());
    if (!HELD_HERE.add(file)) {
      throw held(folder);
    }
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return new RunLock(file, channel);
      }
      channel.close();
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw e;
    }
    HELD_HERE.remove(file);
    throw held(folder);
  }

  private static BadInputException held(Path folder) {
    return new BadInputException(
        new Problem(
            folder.toString(),
            "another run is writing there",
            "a folder of its own for each run",
            "wait for its end, or --set output=FOLDER"));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(file);
  }
}
