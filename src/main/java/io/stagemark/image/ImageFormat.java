package io.stagemark.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Kinds of image files, known by their first bytes. */
@SuppressWarnings("ImmutableEnumChecker") // List.of is never changed
public enum ImageFormat {
  JPEG("JPEG", "\u00FF\u00D8\u00FF"),
  PNG("PNG", "\u0089PNG\r\n\u001A\n"),
  WEBP("WebP"),
  TIFF("TIFF", "II*\0", "MM\0*", "II+\0", "MM\0+"),
  JPEG_2000("JPEG 2000", "\0\0\0\fjP  \r\n\u0087\n", "\u00FFO\u00FFQ"),
  BMP("BMP", "BM"),
  PNM("PNM"),
  GIF("GIF", "GIF87a", "GIF89a"),
  AVIF("AVIF"),
  HEIF("HEIF"),
  JPEG_XL("JPEG XL", "\u00FF\n", "\0\0\0\fJXL "),
  PSD("Photoshop", "8BPS"),
  EXR("OpenEXR", "v/1\u0001"),
  HDR("Radiance HDR", "#?RADIANCE", "#?RGBE"),
  DDS("DDS", "DDS ");

  /** The bytes that {@link #of} needs. */
  public static final int SIGNATURE_BYTES = 16;

  private static final List<String> HEIF_BRANDS =
      List.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  private final String label;
  private final List<String> signatures;

  ImageFormat(String label, String... signatures) {
    this.label = label;
    this.signatures = List.of(signatures);
  }

  /** Returns the format that the first bytes of a file show; empty for none of these. */
  public static Optional<ImageFormat> of(ByteBuffer start) {
    FileBytes bytes = FileBytes.of(start, ByteOrder.BIG_ENDIAN);
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (bytes.has(4, "ftyp")) {
      return bytes.has(8, "avif") || bytes.has(8, "avis")
          ? Optional.of(AVIF)
          : HEIF_BRANDS.stream().filter(it -> bytes.has(8, it)).findFirst().map(it -> HEIF);
    }
    if (bytes.size() > 2
        && bytes.u8(0) == 'P'
        && "1234567".indexOf(bytes.u8(1)) >= 0
        && "\t\n\r ".indexOf(bytes.u8(2)) >= 0) {
      return Optional.of(PNM);
    }
    for (ImageFormat format : values()) {
      if (format.signatures.stream().anyMatch(it -> bytes.has(0, it))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Returns such as {@code WebP}. */
  public String label() {
    return label;
  }

  /** Returns such as {@code an AVIF file}. */
  String file() {
    return ("AO".indexOf(label.charAt(0)) < 0 ? "a " : "an ") + label + " file";
  }

  /** Returns whether a text may begin like it: two letters prove little. */
  public boolean isWeak() {
    return this == BMP || this == PNM || this == JPEG_XL;
  }
}
