package io.stagemark.output;

import io.stagemark.data.Sha256;
import io.stagemark.data.TemporaryFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A text file that only grows, in lines that each carry a check. A line that was cut by a kill, or
 * that another hand wrote, is not read.
 */
final class ListFile {
  private static final String MAGIC = "stagemark files 1 ";
  private static final String NOTE =
      "note what Stagemark wrote into this folder: it moves, replaces and deletes nothing else";
  private static final int DIGITS = 16;
  private static final int HEAD_BYTES = MAGIC.length() + DIGITS + 1 + DIGITS + 1;

  private final Path path;
  private final String id;

  private ListFile(Path path, String id) {
    this.path = path;
    this.id = id;
  }

  /** Returns the list under a name; empty if there is none, or something else has the name. */
  static Optional<ListFile> at(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    byte[] head = new byte[HEAD_BYTES];
    try (FileChannel channel = reading(path)) {
      channel.read(ByteBuffer.wrap(head));
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String id = text.substring(MAGIC.length(), MAGIC.length() + DIGITS);
    return text.equals(head(id)) ? Optional.of(new ListFile(path, id)) : Optional.empty();
  }

  /** Makes a list where nothing is. */
  static ListFile create(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "is no list of Stagemark's files");
    }
    String id = TemporaryFiles.random();
    String text = head(id) + check(id, NOTE) + " " + NOTE + "\n";
    NewFile.replace(path, text.getBytes(StandardCharsets.UTF_8));
    return new ListFile(path, id);
  }

  private static FileChannel reading(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private static String head(String id) {
    return MAGIC + id + " " + check(id, MAGIC) + "\n";
  }

  private static String check(String id, String line) {
    byte[] text = (id + "\n" + line).getBytes(StandardCharsets.UTF_8);
    return Sha256.of(text).substring(0, DIGITS);
  }

  /** Returns the whole lines that this program wrote, in their order. */
  List<String> lines() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(reading(path)), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.length() > DIGITS + 1)
          .filter(line -> line.startsWith(check(id, line.substring(DIGITS + 1)) + " "))
          .map(line -> line.substring(DIGITS + 1))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Adds a line.
   *
   * @throws IOException if it cannot be written, or the list is no longer there
   */
  void append(String line) throws IOException {
    if (line.chars().anyMatch(Character::isISOControl)) {
      throw new FileSystemException(path.toString(), null, "no name for a file: " + line);
    }
    // What was put in the list's place meanwhile is not written to, under none of its names.
    if (!at(path).map(list -> list.id).equals(Optional.of(id))) {
      throw new FileSystemException(path.toString(), null, "the list of files is gone");
    }
    if (Inode.names(path) > 1) {
      NewFile.replace(path, Files.readAllBytes(path));
    }
    String whole = (endsALine() ? "" : "\n") + check(id, line) + " " + line + "\n";
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private boolean endsALine() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    try (FileChannel channel = reading(path)) {
      channel.read(last, channel.size() - 1);
    }
    return last.get(0) == '\n';
  }
}
