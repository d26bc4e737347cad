package io.stagemark.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an image file says of itself.
 *
 * @param format by its content
 * @param storedWidthPx in pixels, as stored
 * @param storedHeightPx in pixels, as stored
 * @param orientation 1 to 8 as EXIF and TIFF have it (CIPA DC-008, 4.6.4 A): how the stored image
 *     is turned to be upright; 1 where the file says nothing that is valid
 * @param traits what a reader of a report may want to know
 */
public record ImageHeader(
    ImageFormat format, int storedWidthPx, int storedHeightPx, int orientation, Set<Trait> traits) {
  /** The formats that are read, for people. */
  public static final String READ = "JPEG, PNG, WebP, BMP, TIFF, JPEG 2000 or PNM";

  private static final int MAX_BYTES = 512 << 20;

  /** OpenCV's own limits (CV_IO_MAX_IMAGE_WIDTH, HEIGHT and PIXELS). */
  private static final int MAX_SIDE_PX = 1 << 20;

  private static final long MAX_PIXELS = 1L << 30;
  private static final int UPRIGHT = 1;

  /** What a file has beyond one plain picture. */
  public enum Trait {
    /** A JPEG of cyan, magenta, yellow and black. */
    CMYK,
    /** Pages, frames or further pictures behind the first one. */
    MORE_PICTURES
  }

  public ImageHeader {
    traits = Set.copyOf(traits);
  }

  /** A header of one upright picture. */
  ImageHeader(ImageFormat format, int storedWidthPx, int storedHeightPx) {
    this(format, storedWidthPx, storedHeightPx, UPRIGHT, Set.of());
  }

  /**
   * Reads a file and checks that it is whole, checksums included where the format has them.
   *
   * @throws ImageFault if it is not a whole image of a format that is read; says why
   */
  public static ImageHeader readWhole(Path file) throws ImageFault {
    if (Files.isDirectory(file)) {
      throw new ImageFault("a folder");
    }
    try {
      long size = Files.size(file);
      if (size == 0) {
        throw new ImageFault("0 bytes");
      }
      if (size > MAX_BYTES) {
        throw new ImageFault("more than 512 MiB");
      }
      return readWhole(ByteBuffer.wrap(Files.readAllBytes(file)));
    } catch (ImageFault e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new ImageFault("no such file");
    } catch (IOException e) {
      throw new ImageFault("unreadable: " + e.getMessage());
    }
  }

  /** As the other, of bytes in memory from 0 to the limit. */
  public static ImageHeader readWhole(ByteBuffer file) throws ImageFault {
    return read(file, true);
  }

  /**
   * Reads the header alone, and looks for the end where that costs nothing: what a timed decode can
   * afford.
   */
  public static ImageHeader read(ByteBuffer file) throws ImageFault {
    return read(file, false);
  }

  private static ImageHeader read(ByteBuffer file, boolean whole) throws ImageFault {
    ImageFormat format = ImageFormat.of(file).orElseThrow(() -> noImage(file));
    FileBytes bytes = FileBytes.of(file, ByteOrder.BIG_ENDIAN);
    try {
      ImageHeader header =
          switch (format) {
            case JPEG -> JpegFile.read(bytes, whole);
            case PNG -> PngFile.read(bytes, whole);
            case WEBP -> WebpFile.read(bytes.ordered(ByteOrder.LITTLE_ENDIAN));
            case BMP -> BmpFile.read(bytes.ordered(ByteOrder.LITTLE_ENDIAN));
            case TIFF -> TiffFile.read(bytes);
            case JPEG_2000 -> Jpeg2000File.read(bytes);
            case PNM -> PnmFile.read(bytes);
            default ->
                throw ImageFault.unsupported(
                    format.file() + ", which OpenCV's decoder does not read");
          };
      return header.withinLimits();
    } catch (IndexOutOfBoundsException e) {
      throw ImageFault.cut(bytes.size(), format.label() + " without its end");
    }
  }

  private ImageHeader withinLimits() throws ImageFault {
    if (storedWidthPx < 1 || storedHeightPx < 1) {
      throw new ImageFault("a %s of %s".formatted(format.label(), storedSize()));
    }
    if (storedWidthPx > MAX_SIDE_PX
        || storedHeightPx > MAX_SIDE_PX
        || (long) storedWidthPx * storedHeightPx > MAX_PIXELS) {
      throw ImageFault.unsupported(
          "a %s of %s: OpenCV decodes sides up to %d px and %d pixels in all"
              .formatted(format.label(), storedSize(), MAX_SIDE_PX, MAX_PIXELS));
    }
    return this;
  }

  /** Says what the bytes are, as far as they show it. */
  private static ImageFault noImage(ByteBuffer file) {
    if (file.limit() == 0) {
      return new ImageFault("0 bytes");
    }
    return new ImageFault(
        textKind(file).map(kind -> "no image: " + kind).orElse("no image of these formats")
            + ": it starts with bytes"
            + hex(file));
  }

  private static String hex(ByteBuffer file) {
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < Math.min(4, file.limit()); i++) {
      start.append(" %02x".formatted(file.get(i)));
    }
    return start.toString();
  }

  private static Optional<String> textKind(ByteBuffer file) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(256, file.limit()); i++) {
      text.append((char) (file.get(i) & 0xFF));
    }
    String start = text.toString().strip().toLowerCase(Locale.ROOT);
    if (start.contains("<svg")) {
      return Optional.of("an SVG drawing");
    }
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return Optional.of("a web page");
    }
    if (start.startsWith("version https://git-lfs")) {
      return Optional.of("a pointer of Git LFS (git lfs pull fetches the file)");
    }
    return Optional.empty();
  }

  /** Returns whether width and height change places to be upright. */
  public boolean isTurned() {
    return orientation >= 5;
  }

  /** Returns the width upright, in pixels. */
  public int widthPx() {
    return isTurned() ? storedHeightPx : storedWidthPx;
  }

  /** Returns the height upright, in pixels. */
  public int heightPx() {
    return isTurned() ? storedWidthPx : storedHeightPx;
  }

  /** Returns such as {@code 360x256 px}: the size upright. */
  public String size() {
    return widthPx() + "x" + heightPx() + " px";
  }

  /** Returns such as {@code 256x360 px}: the size as stored. */
  public String storedSize() {
    return storedWidthPx + "x" + storedHeightPx + " px";
  }
}
