package io.stagemark.dataset.video;

import io.stagemark.dataset.video.AviFault.Remedy;
import io.stagemark.image.ImageFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a file is that is no AVI, by its first twelve bytes. */
final class OtherFile {
  private static final int AVI_BYTES = 12;
  private static final int SHOWN = 4;

  /**
   * A container of videos.
   *
   * @param at where its signature is
   */
  private record Container(int at, String signature, String name) {}

  private static final List<Container> CONTAINERS =
      List.of(
          new Container(4, "ftypqt  ", "a QuickTime file (MOV)"),
          new Container(4, "moov", "a QuickTime file (MOV)"),
          new Container(4, "mdat", "a QuickTime file (MOV)"),
          new Container(4, "wide", "a QuickTime file (MOV)"),
          new Container(0, "\u001AE\u00DF\u00A3", "a Matroska or WebM file"),
          new Container(0, "FLV", "a Flash video"),
          new Container(0, "OggS", "an Ogg file"),
          new Container(0, "0&\u00B2u", "a Windows Media file (ASF)"),
          new Container(0, "\0\0\u0001\u00BA", "an MPEG program stream"),
          new Container(0, "\0\0\u0001\u00B3", "an MPEG video without a container"),
          new Container(0, "\0\0\0\u0001", "an H.264 or H.265 video without a container"),
          new Container(0, "G@", "an MPEG transport stream"));

  private OtherFile() {}

  /**
   * Checks that a file begins as an AVI does.
   *
   * @param start its first 12 bytes, fewer of a shorter file
   * @throws AviFault if it does not; says what it is
   */
  static void requireAvi(ByteBuffer start) throws AviFault {
    String text = StandardCharsets.ISO_8859_1.decode(start.duplicate()).toString();
    if (text.length() < AVI_BYTES) {
      throw new AviFault(text.length() + " bytes", Remedy.ANOTHER_FILE);
    }
    if (text.startsWith("RIFF") && text.startsWith("AVI ", 8)) {
      return;
    }
    Optional<ImageFormat> picture = ImageFormat.of(start);
    if (picture.isPresent() && !picture.get().isWeak()) {
      throw picture(picture.get());
    }
    for (Container container : CONTAINERS) {
      if (text.startsWith(container.signature(), container.at())) {
        throw new AviFault(container.name(), Remedy.ENCODE);
      }
    }
    if (text.startsWith("ftyp", 4)) {
      throw new AviFault("an MP4", Remedy.ENCODE);
    }
    throw new AviFault(
        text.startsWith("RIFF")
            ? "RIFF of type '%s', not of 'AVI '".formatted(text.substring(8))
            : "no AVI: it begins with" + hex(text),
        Remedy.ANOTHER_FILE);
  }

  private static AviFault picture(ImageFormat format) {
    return switch (format) {
      case JPEG -> new AviFault("JPEGs without a container", Remedy.REWRITE);
      case GIF -> new AviFault("GIF, not AVI", Remedy.ENCODE);
      default -> new AviFault(format.label() + ", not AVI", Remedy.PICTURES);
    };
  }

  private static String hex(String text) {
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < SHOWN; i++) {
      start.append(" %02x".formatted((int) text.charAt(i)));
    }
    return start.toString();
  }
}
