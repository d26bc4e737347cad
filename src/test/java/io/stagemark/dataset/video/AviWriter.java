package io.stagemark.dataset.video;

import io.stagemark.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** AVI files for tests, made of chunks: right ones and wrong ones. */
public final class AviWriter {
  private AviWriter() {}

  /** A chunk, padded to an even length. */
  static byte[] chunk(String name, byte[]... content) {
    byte[] bytes = Pictures.joined(content);
    return Pictures.joined(header(name, bytes.length), bytes, new byte[bytes.length & 1]);
  }

  /** The eight bytes before a chunk's content. */
  static byte[] header(String name, long bytes) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.ISO_8859_1))
        .putInt((int) bytes)
        .array();
  }

  /** A chunk {@code LIST} or {@code RIFF} of a type. */
  static byte[] list(String name, String type, byte[]... chunks) {
    return chunk(name, type.getBytes(StandardCharsets.ISO_8859_1), Pictures.joined(chunks));
  }

  /** A list {@code strl} of a kind of stream, such as {@code vids}. */
  static byte[] stream(String kind, String codec, int heightPx) {
    ByteBuffer head = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);
    head.put(kind.getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer format = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    format.putInt(40).putInt(Pictures.WIDTH).putInt(heightPx).putShort((short) 1);
    format.putShort((short) 24).put(codec.getBytes(StandardCharsets.ISO_8859_1));
    return list("LIST", "strl", chunk("strh", head.array()), chunk("strf", format.array()));
  }

  static byte[] headers(byte[]... streams) {
    return list("LIST", "hdrl", chunk("avih", new byte[56]), Pictures.joined(streams));
  }

  static byte[] motionJpeg() {
    return headers(stream("vids", "MJPG", Pictures.HEIGHT));
  }

  static byte[] movie(byte[]... chunks) {
    return list("LIST", "movi", chunks);
  }

  static byte[] avi(byte[]... parts) {
    return list("RIFF", "AVI ", parts);
  }

  /** A Motion JPEG AVI of these frames, with a chunk of sound before each. */
  public static byte[] video(byte[]... frames) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      chunks.writeBytes(chunk("01wb", new byte[5]));
      chunks.writeBytes(chunk("00dc", frame));
    }
    return avi(
        headers(stream("vids", "MJPG", Pictures.HEIGHT), stream("auds", "\1\0\0\0", 0)),
        chunk("JUNK", new byte[7]),
        movie(chunks.toByteArray()),
        chunk("idx1", new byte[16 * frames.length]));
  }

  /** A JPEG of 36x24 px that differs from others of another number in its last segment. */
  public static byte[] jpeg(int number) {
    byte[] jpeg = Pictures.of("jpg");
    return Pictures.insert(jpeg, 2, Pictures.segment(0xFE, "frame " + number, new byte[0]));
  }

  /** Returns a JPEG without its Huffman tables, as many cameras write them into AVI. */
  static byte[] withoutTables(byte[] jpeg) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xDA) {
      int length = 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
      if ((jpeg[at + 1] & 0xFF) != 0xC4) {
        out.write(jpeg, at, length);
      }
      at += length;
    }
    out.write(jpeg, at, jpeg.length - at);
    return out.toByteArray();
  }

  /** A JPEG of 36x24 px of one grey. */
  public static byte[] grey(int level) {
    BufferedImage image =
        new BufferedImage(Pictures.WIDTH, Pictures.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < Pictures.WIDTH * Pictures.HEIGHT; i++) {
      image.getRaster().setSample(i % Pictures.WIDTH, i / Pictures.WIDTH, 0, level);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** So many different JPEGs. */
  public static byte[][] jpegs(int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(AviWriter::jpeg).toArray(byte[][]::new);
  }
}
