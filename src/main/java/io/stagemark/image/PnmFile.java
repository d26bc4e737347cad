package io.stagemark.image;

/** A PBM, PGM, PPM or PAM (netpbm): a header of words, then pixels as text or bytes. */
final class PnmFile {
  private static final int MAX_WORD = 70;

  private final FileBytes file;
  private int at = 2;

  private PnmFile(FileBytes file) {
    this.file = file;
  }

  static ImageHeader read(FileBytes file) throws ImageFault {
    int kind = file.u8(1) - '0';
    return kind == 7 ? new PnmFile(file).arbitrary() : new PnmFile(file).plain(kind);
  }

  private ImageHeader plain(int kind) throws ImageFault {
    int width = number();
    int height = number();
    boolean bits = kind == 1 || kind == 4;
    int largest = bits ? 1 : number();
    if (largest < 1 || largest > 65_535) {
      throw new ImageFault("damaged: a PNM with the largest value " + largest);
    }
    if (kind >= 4) {
      long row = bits ? (width + 7L) / 8 : (long) width * (kind == 6 ? 3 : 1) * bytes(largest);
      requireBytes(row * height);
    }
    return new ImageHeader(ImageFormat.PNM, width, height);
  }

  private ImageHeader arbitrary() throws ImageFault {
    int width = 0;
    int height = 0;
    int depth = 0;
    int largest = 0;
    for (String word = word(); !word.equals("ENDHDR"); word = word()) {
      switch (word) {
        case "WIDTH" -> width = number();
        case "HEIGHT" -> height = number();
        case "DEPTH" -> depth = number();
        case "MAXVAL" -> largest = number();
        case "TUPLTYPE" -> word();
        default -> throw new ImageFault("damaged: a PAM with the header line " + word);
      }
    }
    if (depth < 1 || depth > 4 || largest < 1 || largest > 65_535) {
      throw ImageFault.unsupported(
          "a PAM of %d channels and the largest value %d".formatted(depth, largest));
    }
    requireBytes((long) width * height * depth * bytes(largest));
    return new ImageHeader(ImageFormat.PNM, width, height);
  }

  private static int bytes(int largest) {
    return largest > 255 ? 2 : 1;
  }

  private void requireBytes(long pixels) throws ImageFault {
    long need = at + 1 + pixels;
    if (file.size() < need) {
      throw ImageFault.cut(file.size(), "PNM of " + need + " bytes");
    }
  }

  private int number() throws ImageFault {
    String word = word();
    if (!word.matches("[0-9]{1,9}")) {
      throw new ImageFault("damaged: a PNM header with '" + word + "' for a number");
    }
    return Integer.parseInt(word);
  }

  /** Returns the next word of the header; a comment goes from {@code #} to the line's end. */
  private String word() throws ImageFault {
    while (isSpace(file.u8(at)) || file.u8(at) == '#') {
      if (file.u8(at) == '#') {
        while (file.u8(at) != '\n') {
          at++;
        }
      }
      at++;
    }
    StringBuilder word = new StringBuilder();
    while (at < file.size() && !isSpace(file.u8(at)) && file.u8(at) != '#') {
      int c = file.u8(at++);
      if (word.length() == MAX_WORD || c < ' ' || c > '~') {
        throw new ImageFault("no image of these formats: it begins like a PNM, and is none");
      }
      word.append((char) c);
    }
    return word.toString();
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
