package io.stagemark.image;

import java.util.Set;

/** A JPEG 2000 codestream (ITU-T T.800, annex A), alone or in the boxes of a JP2 (annex I). */
final class Jpeg2000File {
  private static final String CODESTREAM = "\u00FFO\u00FFQ";
  private static final String EXIF_UUID = "JpgTiffExif->JP2";
  private static final int MAX_BITS = 16;

  private Jpeg2000File() {}

  static ImageHeader read(FileBytes file) throws ImageFault {
    if (file.has(0, CODESTREAM)) {
      return codestream(file, 0, file.size(), 1);
    }
    long at = 0;
    int orientation = 1;
    long stream = -1;
    long streamEnd = -1;
    while (at + 8 <= file.size()) {
      long length = file.u32(at);
      long head = length == 1 ? 16 : 8;
      long end = length == 1 ? file.u64(at + 8) + at : length == 0 ? file.size() : at + length;
      if (end < at + head || end > file.size()) {
        throw ImageFault.cut(file.size(), "JPEG 2000 file without its end");
      }
      if (file.has(at + 4, "jp2c") && stream < 0) {
        stream = at + head;
        streamEnd = end;
      } else if (file.has(at + 4, "uuid") && file.has(at + head, EXIF_UUID)) {
        long exif = at + head + EXIF_UUID.length();
        orientation = end > exif ? ExifOrientation.of(file.slice(exif, end - exif)) : 1;
      }
      at = end;
    }
    if (stream < 0) {
      throw ImageFault.cut(file.size(), "JPEG 2000 file without its pixels");
    }
    return codestream(file, stream, streamEnd, orientation);
  }

  /** Reads the SIZ marker (A.5.1). */
  private static ImageHeader codestream(FileBytes file, long at, long end, int orientation)
      throws ImageFault {
    if (!file.has(at, CODESTREAM)) {
      throw new ImageFault("damaged: a JPEG 2000 file without a codestream");
    }
    long width = file.u32(at + 8) - file.u32(at + 16);
    long height = file.u32(at + 12) - file.u32(at + 20);
    int components = file.u16(at + 40);
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new ImageFault("a JPEG 2000 file of %dx%d px".formatted(width, height));
    }
    if (components < 1 || components > 4) {
      throw ImageFault.unsupported("a JPEG 2000 file of %d components".formatted(components));
    }
    for (int i = 0; i < components; i++) {
      int bits = (file.u8(at + 42 + 3L * i) & 0x7F) + 1;
      boolean subsampled = file.u8(at + 43 + 3L * i) != 1 || file.u8(at + 44 + 3L * i) != 1;
      if (bits > MAX_BITS || subsampled) {
        throw ImageFault.unsupported(
            "a JPEG 2000 file of %d bits a sample%s"
                .formatted(bits, subsampled ? ", with subsampled components" : ""));
      }
    }
    if (!endsSomewhere(file, at, end)) {
      throw ImageFault.cut(file.size(), "JPEG 2000 file without its end marker");
    }
    return new ImageHeader(ImageFormat.JPEG_2000, (int) width, (int) height, orientation, Set.of());
  }

  private static boolean endsSomewhere(FileBytes file, long start, long end) {
    for (long at = end - 2; at > start; at--) {
      if (file.u8(at) == 0xFF && file.u8(at + 1) == 0xD9) {
        return true;
      }
    }
    return false;
  }
}
