package io.stagemark.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Temporary folders and files of this program. They are made in {@code java.io.tmpdir} as it is
 * now: the JDK's own methods keep to the value that the JVM started with.
 */
public final class TemporaryFiles {
  /** The property that names the folder. */
  public static final String FOLDER = "java.io.tmpdir";

  private static final int RANDOM_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private TemporaryFiles() {}

  /**
   * Makes an empty folder that only this user can read.
   *
   * @throws IOException if the temporary folder cannot be written to
   */
  public static Path folder(String prefix) throws IOException {
    Path parent = parent();
    Path folder = parent.resolve(prefix + random());
    FileAttribute<?>[] attributes =
        parent.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    return Files.createDirectory(folder, attributes);
  }

  /**
   * Makes an empty file.
   *
   * @throws IOException if the temporary folder cannot be written to
   */
  public static Path file(String prefix, String suffix) throws IOException {
    return Files.createFile(parent().resolve(prefix + random() + suffix));
  }

  private static Path parent() {
    return Path.of(System.getProperty(FOLDER));
  }

  /** Returns 16 hexadecimal digits that no other call returns. */
  public static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
