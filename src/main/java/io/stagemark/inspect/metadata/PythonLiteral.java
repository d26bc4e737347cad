package io.stagemark.inspect.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Python's {@code repr} writes for plain data: dictionaries, lists, tuples, sets,
 * strings, numbers, {@code True}, {@code False}, {@code None}. Exporters store metadata in that
 * form. JSON's {@code true}, {@code false} and {@code null} are taken too.
 *
 * <p>Nothing is evaluated: a name, a call or an operator is a fault. Nesting and length are
 * bounded. Source of the grammar: The Python Language Reference 3.12, section 2.4, without byte
 * strings, complex numbers and prefixes, which {@code repr} of such data never writes.
 */
public final class PythonLiteral {
  /** No metadata of a model is longer, in characters. */
  public static final int MAX_CHARACTERS = 1 << 20;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_CHARACTERS = 40;

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * Reads one literal that is the whole text, white space around it apart.
   *
   * @return a Map, List, String, Long, Double or Boolean; null for None
   * @throws LiteralFault if the text is none
   */
  public static @Nullable Object parse(String text) throws LiteralFault {
    if (text.length() > MAX_CHARACTERS) {
      throw new LiteralFault(text.length() + " characters: too long", MAX_CHARACTERS);
    }
    PythonLiteral reader = new PythonLiteral(text);
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.fault("more behind the value");
    }
    return value;
  }

  private @Nullable Object value() throws LiteralFault {
    skipSpace();
    if (at == text.length()) {
      throw fault("the text ends where a value is expected");
    }
    char first = text.charAt(at);
    return switch (first) {
      case '{' -> nested('}');
      case '[' -> nested(']');
      case '(' -> nested(')');
      case '\'', '"' -> string(first);
      default -> isNumberStart(first) ? number() : word();
    };
  }

  private @Nullable Object nested(char close) throws LiteralFault {
    if (++depth > MAX_DEPTH) {
      throw fault("nested deeper than " + MAX_DEPTH);
    }
    at++;
    Object found = close == '}' ? braces() : items(close);
    depth--;
    return found;
  }

  /** A tuple of one item ends with a comma; parentheses alone change nothing. */
  private @Nullable Object items(char close) throws LiteralFault {
    List<@Nullable Object> items = new ArrayList<>();
    boolean comma = true;
    while (!ends(close)) {
      if (!comma) {
        throw fault("no comma between two items");
      }
      items.add(value());
      comma = takes(',');
    }
    boolean grouped = close == ')' && items.size() == 1 && !comma;
    return grouped ? items.get(0) : Collections.unmodifiableList(items);
  }

  /** A dictionary, or a set where the first item has no colon behind it. */
  private Object braces() throws LiteralFault {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    List<@Nullable Object> set = new ArrayList<>();
    boolean comma = true;
    while (!ends('}')) {
      if (!comma) {
        throw fault("no comma between two entries");
      }
      Object key = value();
      if (takes(':')) {
        map.put(key, value());
      } else {
        set.add(key);
      }
      if (!map.isEmpty() && !set.isEmpty()) {
        throw fault("no colon behind a key");
      }
      comma = takes(',');
    }
    return set.isEmpty() ? Collections.unmodifiableMap(map) : Collections.unmodifiableList(set);
  }

  private boolean ends(char close) throws LiteralFault {
    skipSpace();
    if (at == text.length()) {
      throw fault("the text ends before its '" + close + "'");
    }
    return takes(close);
  }

  private boolean takes(char expected) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private String string(char quote) throws LiteralFault {
    int start = at++;
    StringBuilder found = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return found.toString();
      }
      if (c == '\\') {
        escape(found);
      } else {
        found.append(c);
      }
    }
    at = start;
    throw fault("no closing quote");
  }

  private void escape(StringBuilder into) throws LiteralFault {
    if (at == text.length()) {
      throw fault("the text ends inside an escape");
    }
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> into.append('\n');
      case 't' -> into.append('\t');
      case 'r' -> into.append('\r');
      case 'b' -> into.append('\b');
      case 'f' -> into.append('\f');
      case 'a' -> into.append('\u0007');
      case 'v' -> into.append('\u000B');
      case '0' -> into.append('\0');
      case '\n' -> {} // a line that goes on
      case 'x' -> into.appendCodePoint(hexadecimal(2));
      case 'u' -> into.appendCodePoint(hexadecimal(4));
      case 'U' -> into.appendCodePoint(hexadecimal(8));
      case '\\', '\'', '"', '/' -> into.append(c);
      default -> into.append('\\').append(c); // Python keeps both
    }
  }

  private int hexadecimal(int digits) throws LiteralFault {
    int end = at + digits;
    if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]+")) {
      throw fault("an escape without its %d hexadecimal digits".formatted(digits));
    }
    long code = Long.parseLong(text.substring(at, end), 16);
    if (code > Character.MAX_CODE_POINT) {
      throw fault("an escape beyond the last character of Unicode");
    }
    at = end;
    return (int) code;
  }

  private static boolean isNumberStart(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }

  private Object number() throws LiteralFault {
    int start = at;
    while (at < text.length() && (isNumberStart(text.charAt(at)) || isNumberPart(text, at))) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.length() > MAX_NUMBER_CHARACTERS) {
      at = start;
      throw fault("a number of %d characters".formatted(digits.length()));
    }
    try {
      if (digits.matches("[+-]?\\d{1,18}")) {
        return Long.parseLong(digits);
      }
      if (digits.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
        return Double.parseDouble(digits);
      }
      if (digits.matches("[+-]?inf")) {
        return digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
    } catch (NumberFormatException e) {
      // the same fault as below
    }
    at = start;
    throw fault("'%s', which is no number".formatted(digits));
  }

  private static boolean isNumberPart(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at));
  }

  private @Nullable Object word() throws LiteralFault {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "True", "true" -> true;
      case "False", "false" -> false;
      case "None", "null" -> null;
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "nan", "NaN" -> Double.NaN;
      default -> {
        at = start;
        String shown = word.isEmpty() ? text.substring(at, at + 1) : shortened(word);
        throw fault("'%s', which is no literal".formatted(shown));
      }
    };
  }

  private static String shortened(String word) {
    return word.length() <= 40 ? word : word.substring(0, 40) + "…";
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private LiteralFault fault(String found) {
    return new LiteralFault(found, at);
  }
}
