package io.stagemark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal can do that a file or a pipe cannot: colours, and a line that is replaced. The
 * launcher knows which streams are terminals: {@code System.console()} answers differently from one
 * JDK to the next.
 *
 * @param colors whether colours are shown: not with {@code NO_COLOR} (https://no-color.org)
 * @param replaces whether a line of progress replaces the one before
 */
record Terminal(boolean colors, boolean replaces) {
  /** A file, a pipe, or a terminal without abilities. */
  static final Terminal NONE = new Terminal(false, false);

  private static final String PROPERTY = "stagemark.terminal";

  private static final String START = "\u001b[";
  private static final String RESET = START + "0m";

  /** Goes to the first column and clears the line. */
  static final String CLEAR = "\r" + START + "K";

  private static final Map<String, String> COLORS = new LinkedHashMap<>();

  static {
    COLORS.put("░", "36"); // the stages' bars and their legend
    COLORS.put("▒", "34");
    COLORS.put("█", "32");
    COLORS.put("▓", "35");
    COLORS.put("INVALID", "1;31");
    COLORS.put("REGRESSED", "1;31");
    COLORS.put("IMPROVED", "1;32");
    COLORS.put("INCONCLUSIVE", "33");
  }

  private static final Pattern PAINTED =
      Pattern.compile("(?:([░▒█▓])\\1*)|\\b(INVALID|REGRESSED|IMPROVED|INCONCLUSIVE)\\b");

  /**
   * Returns what a stream of this process is.
   *
   * @param stream 1 for standard output, 2 for standard error
   */
  static Terminal of(int stream) {
    return of(System.getProperty(PROPERTY, ""), stream, System.getenv());
  }

  /**
   * @param terminals digits of the streams that are terminals, such as {@code 12}
   */
  static Terminal of(String terminals, int stream, Map<String, String> environment) {
    if (!terminals.contains(Integer.toString(stream))
        || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return NONE;
    }
    return new Terminal(environment.getOrDefault("NO_COLOR", "").isEmpty(), true);
  }

  /** Returns plain text with its bars and verdicts in colour, where colours are shown. */
  String painted(String text) {
    if (!colors) {
      return text;
    }
    Matcher matcher = PAINTED.matcher(text);
    return matcher.replaceAll(
        found -> {
          String key = found.group(1) == null ? found.group(2) : found.group(1);
          return START + COLORS.get(key) + "m" + Matcher.quoteReplacement(found.group()) + RESET;
        });
  }
}
