package io.stagemark.report.export;

import io.stagemark.data.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A text of others as a part of a name that every format takes: letters, digits and {@code . _ +
 * -}, at most 64 of them. One that is anything else is mended and ends with eight digits of its own
 * SHA-256, so that two texts keep two names, and the same text the same name in every run.
 */
final class SafeName {
  private static final int MAX_LENGTH = 64;
  private static final int DIGITS = 8;
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}._+-]+");
  private static final Pattern FIRST = Pattern.compile("^[^\\p{L}\\p{N}]+");

  private SafeName() {}

  /** Returns the text as a part of a name. */
  static String of(String text) {
    return mended(text, OTHER);
  }

  /** Returns the text as a part of a name in which a dot separates parts. */
  static String withoutDots(String text) {
    return mended(text, Pattern.compile("[^\\p{L}\\p{N}_+-]+"));
  }

  private static String mended(String text, Pattern other) {
    String plain = FIRST.matcher(other.matcher(text).replaceAll("_")).replaceFirst("");
    if (plain.equals(text) && !text.isEmpty() && text.length() <= MAX_LENGTH) {
      return text;
    }
    int kept = Math.min(plain.codePointCount(0, plain.length()), MAX_LENGTH - DIGITS - 1);
    String start = plain.substring(0, plain.offsetByCodePoints(0, kept));
    String digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    return start.isEmpty() ? digest : start + "-" + digest;
  }
}
