package io.stagemark.image;

/** A WebP by its chunks (RFC 9649): one lossy or lossless picture, alone or in an extended file. */
final class WebpFile {
  private static final int ANIMATED = 0x02;

  private final FileBytes file;
  private int width = -1;
  private int height = -1;
  private int orientation = 1;

  private WebpFile(FileBytes file) {
    this.file = file;
  }

  /**
   * Reads.
   *
   * @param file little-endian
   */
  static ImageHeader read(FileBytes file) throws ImageFault {
    long end = file.size() < 8 ? Long.MAX_VALUE : file.u32(4) + 8;
    if (end > file.size()) {
      throw ImageFault.cut(file.size(), "WebP of " + end + " bytes");
    }
    WebpFile webp = new WebpFile(file);
    boolean extended = file.has(12, "VP8X");
    if (extended) {
      webp.extended(end);
    } else if (!webp.picture(12, end)) {
      throw new ImageFault("damaged: a WebP without a picture");
    }
    return new ImageHeader(
        ImageFormat.WEBP, webp.width, webp.height, webp.orientation, java.util.Set.of());
  }

  private void extended(long end) throws ImageFault {
    if ((file.u8(20) & ANIMATED) != 0) {
      throw ImageFault.unsupported("an animation: OpenCV's decoder reads no animated WebP");
    }
    int canvasWidth = u24(24) + 1;
    int canvasHeight = u24(27) + 1;
    long at = 12;
    while (at + 8 <= end) {
      long length = file.u32(at + 4);
      if (at + 8 + length > end) {
        throw new ImageFault("damaged: a WebP with a chunk that is longer than the file");
      }
      if (width < 0) {
        picture(at, end);
      }
      if (file.has(at, "EXIF") && length > 0) {
        orientation = ExifOrientation.of(file.slice(at + 8, length));
      }
      at += 8 + length + (length & 1);
    }
    if (width != canvasWidth || height != canvasHeight) {
      throw new ImageFault(
          "damaged: a WebP of %dx%d px with a picture of %dx%d px"
              .formatted(canvasWidth, canvasHeight, Math.max(0, width), Math.max(0, height)));
    }
  }

  /** Reads a picture's own header; returns whether there is one at that place. */
  private boolean picture(long at, long end) throws ImageFault {
    boolean lossy = file.has(at, "VP8 ");
    if (!lossy && !file.has(at, "VP8L")) {
      return false;
    }
    if (at + 8 + file.u32(at + 4) > end) {
      throw new ImageFault("damaged: a WebP with a picture that is longer than the file");
    }
    if (lossy) {
      lossy(at + 8, file.u32(at + 4));
    } else {
      lossless(at + 8);
    }
    return true;
  }

  /** RFC 6386, 9.1: a shown key frame of a known version. */
  private void lossy(long at, long length) throws ImageFault {
    int tag = u24(at);
    boolean keyFrame = (tag & 1) == 0 && (tag >> 1 & 7) <= 3 && (tag >> 4 & 1) == 1;
    if (!keyFrame || tag >> 5 >= length || !file.has(at + 3, "\u009D\u0001*")) {
      throw new ImageFault("damaged: a WebP without the start of a lossy picture");
    }
    width = file.u16(at + 6) & 0x3FFF;
    height = file.u16(at + 8) & 0x3FFF;
  }

  private void lossless(long at) throws ImageFault {
    long bits = file.u32(at + 1);
    if (file.u8(at) != 0x2F || bits >> 29 != 0) {
      throw new ImageFault("damaged: a WebP without the start of a lossless picture");
    }
    width = (int) (bits & 0x3FFF) + 1;
    height = (int) (bits >> 14 & 0x3FFF) + 1;
  }

  private int u24(long at) {
    return file.u16(at) | file.u8(at + 2) << 16;
  }
}
