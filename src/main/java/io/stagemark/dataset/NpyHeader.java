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
 * @param type element type
 * @param shape extents, row-major; empty for one number
 */
record NpyHeader(ElementType type, List<Long> shape) {
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
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final Pattern DICTIONARY =
      Pattern.compile(
          "\\s*\\{\\s*'descr'\\s*:\\s*(?<descr>'[^']*'|\\[.*\\])\\s*,"
              + "\\s*'fortran_order'\\s*:\\s*(?<fortran>True|False)\\s*,"
              + "\\s*'shape'\\s*:\\s*\\((?<shape>[0-9,L\\s]*)\\)\\s*,?\\s*\\}\\s*",
          Pattern.DOTALL);

  /**
   * Reads a header and leaves the stream at the first element.
   *
   * @throws NpyFormatException with what is wrong with it
   */
  static NpyHeader read(InputStream in) throws IOException, NpyFormatException {
    DataInputStream data = new DataInputStream(in);
    byte[] start = data.readNBytes(8);
    if (start.length < 8 || !startsWithMagic(start)) {
      throw new NpyFormatException("no NumPy array: its first bytes are not \\x93NUMPY");
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
    if (length > MOST_HEADER_BYTES) {
      throw new NpyFormatException("a header of " + length + " bytes");
    }
    byte[] text = data.readNBytes((int) length);
    if (text.length < length || size.length < 2) {
      throw new NpyFormatException("cut off in its header");
    }
    return parse(
        new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
  }

  private static boolean startsWithMagic(byte[] start) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static NpyHeader parse(String text) throws NpyFormatException {
    Matcher dictionary = DICTIONARY.matcher(text);
    if (!dictionary.matches()) {
      throw new NpyFormatException("a header that is not NumPy's: " + text.strip());
    }
    String descr = dictionary.group("descr").replace("'", "");
    ElementType type = TYPES.get(descr);
    if (type == null) {
      throw new NpyFormatException("elements of type " + describe(descr));
    }
    if (dictionary.group("fortran").equals("True")) {
      throw new NpyFormatException(
          "Fortran order; in Python: numpy.save(path, numpy.ascontiguousarray(array))");
    }
    List<Long> shape = new ArrayList<>();
    for (String extent : dictionary.group("shape").split(",", -1)) {
      String digits = extent.replace("L", "").strip();
      if (digits.length() > 18) {
        throw new NpyFormatException("an extent of " + digits);
      }
      if (!digits.isEmpty()) {
        shape.add(Long.valueOf(digits));
      }
    }
    return new NpyHeader(type, shape);
  }

  private static String describe(String descr) {
    if (descr.startsWith(">")) {
      return descr + " (big-endian)";
    }
    if (descr.startsWith("[")) {
      return "a structure";
    }
    return descr.contains("O") ? descr + " (Python objects)" : descr;
  }
}
