package io.stagemark.run.record;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second run or gate out of an output folder. The system releases it when the process ends,
 * however it ends.
 *
 * <p>The file stays when the lock is gone: were it deleted, a run that has opened it and a run that
 * makes it anew could each lock a file of that name. The lock never writes to the file, so a file
 * that exists keeps its content; links are not followed.
 */
public final class RunLock implements AutoCloseable {
  /**
   * The system's locks belong to the process, not to a channel: closing one channel releases the
   * other's lock.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of an output folder; the file is next to it.
   *
   * @throws BadInputException if another run holds it, or something else has the file's name
   */
  public static RunLock take(Path folder) throws BadInputException, IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.resolveSibling("");
    Files.createDirectories(parent);
    // The real folder: one that is reached by two names has one lock.
    Path file = parent.toRealPath().resolve("." + absolute.getFileName() + ".lock");
    if (!HELD_HERE.add(file)) {
      throw held(folder);
    }
    try {
      FileChannel channel = open(file);
      if (channel.tryLock() != null) {
        return new RunLock(file, channel);
      }
      channel.close();
    } catch (IOException | BadInputException e) {
      HELD_HERE.remove(file);
      throw e;
    }
    HELD_HERE.remove(file);
    throw held(folder);
  }

  private static FileChannel open(Path file) throws BadInputException, IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new BadInputException(
            new Problem(
                file.toString(),
                "a link or a folder: the lock of the output folder next to it has that name",
                "nothing, or a file",
                "move it elsewhere, or --set output=FOLDER"));
      }
      return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
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
