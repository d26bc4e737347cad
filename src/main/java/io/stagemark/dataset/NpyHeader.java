package io.stagemark.dataset;

import io.stagemark.data.ElementType;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file, versions 1 to 3 (NEP 1; numpy.lib.format): magic, version,
 * length, a Python dictionary.
 *
 * @param type element type of the tensor that the array becomes
 * @param layout how the file stores its elements
 * @param shape extents, outermost first; empty for one number
 */
record NpyHeader(ElementType type, Layout layout, List<Long> shape) {
  /** NumPy's names of the types that a tensor can have. */
  static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("<f4", ElementType.FLOAT32),
          Map.entry("<f8", ElementType.FLOAT64),
          Map.entry("<f2", ElementType.FLOAT16),
          Map.entry("|i1", ElementType.INT8),
          Map.entry("|u1", ElementType.UINT8),
          Map.entry("<i2", ElementType.INT16),
          Map.entry("<u2", ElementType.UINT16),
          Map.entry("<i4", ElementType.INT32),
          Map.entry("<i8", ElementType.INT64),
          Map.entry("|b1", ElementType.BOOL));

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER_BYTES = 1 << 16;
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*['\"](?<key>descr|fortran_order|shape)['\"]\\s*:\\s*"
              + "(?:['\"](?<text>[^'\"]{1,40})['\"]|(?<flag>True|False)"
              + "|\\((?<extents>[0-9,L\\s]*)\\))\\s*(?:,|(?=\\}))");
  private static final Pattern STRUCTURE = Pattern.compile("['\"]descr['\"]\\s*:\\s*[\\[(]");

  /**
   * How the elements follow each other in the file.
   *
   * @param bytes of one element
   * @param wide whether the elements are unsigned and one size larger as a tensor: uint32 becomes
   *     int64; uint64 too, where each value fits
   * @param bigEndian whether an element's first byte is its highest
   * @param fortran whether the first index runs fastest
   * @param headerBytes before the first element
   */
  record Layout(int bytes, boolean wide, boolean bigEndian, boolean fortran, int headerBytes) {}

  /** Returns how many bytes the elements take in the file. */
  long storedBytes() throws NpyFormatException {
    try {
      long bytes = layout.bytes();
      for (long extent : shape) {
        bytes = Math.multiplyExact(bytes, extent);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new NpyFormatException("a shape of more than 2^63 elements: " + cut(shape.toString()));
    }
  }

  /**
   * Reads a header and leaves the stream at the first element.
   *
   * @throws NpyFormatException with what is wrong with it
   */
  static NpyHeader read(InputStream in) throws IOException, NpyFormatException {
    DataInputStream data = new DataInputStream(in);
    byte[] start = data.readNBytes(8);
    if (start.length < 8 || !startsWithMagic(start)) {
      throw new NpyFormatException(
          start.length > 1 && start[0] == 'P' && start[1] == 'K'
              ? "a zip archive: an .npz, which holds several arrays?"
              : "no NumPy array: its first bytes are not \\x93NUMPY");
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new NpyFormatException("version " + version + " of the format; known are 1, 2 and 3");
    }
    byte[] size = data.readNBytes(version == 1 ? 2 : 4);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = length << 8 | (size[i] & 0xFF);
    }
    if (length > MAX_HEADER_BYTES) {
      throw new NpyFormatException("a header of " + length + " bytes");
    }
    byte[] text = data.readNBytes((int) length);
    if (text.length < length || size.length < 2) {
      throw new NpyFormatException("cut off in its header");
    }
    return parse(
        new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1),
        8 + size.length + text.length);
  }

  private static boolean startsWithMagic(byte[] start) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static NpyHeader parse(String text, int headerBytes) throws NpyFormatException {
    if (STRUCTURE.matcher(text).find()) {
      throw new NpyFormatException("elements of type a structure");
    }
    String whole = text.strip();
    Matcher entry = ENTRY.matcher(whole);
    String descr = null;
    String fortran = null;
    String extents = null;
    int at = whole.startsWith("{") ? 1 : -1;
    for (int i = 0; i < 3 && at > 0 && entry.find(at) && entry.start() == at; i++) {
      switch (entry.group("key")) {
        case "descr" -> descr = entry.group("text");
        case "fortran_order" -> fortran = entry.group("flag");
        default -> extents = entry.group("extents");
      }
      at = entry.end();
    }
    if (descr == null
        || fortran == null
        || extents == null
        || !whole.substring(at).strip().equals("}")) {
      throw new NpyFormatException("a header that is not NumPy's: " + cut(whole));
    }
    boolean bigEndian = descr.startsWith(">");
    String little = bigEndian ? "<" + descr.substring(1) : descr;
    boolean wide = little.equals("<u4") || little.equals("<u8");
    ElementType type = wide ? ElementType.INT64 : TYPES.get(little);
    if (type == null) {
      throw new NpyFormatException("elements of type " + describe(descr));
    }
    int bytes = wide ? little.charAt(2) - '0' : type.bytes();
    return new NpyHeader(
        type,
        new Layout(bytes, wide, bigEndian, fortran.equals("True"), headerBytes),
        shape(extents));
  }

  private static List<Long> shape(String extents) throws NpyFormatException {
    List<Long> shape = new ArrayList<>();
    for (String extent : extents.split(",", -1)) {
      String digits = extent.replace("L", "").strip();
      if (digits.length() > 18) {
        throw new NpyFormatException("an extent of " + cut(digits));
      }
      if (!digits.isEmpty()) {
        try {
          shape.add(Long.valueOf(digits));
        } catch (NumberFormatException e) {
          throw new NpyFormatException("an extent of " + cut(digits));
        }
      }
    }
    return shape;
  }

  private static String cut(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }

  private static String describe(String descr) {
    String kind = descr.length() > 1 ? descr.substring(1, 2) : "";
    String meaning =
        switch (kind) {
          case "O" -> " (Python objects)";
          case "U", "S", "a" -> " (text)";
          case "M", "m" -> " (dates or times)";
          case "c" -> " (complex numbers)";
          case "V" -> " (raw bytes, such as of bfloat16)";
          case "f" -> " (extended precision)";
          default -> "";
        };
    return cut(descr) + meaning;
  }
}
