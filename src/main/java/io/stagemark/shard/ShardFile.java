package io.stagemark.shard;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Sha256;
import io.stagemark.data.ShownPath;
import io.stagemark.output.OutputTree;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.scoring.MergeableState;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A shard's file.
 *
 * <pre>
 *   "stagemark-shard\n"
 *   int32 length, the header as JSON
 *   for each case of the header: int32 length, the state of its scores, deflated
 *   SHA-256 of everything above
 * </pre>
 *
 * <p>A file that was cut or changed is found by its digest before anything is taken from it.
 *
 * @param path of the file
 * @param header read from it
 */
public record ShardFile(Path path, ShardHeader header) {
  /** The file's name, in a folder of its own. */
  public static final String NAME = "scores.shard";

  private static final byte[] MAGIC = "stagemark-shard\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_HEADER_BYTES = 1 << 28;
  private static final int DIGEST_BYTES = 32;
  private static final int CHUNK_BYTES = 1 << 16;

  /** Writes one; an equal or older one of ours in the folder is replaced in one step. */
  static void write(OutputTree folder, ShardHeader header, List<byte[]> states) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(MAGIC);
    byte[] json = ResultFiles.compact(header).getBytes(StandardCharsets.UTF_8);
    out.writeInt(json.length);
    out.write(json);
    for (byte[] state : states) {
      ByteArrayOutputStream small = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
        deflater.write(state);
      }
      out.writeInt(small.size());
      small.writeTo(out);
    }
    MessageDigest sha = Sha256.digest();
    sha.update(bytes.toByteArray());
    out.write(sha.digest());
    folder.writeDurably(NAME, bytes.toByteArray());
  }

  /** Returns what a scorer has gathered, as bytes. */
  static byte[] bytes(MergeableState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /**
   * Reads the header, after the whole file was compared with its digest.
   *
   * @throws BadInputException if it is no shard's file, is cut or was changed; it is named
   */
  public static ShardFile read(Path file) throws BadInputException, IOException {
    long length = Files.size(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw damaged(file, "not a shard's file");
      }
    }
    if (length < MAGIC.length + DIGEST_BYTES || !isWhole(file, length)) {
      throw damaged(file, "cut, or changed since it was written: its digest is another one");
    }
    try (DataInputStream in = open(file)) {
      byte[] json = header(in);
      ShardHeader header =
          ResultFiles.parse(new String(json, StandardCharsets.UTF_8), ShardHeader.class);
      if (header.schemaVersion() != ShardHeader.SCHEMA_VERSION) {
        throw damaged(file, "schema version " + header.schemaVersion());
      }
      return new ShardFile(file, header);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, "a header that cannot be read: " + firstLine(e));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static DataInputStream open(Path file) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES));
    in.skipNBytes(MAGIC.length);
    return in;
  }

  private static byte[] header(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_HEADER_BYTES) {
      throw new IOException("a header of %d bytes".formatted(length));
    }
    return in.readNBytes(length);
  }

  private static boolean isWhole(Path file, long length) throws IOException {
    MessageDigest sha = Sha256.digest();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES)) {
      long left = length - DIGEST_BYTES;
      byte[] chunk = new byte[CHUNK_BYTES];
      while (left > 0) {
        int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (read < 0) {
          return false; // it became shorter meanwhile
        }
        sha.update(chunk, 0, read);
        left -= read;
      }
      return Arrays.equals(in.readNBytes(DIGEST_BYTES), sha.digest());
    }
  }

  /**
   * Adds the states of every case to others of the same kind.
   *
   * @param cases in the header's order
   * @throws BadInputException if a state does not fit; the file is named
   */
  void addTo(List<MergeableState> cases) throws BadInputException, IOException {
    try (DataInputStream in = open(path)) {
      header(in);
      for (MergeableState state : cases) {
        byte[] deflated = in.readNBytes(in.readInt());
        state.add(
            new DataInputStream(
                new BufferedInputStream(
                    new InflaterInputStream(new ByteArrayInputStream(deflated)), CHUNK_BYTES)));
      }
    } catch (IOException | RuntimeException e) {
      throw damaged(path, "a state that does not fit the scores: " + firstLine(e));
    }
  }

  /**
   * Checks that the shard is a part of one whole.
   *
   * @throws BadInputException naming everything that differs
   */
  void requireOf(ShardIdentity identity) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    for (ShardIdentity.Difference each : header.identity().differences(identity)) {
      problems.add(
          new Problem(
              ShownPath.of(path),
              each.what() + " " + each.here(),
              "as now: " + each.there(),
              "--out another folder, or move this one elsewhere"));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private static BadInputException damaged(Path file, String found) {
    return new BadInputException(
        new Problem(
            ShownPath.of(file),
            found,
            "a whole file that score-shard of this version wrote",
            "delete it, and run its ./stagemark score-shard again"));
  }
}
