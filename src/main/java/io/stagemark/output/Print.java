package io.stagemark.output;

import io.stagemark.data.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * What a file's content is known by.
 *
 * @param bytes its length
 * @param sha256 64 hexadecimal digits
 */
record Print(long bytes, String sha256) {
  private static final int CHUNK_BYTES = 1 << 16;

  static Print of(byte[] content) {
    return new Print(content.length, Sha256.of(content));
  }

  /** Reads a file, but not what a link leads to. */
  static Print of(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in =
        Channels.newInputStream(
            Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
        bytes += read;
      }
    }
    return new Print(bytes, Sha256.hex(digest));
  }
}
