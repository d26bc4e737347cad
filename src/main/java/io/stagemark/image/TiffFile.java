package io.stagemark.image;

import io.stagemark.image.ImageHeader.Trait;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The first page of a TIFF (TIFF 6.0) or BigTIFF, by its first directory: its pixels must be inside
 * the file, and of a kind that OpenCV's decoder makes 8 bits of.
 */
final class TiffFile {
  private static final int SUB_FILE_TYPE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int DNG_VERSION = 50_706;
  private static final Set<Integer> COMPRESSIONS =
      Set.of(1, 2, 3, 4, 5, 7, 8, 32_771, 32_773, 32_809, 32_946);
  private static final int MAX_SAMPLES = 4;
  private static final int MAX_BITS = 16;

  private final FileBytes file;
  private final boolean big;
  private final Map<Integer, Long> entryOf = new HashMap<>();
  private boolean morePages;

  private TiffFile(FileBytes file, boolean big) {
    this.file = file;
    this.big = big;
  }

  static ImageHeader read(FileBytes bytes) throws ImageFault {
    boolean little = bytes.has(0, "II");
    FileBytes file = bytes.ordered(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    TiffFile tiff = new TiffFile(file, file.u16(2) == 43);
    tiff.directory();
    return tiff.header();
  }

  private void directory() {
    long at = big ? file.u64(8) : file.u32(4);
    long entries = big ? file.u64(at) : file.u16(at);
    long first = at + (big ? 8 : 2);
    int entryBytes = big ? 20 : 12;
    file.u8(first + Math.min(entries, Integer.MAX_VALUE) * entryBytes - 1);
    for (long i = 0; i < entries; i++) {
      long entry = first + i * entryBytes;
      entryOf.putIfAbsent(file.u16(entry), entry);
    }
    long next = first + entries * entryBytes;
    if (next + (big ? 8 : 4) <= file.size()) {
      morePages = (big ? file.u64(next) : file.u32(next)) != 0;
    }
  }

  private ImageHeader header() throws ImageFault {
    if (entryOf.containsKey(DNG_VERSION)) {
      throw ImageFault.unsupported("a camera's raw file (DNG)");
    }
    if ((value(SUB_FILE_TYPE, 0) & 1) != 0) {
      throw ImageFault.unsupported("a TIFF whose first page is a preview of another one");
    }
    long width = value(WIDTH, 0);
    long height = value(HEIGHT, 0);
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new ImageFault("a TIFF of %dx%d px".formatted(width, height));
    }
    long bits = value(BITS, 1);
    long samples = value(SAMPLES, 1);
    if (bits > MAX_BITS || samples > MAX_SAMPLES || !entryOf.containsKey(PHOTOMETRIC)) {
      throw ImageFault.unsupported(
          "a TIFF of %d samples of %d bits a pixel, which OpenCV does not make an image of 8 bits"
              .formatted(samples, bits));
    }
    if (!COMPRESSIONS.contains((int) value(COMPRESSION, 1))) {
      throw ImageFault.unsupported(
          "a TIFF of compression %d, which OpenCV's decoder does not read"
              .formatted(value(COMPRESSION, 1)));
    }
    requirePixels();
    return new ImageHeader(
        ImageFormat.TIFF,
        (int) width,
        (int) height,
        ExifOrientation.valid(value(ORIENTATION, 1)),
        morePages ? Set.of(Trait.MORE_PICTURES) : Set.of());
  }

  /** Holds the file to the end of every strip or tile. */
  private void requirePixels() throws ImageFault {
    boolean tiles = entryOf.containsKey(TILE_OFFSETS);
    int offsets = tiles ? TILE_OFFSETS : STRIP_OFFSETS;
    int bytes = tiles ? TILE_BYTES : STRIP_BYTES;
    if (!entryOf.containsKey(offsets)) {
      throw new ImageFault("damaged: a TIFF without pixels");
    }
    long count = entryOf.containsKey(bytes) ? Math.min(count(offsets), count(bytes)) : 0;
    for (long i = 0; i < count; i++) {
      if (value(offsets, i, 0) + value(bytes, i, 0) > file.size()) {
        throw ImageFault.cut(file.size(), "TIFF without all of its pixels");
      }
    }
  }

  private long count(int tag) {
    long entry = entryOf.getOrDefault(tag, 0L);
    return big ? file.u64(entry + 4) : file.u32(entry + 4);
  }

  private long value(int tag, long otherwise) {
    return value(tag, 0, otherwise);
  }

  /** Returns a value of an entry that holds BYTE, SHORT, LONG or LONG8. */
  private long value(int tag, long index, long otherwise) {
    Long entry = entryOf.get(tag);
    if (entry == null) {
      return otherwise;
    }
    int bytes =
        switch (file.u16(entry + 2)) {
          case 1 -> 1;
          case 3 -> 2;
          case 4 -> 4;
          case 16, 18 -> 8;
          default -> 0;
        };
    long room = big ? 8 : 4;
    long field = entry + (big ? 12 : 8);
    long at = count(tag) * bytes <= room ? field : big ? file.u64(field) : file.u32(field);
    return switch (bytes) {
      case 1 -> file.u8(at + index);
      case 2 -> file.u16(at + 2 * index);
      case 4 -> file.u32(at + 4 * index);
      case 8 -> file.u64(at + 8 * index);
      default -> otherwise;
    };
  }
}
