package io.stagemark.image;

import io.stagemark.image.ImageHeader.Trait;
import java.util.EnumSet;
import java.util.Set;

/**
 * A JPEG by its markers (ITU-T T.81, annex B), read as libjpeg reads them: bytes between two
 * markers that belong to none are passed over. The end marker of a thumbnail is inside a segment;
 * what follows the image's own is padding or another picture.
 */
final class JpegFile {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int COM = 0xFE;
  private static final int DHP = 0xDE;
  private static final int EXP = 0xDF;

  private final FileBytes file;
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private int width = -1;
  private int height = -1;
  private int orientation;

  private JpegFile(FileBytes file) {
    this.file = file;
  }

  static ImageHeader read(FileBytes file, boolean whole) throws ImageFault {
    JpegFile jpeg = new JpegFile(file);
    try {
      int scan = jpeg.header();
      if (whole ? !jpeg.ends(scan) : !jpeg.endsSomewhere(scan)) {
        throw cut(file);
      }
    } catch (IndexOutOfBoundsException e) {
      throw cut(file);
    }
    return new ImageHeader(
        ImageFormat.JPEG,
        jpeg.width,
        jpeg.height,
        Math.max(1, jpeg.orientation),
        Set.copyOf(jpeg.traits));
  }

  private static ImageFault cut(FileBytes file) {
    return ImageFault.cut(file.size(), "JPEG without its end marker");
  }

  /** Reads up to the first scan; returns where its data begin. */
  private int header() throws ImageFault {
    int at = marker(2);
    while (file.u8(at) != SOS) {
      int marker = file.u8(at);
      if (marker == EOI) {
        throw new ImageFault("damaged: a JPEG that ends before its pixels");
      }
      if (marker == SOI) {
        throw new ImageFault("damaged: a JPEG that begins again before its pixels");
      }
      if (isBare(marker)) {
        at = marker(at + 1);
        continue;
      }
      if (isFrame(marker)) {
        frame(marker, at + 1);
      } else if (marker == APP1 && orientation == 0 && file.has(at + 3L, "Exif\0")) {
        int length = Math.max(2, file.u16(at + 1L)) - 2;
        orientation =
            ExifOrientation.of(file.slice(at + 3L, Math.min(length, file.size() - at - 3)));
      } else if (marker == APP2 && file.has(at + 3L, "MPF\0")) {
        traits.add(Trait.MORE_PICTURES);
      } else if (!hasSegment(marker)) {
        throw new ImageFault("damaged: a JPEG with the unknown marker ff %02x".formatted(marker));
      }
      at = marker(at + 1 + file.u16(at + 1L));
    }
    if (width < 0) {
      throw new ImageFault("damaged: a JPEG without a frame header before its pixels");
    }
    return at + 1 + file.u16(at + 1L);
  }

  /** Reads a frame header (B.2.2) and refuses what libjpeg does not decode. */
  private void frame(int marker, int at) throws ImageFault {
    boolean decoded = marker <= 0xC2 || marker == 0xC9 || marker == 0xCA;
    if (!decoded) {
      throw ImageFault.unsupported(
          "a lossless or hierarchical JPEG (frame ff %02x)".formatted(marker));
    }
    if (width >= 0) {
      throw new ImageFault("damaged: a JPEG with two frame headers");
    }
    int bits = file.u8(at + 2L);
    int components = file.u8(at + 7L);
    if (bits != 8) {
      throw ImageFault.unsupported("a JPEG of %d bits a sample".formatted(bits));
    }
    if (components != 1 && components != 3 && components != 4) {
      throw ImageFault.unsupported("a JPEG of %d colour components".formatted(components));
    }
    if (file.u16(at) != 8 + 3 * components) {
      throw new ImageFault("damaged: a JPEG whose frame header has a wrong length");
    }
    height = file.u16(at + 3L);
    width = file.u16(at + 5L);
    if (components == 4) {
      traits.add(Trait.CMYK);
    }
  }

  /** Returns the place of the next marker's second byte, as libjpeg's next_marker finds it. */
  private int marker(int from) {
    int at = from;
    while (true) {
      at = file.indexOf(0xFF, at);
      while (file.u8(at) == 0xFF) {
        at++;
      }
      if (file.u8(at) != 0) {
        return at;
      }
      at++;
    }
  }

  /** Walks the scans to the end marker; another start before it means that this picture is cut. */
  private boolean ends(int scan) {
    int at = scan;
    while (true) {
      at = marker(at);
      int marker = file.u8(at);
      if (marker == EOI) {
        return true;
      } else if (marker == SOI) {
        return false;
      } else if (isBare(marker) || !hasSegment(marker)) {
        at++;
      } else {
        at += 1 + file.u16(at + 1L);
      }
    }
  }

  /** Entropy-coded data never holds FF D9; nearly every file ends with it. */
  private boolean endsSomewhere(int scan) {
    for (int at = file.size() - 2; at >= scan; at--) {
      if (file.u8(at) == 0xFF && file.u8(at + 1L) == EOI) {
        return true;
      }
    }
    return false;
  }

  /** A marker without a length: restart, start of image, TEM. */
  private static boolean isBare(int marker) {
    return (marker >= 0xD0 && marker <= SOI) || marker == 0x01;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean hasSegment(int marker) {
    return (marker >= 0xC0 && marker <= 0xEF && marker != DHP && marker != EXP) || marker == COM;
  }
}
