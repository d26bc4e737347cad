package io.stagemark.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;

/** Small image files for tests, made by the JDK and by hand; 36 px wide and 24 high. */
public final class Pictures {
  public static final int WIDTH = 36;
  public static final int HEIGHT = 24;

  private Pictures() {}

  private static BufferedImage image() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, x * 7 << 16 | y * 10 << 8 | (x * y & 0xFF));
      }
    }
    return image;
  }

  /** Returns the picture as the JDK writes it: jpeg, png, bmp, gif or tiff. */
  public static byte[] of(String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image(), format, out)) {
        throw new IllegalArgumentException(format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A JPEG of four components, all 0: black, as decoders read ink in such files. */
  public static byte[] cmykJpeg() {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      Raster raster = Raster.createInterleavedRaster(0, WIDTH, HEIGHT, 4, null);
      writer.write(null, new IIOImage(raster, null, null), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** EXIF with the orientation alone, as a SHORT. */
  public static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer exif = ByteBuffer.allocate(26).order(order);
    exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    exif.putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return exif.array();
  }

  /** A segment of a JPEG: FF, the marker, its length, its text and data. */
  public static byte[] segment(int marker, String text, byte[] data) {
    byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer segment = ByteBuffer.allocate(4 + head.length + data.length);
    segment.put((byte) 0xFF).put((byte) marker);
    segment.putShort((short) (2 + head.length + data.length)).put(head).put(data);
    return segment.array();
  }

  public static byte[] exifSegment(int orientation, ByteOrder order) {
    return segment(0xE1, "Exif\0\0", exif(orientation, order));
  }

  /** A chunk of a PNG with its checksum. */
  public static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) crc.getValue()).array();
  }

  /** Returns the bytes with others put in. */
  public static byte[] insert(byte[] bytes, int at, byte[]... others) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    for (byte[] other : others) {
      out.writeBytes(other);
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  /** Returns the place of a text of Latin-1, the first from {@code from} on. */
  public static int indexOf(byte[] bytes, String latin1, int from) {
    byte[] sought = latin1.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = from; at + sought.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("no " + latin1);
  }

  /** Returns the bytes with one bit of one byte turned. */
  public static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  public static byte[] joined(byte[]... parts) {
    return insert(new byte[0], 0, parts);
  }

  /**
   * A WebP with an extended header around the chunks of a plain one (RFC 9649, 2.7).
   *
   * @param flags 0x08 for EXIF, 0x02 for an animation
   */
  public static byte[] extendedWebp(byte[] plain, int flags, byte[] exif) {
    ByteBuffer head = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    head.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(flags);
    head.put((byte) (WIDTH - 1)).putShort((short) 0).put((byte) (HEIGHT - 1)).putShort((short) 0);
    ByteBuffer exifChunk =
        ByteBuffer.allocate(8 + exif.length + (exif.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
    exifChunk.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
    byte[] body =
        joined(head.array(), Arrays.copyOfRange(plain, 12, plain.length), exifChunk.array());
    ByteBuffer riff = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    riff.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + body.length);
    riff.put("WEBP".getBytes(StandardCharsets.US_ASCII));
    return joined(riff.array(), body);
  }

  /** A TIFF of grey pixels without compression: one strip, the directory behind it. */
  public static byte[] tiff(int orientation, int bits, ByteOrder order) {
    int pixelBytes = WIDTH * HEIGHT * bits / 8;
    int[][] entries = {
      {256, 4, WIDTH},
      {257, 4, HEIGHT},
      {258, 3, bits},
      {259, 3, 1},
      {262, 3, 1},
      {273, 4, 8},
      {274, 3, orientation},
      {277, 3, 1},
      {278, 4, HEIGHT},
      {279, 4, pixelBytes}
    };
    ByteBuffer tiff =
        ByteBuffer.allocate(8 + pixelBytes + 2 + 12 * entries.length + 4).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8 + pixelBytes);
    for (int i = 0; i < pixelBytes; i++) {
      tiff.put((byte) (i % WIDTH * 7));
    }
    tiff.putShort((short) entries.length);
    for (int[] entry : entries) {
      tiff.putShort((short) entry[0]).putShort((short) entry[1]).putInt(1);
      if (entry[1] == 3) {
        tiff.putShort((short) entry[2]).putShort((short) 0);
      } else {
        tiff.putInt(entry[2]);
      }
    }
    return tiff.putInt(0).array();
  }
}
