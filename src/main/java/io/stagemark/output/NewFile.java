package io.stagemark.output;

import io.stagemark.data.TemporaryFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * A file that is written under a name that nobody has and then renamed: a reader finds the old file
 * or the new one, and what another name of the old one or a link leads to is not written to.
 */
public final class NewFile {
  private static final Pattern PART = Pattern.compile("\\.stagemark-[0-9a-f]{16}\\.part");

  private NewFile() {}

  /** Returns a file's place while it is being written. */
  static Path part(Path file) {
    return file.resolveSibling(".stagemark-" + TemporaryFiles.random() + ".part");
  }

  /** Returns whether a name is one that {@link #part} gives. */
  static boolean isPart(String name) {
    return PART.matcher(name).matches();
  }

  /**
   * Writes a file in a folder of the program's own, over an earlier one.
   *
   * @throws IOException if the folder is missing or cannot be written to
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path part = part(file);
    try {
      create(part, content, true);
      rename(part, file);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /**
   * Writes a file that must not exist.
   *
   * @param durable whether it is on the disk on return: else a power cut could leave the name
   *     without the content
   */
  static void create(Path file, byte[] content, boolean durable) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (durable) {
        channel.force(true);
      }
    }
  }

  static void rename(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
