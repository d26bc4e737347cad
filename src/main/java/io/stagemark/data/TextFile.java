package io.stagemark.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The one way in which this program reads text that others wrote: configs, cards, labels, tables,
 * JSON. UTF-8 with or without a byte-order mark, UTF-16 and UTF-32 with one; everything else is
 * refused by its name and place, never read as something that it is not.
 */
public final class TextFile {
  private static final int HEAD_BYTES = 4;
  private static final int CHUNK_CHARS = 1 << 14;
  private static final String AS_UTF_8 = "save the file as UTF-8";

  private TextFile() {}

  /**
   * Reads a whole file; every line of it ends with a line feed, whatever the file has.
   *
   * @param maxBytes what such a file may have at most
   * @throws TextFault if there is no such file, it is no regular one, too large, or no text
   */
  public static String read(Path file, long maxBytes) throws TextFault {
    StringBuilder text = new StringBuilder();
    try (Reader in = open(file, maxBytes)) {
      char[] chunk = new char[CHUNK_CHARS];
      boolean afterReturn = false;
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        for (int i = 0; i < count; i++) {
          boolean secondOfTwo = afterReturn && chunk[i] == '\n';
          afterReturn = chunk[i] == '\r';
          if (!secondOfTwo) {
            text.append(afterReturn ? '\n' : chunk[i]);
          }
        }
      }
      return text.toString();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Opens a file to be read piece by piece, line ends as they are.
   *
   * @param maxBytes what such a file may have at most
   * @return a reader without the byte-order mark; its {@code read} throws a {@link TextFault} at
   *     the first byte that is no text
   * @throws TextFault as {@link #read} does
   */
  public static Reader open(Path file, long maxBytes) throws TextFault {
    requireRegular(file, maxBytes);
    try {
      InputStream in = new BufferedInputStream(RegularFile.open(file), 1 << 16);
      in.mark(HEAD_BYTES);
      byte[] head = in.readNBytes(HEAD_BYTES);
      in.reset();
      Charset charset;
      try {
        charset = charset(head);
      } catch (TextFault e) {
        in.close();
        throw e;
      }
      int mark = markBytes(head, charset);
      in.skipNBytes(mark);
      return new StrictReader(in, charset, mark, maxBytes);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A pipe or a device would be waited for, or never end. */
  private static void requireRegular(Path file, long maxBytes) throws TextFault {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new TextFault(
            attributes.isDirectory() ? "a folder" : "a pipe or a device", 0, "name a file of text");
      }
      if (attributes.size() > maxBytes) {
        throw tooLarge(maxBytes);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static TextFault unreadable(IOException e) {
    if (e instanceof TextFault fault) {
      return fault;
    }
    if (e instanceof NoSuchFileException) {
      return new TextFault("no such file", 0, "check the path");
    }
    String why = e instanceof AccessDeniedException ? "no right to read it" : e.getMessage();
    return new TextFault("unreadable: " + why, 0, "check the file's rights");
  }

  static TextFault tooLarge(long maxBytes) {
    String limit = maxBytes < 1 << 20 ? maxBytes + " bytes" : (maxBytes >> 20) + " MiB";
    return new TextFault("more than " + limit, 0, "name a file of at most " + limit);
  }

  private static Charset charset(byte[] head) throws TextFault {
    int first = at(head, 0) << 8 | at(head, 1);
    int second = at(head, 2) << 8 | at(head, 3);
    if (first == 0xFFFE) {
      return head.length == 4 && second == 0
          ? Charset.forName("UTF-32LE")
          : StandardCharsets.UTF_16LE;
    }
    if (first == 0 && second == 0xFEFF) {
      return Charset.forName("UTF-32BE");
    }
    if (first == 0xFEFF) {
      return StandardCharsets.UTF_16BE;
    }
    if (head.length >= 2 && (head[0] == 0 || head[1] == 0)) {
      String name = second == 0 || first == 0 ? "UTF-32" : "UTF-16";
      throw new TextFault(name + " text without a byte-order mark", 1, AS_UTF_8);
    }
    return StandardCharsets.UTF_8;
  }

  private static int markBytes(byte[] head, Charset charset) {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return charset.name().startsWith("UTF-32") ? 4 : 2;
    }
    return at(head, 0) == 0xEF && at(head, 1) == 0xBB && at(head, 2) == 0xBF ? 3 : 0;
  }

  private static int at(byte[] head, int index) {
    return index < head.length ? head[index] & 0xFF : 0xAA; // of no mark
  }
}
