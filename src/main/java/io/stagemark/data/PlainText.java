package io.stagemark.data;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text from outside the program (names, labels, paths, messages of others), made safe for one kind
 * of output each: it is shown as it is written and never acts as markup, as a control sequence or
 * as a command to the CI that reads the log. Every renderer and the console take this one place.
 *
 * <p>What cannot be seen (control characters, direction overrides, zero-width characters, unpaired
 * surrogates) is written as in JSON and Java: an escape of its UTF-16 units, such as {@code
 * \}{@code u001b}.
 */
public final class PlainText {
  private static final Pattern SHELL_PLAIN = Pattern.compile("[\\p{L}\\p{N}…@%+=:,./_-]+");

  /** GitHub reads {@code ::command::} at the start of a line, behind any spaces of Unicode. */
  private static final Pattern GITHUB = Pattern.compile("(?U)(?<![^\\s])::");

  private static final Pattern COMMAND = Pattern.compile("(?Um)^(\\s*)::");

  /** Azure's, TeamCity's and GitHub's older commands, which may begin anywhere in a line. */
  private static final Pattern HASHES = Pattern.compile("#(?=#[A-Za-z]*\\[)");

  /** Buildkite folds the log at these. */
  private static final Pattern BUILDKITE =
      Pattern.compile("(?m)^(?=(?:---|\\+\\+\\+|~~~|\\^\\^\\^) )");

  private static final Pattern LIST_NUMBER = Pattern.compile("^(\\d{1,9})([.)])(?=\\s|$)");

  /** What begins a heading, a list, a quotation or a rule at the start of a line. */
  private static final Pattern BLOCK =
      Pattern.compile("^(?=[-+](?:\\s|$|--)|#{1,6}(?:\\s|$)|>|=+$)");

  private static final Pattern ENTITY = Pattern.compile("&(?=#?[A-Za-z0-9]+;)");
  private static final Pattern LINK = Pattern.compile("](?=[(\\[:])");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(?<=(?:https?|ftp):)//|(?<=\\bwww)\\.");
  private static final Pattern UNDERSCORE =
      Pattern.compile("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");
  private static final Pattern BACKSLASH = Pattern.compile("\\\\(?=\\p{Punct}|$)");

  private PlainText() {}

  /**
   * Returns lines as the console shows them, whatever is in them: the last guard, behind {@link
   * #line}. Line breaks and tabs stay.
   */
  public static String console(String lines) {
    String safe = visible(lines, "\n\t");
    if (safe.contains("::")) {
      safe = COMMAND.matcher(safe).replaceAll("$1\\\\::");
    }
    return withoutHashes(safe);
  }

  /**
   * Returns it on one line with nothing in it that cannot be seen, for a renderer that escapes the
   * characters of its own markup.
   */
  public static String seen(String text) {
    return visible(text, "");
  }

  /** Returns it as a part of a console's line: a line break is visible and breaks nothing. */
  public static String line(String text) {
    return commandsBroken(visible(text, ""));
  }

  /** Returns text of several lines for the console: its line breaks stay. */
  public static String lines(String text) {
    return commandsBroken(visible(text, "\n"));
  }

  /**
   * Returns it as a part of a paragraph, heading, list item or table cell in Markdown (GitHub's, so
   * also CommonMark's). It has no backtick, no pipe and no line break, so that it cannot end a code
   * span or a cell either.
   */
  public static String markdown(String text) {
    String safe = line(text).strip();
    safe = BACKSLASH.matcher(safe).replaceAll("\\\\\\\\");
    safe = ENTITY.matcher(safe).replaceAll("&amp;");
    safe = UNDERSCORE.matcher(safe).replaceAll("\\\\_");
    safe = LINK.matcher(safe).replaceAll("]\\\\");
    safe = ADDRESS.matcher(safe).replaceAll("\\\\$0");
    safe =
        safe.replace("*", "\\*")
            .replace("~", "\\~")
            .replace("$", "\\$")
            .replace("`", "&#96;")
            .replace("|", "&#124;")
            .replace("<", "&lt;");
    safe = LIST_NUMBER.matcher(safe).replaceFirst("$1\\\\$2");
    return BLOCK.matcher(safe).replaceFirst("\\\\");
  }

  /** Returns a fenced block of Markdown with a fence that the text does not contain. */
  public static String markdownBlock(String text) {
    String safe = lines(text);
    StringBuilder fence = new StringBuilder("```");
    while (safe.contains(fence)) {
      fence.append('`');
    }
    return fence + "\n" + safe + "\n" + fence + "\n";
  }

  /** Returns a relative path as the target of a Markdown link, all but plain characters encoded. */
  public static String markdownTarget(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  /**
   * Returns it as the text of an element or the value of an attribute in XML 1.0. What XML has no
   * form for is a question mark; what cannot be seen is a character reference.
   */
  public static String xml(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\n', '\t', '\r' -> safe.append("&#").append(c).append(';');
                default -> {
                  if (c < 0x20 || c == 0xFFFE || c == 0xFFFF || isSurrogate(c)) {
                    safe.append('?');
                  } else if (isUnseen(c)) {
                    safe.append("&#").append(c).append(';');
                  } else {
                    safe.appendCodePoint(c);
                  }
                }
              }
            });
    return safe.toString();
  }

  /** Returns the message of a GitHub annotation. */
  public static String annotation(String text) {
    return line(text).replace("%", "%25");
  }

  /** Returns a property of a GitHub annotation, such as its title. */
  public static String annotationProperty(String text) {
    return annotation(text).replace(":", "%3A").replace(",", "%2C");
  }

  /**
   * Returns an argument of a command line as a POSIX shell reads it: as it is where it is plain,
   * else in single quotes.
   */
  public static String shellArgument(String argument) {
    return SHELL_PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  /**
   * Writes what cannot be seen as an escape of its UTF-16 units.
   *
   * @param kept control characters that stay; with a line feed, one behind a carriage return too
   */
  private static String visible(String text, String kept) {
    StringBuilder safe = new StringBuilder(text.length());
    String lines = kept.isEmpty() ? text : text.replace("\r\n", "\n");
    lines
        .codePoints()
        .forEach(
            c -> {
              if (kept.indexOf(c) >= 0) {
                safe.appendCodePoint(c);
              } else if (c == '\n' || c == '\r' || c == '\t') {
                safe.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
              } else if (isUnseen(c)) {
                for (char unit : Character.toChars(c)) {
                  safe.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    };
  }

  private static boolean isSurrogate(int c) {
    return Character.getType(c) == Character.SURROGATE;
  }

  private static String withoutHashes(String text) {
    return text.contains("##")
        ? HASHES.matcher(text).replaceAll(Matcher.quoteReplacement("#\\"))
        : text;
  }

  private static String commandsBroken(String text) {
    String safe = text;
    if (safe.contains("::")) {
      safe = GITHUB.matcher(safe).replaceAll(Matcher.quoteReplacement("\\::"));
    }
    safe = withoutHashes(safe);
    return BUILDKITE.matcher(safe).replaceAll(Matcher.quoteReplacement("\\"));
  }
}
