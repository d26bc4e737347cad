package io.stagemark.run;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run out of a run's folder. The system lets go of it when the process ends, however
 * it ends.
 */
final class RunLock implements AutoCloseable {
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
    Path absolute = folder.toAbsolutePath();
    Path file = absolute.resolveSibling("." + absolute.getFileName() + ".lock");
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new BadInputException(
          new Problem(
              folder.toString(),
              "another run is writing there",
              "a folder of its own for each run",
              "wait for its end, or --set output=FOLDER"));
    }
    return new RunLock(file, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  @Override
  public void close() throws IOException {
    // In this order: a run that waits for the name finds it free or held, never half gone.
    Files.deleteIfExists(file);
    channel.close();
  }
}
