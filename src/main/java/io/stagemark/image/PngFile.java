package io.stagemark.image;

import io.stagemark.image.ImageHeader.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG by its chunks (ISO/IEC 15948, 5.3): length, type, data, checksum. Refuses what libpng
 * refuses; a wrong checksum of a chunk that decoding can do without is none of that.
 */
final class PngFile {
  private static final List<String> CRITICAL = List.of("IHDR", "PLTE", "IDAT", "IEND");
  private static final int IHDR_BYTES = 13;
  private static final int PALETTE = 3;
  private static final int MAX_SIDE_PX = 1_000_000;

  private final FileBytes file;
  private final boolean checksums;
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private int orientation = 1;
  private boolean palette;
  private boolean pixels;

  private PngFile(FileBytes file, boolean checksums) {
    this.file = file;
    this.checksums = checksums;
  }

  static ImageHeader read(FileBytes file, boolean whole) throws ImageFault {
    if (file.has(12, "CgBI")) {
      throw ImageFault.unsupported(
          "a PNG in Apple's own variant (CgBI), which libpng does not read");
    }
    if (file.size() >= 16 && (!file.has(12, "IHDR") || file.u32(8) != IHDR_BYTES)) {
      throw new ImageFault("damaged: a PNG that does not begin with IHDR");
    }
    PngFile png = new PngFile(file, whole);
    try {
      png.header();
      png.chunks();
    } catch (IndexOutOfBoundsException e) {
      throw ImageFault.cut(file.size(), "PNG without its IEND chunk");
    }
    return new ImageHeader(
        ImageFormat.PNG,
        (int) file.u32(16),
        (int) file.u32(20),
        png.orientation,
        Set.copyOf(png.traits));
  }

  private void header() throws ImageFault {
    long width = file.u32(16);
    long height = file.u32(20);
    int depth = file.u8(24);
    int colour = file.u8(25);
    boolean known =
        switch (colour) {
          case 0 -> List.of(1, 2, 4, 8, 16).contains(depth);
          case PALETTE -> List.of(1, 2, 4, 8).contains(depth);
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known || file.u8(26) != 0 || file.u8(27) != 0 || file.u8(28) > 1) {
      throw new ImageFault(
          "damaged: a PNG header of %d bits and colour type %d".formatted(depth, colour));
    }
    if (width == 0 || height == 0) {
      throw new ImageFault("a PNG of %dx%d px".formatted(width, height));
    }
    if (width > MAX_SIDE_PX || height > MAX_SIDE_PX) {
      throw ImageFault.unsupported(
          "a PNG of %dx%d px: libpng reads sides up to %d px"
              .formatted(width, height, MAX_SIDE_PX));
    }
  }

  private void chunks() throws ImageFault {
    long at = 8;
    while (true) {
      long length = file.u32(at);
      String type = type(at + 4);
      if (length > Integer.MAX_VALUE || !type.matches("[A-Za-z]{4}")) {
        throw new ImageFault("damaged: a PNG without a chunk at byte " + at);
      }
      boolean critical = CRITICAL.contains(type);
      if (!critical && Character.isUpperCase(type.charAt(0))) {
        throw new ImageFault("damaged: a PNG with the unknown critical chunk " + type);
      }
      chunk(type, at, length);
      file.u8(at + 11 + length);
      if (checksums && critical && !checksumIsRight(at + 4, length + 4)) {
        throw new ImageFault("damaged: the checksum of a PNG's %s chunk is wrong".formatted(type));
      }
      if (type.equals("IEND")) {
        break;
      }
      at += 12 + length;
    }
    if (!pixels) {
      throw new ImageFault("damaged: a PNG without pixels (no IDAT chunk)");
    }
  }

  private void chunk(String type, long at, long length) throws ImageFault {
    switch (type) {
      case "IHDR" -> {
        if (at != 8) {
          throw new ImageFault("damaged: a PNG with two headers");
        }
      }
      case "PLTE" -> palette = true;
      case "IDAT" -> {
        pixels = true;
        if (file.u8(25) == PALETTE && !palette) {
          throw new ImageFault("damaged: a PNG of palette colours without a palette");
        }
      }
      case "acTL" -> traits.add(Trait.MORE_PICTURES);
      case "eXIf" -> {
        if (length < 2 || !(file.has(at + 8, "II") || file.has(at + 8, "MM"))) {
          throw new ImageFault(
              "a PNG whose eXIf chunk does not begin with II or MM: libpng loses its place there",
              "exiftool -EXIF= FILE, which takes the chunk out");
        }
        orientation = ExifOrientation.of(file.slice(at + 8, length));
      }
      default -> {
        // nothing that the size or the orientation depends on
      }
    }
  }

  private String type(long at) {
    StringBuilder type = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      type.append((char) file.u8(at + i));
    }
    return type.toString();
  }

  private boolean checksumIsRight(long at, long length) {
    CRC32 crc = new CRC32();
    crc.update(file.slice(at, length));
    return crc.getValue() == file.u32(at + length);
  }
}
