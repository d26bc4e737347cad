package io.stagemark.postprocess.decoder;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Something that a model card may tell a decoder: a number, some numbers, or one of some words.
 * Values travel as the card's text; numbers of a list are separated by spaces.
 *
 * @param name such as {@code unclip}
 * @param form what values it takes
 * @param choices the words, for {@link Form#WORD}
 * @param min smallest number that makes sense
 * @param max largest
 * @param fallback what holds where the card says nothing; empty for a list that the decoder makes
 *     itself
 */
public record DecoderParameter(
    String name, Form form, List<String> choices, double min, double max, String fallback) {
  /** What values a parameter takes. */
  public enum Form {
    NUMBER,
    NUMBERS,
    WORD
  }

  public DecoderParameter {
    choices = List.copyOf(choices);
  }

  /** A number. */
  public DecoderParameter(String name, double min, double max, double fallback) {
    this(name, Form.NUMBER, List.of(), min, max, text(fallback));
  }

  /** Some numbers; without {@code fallback} the decoder has a rule of its own. */
  public static DecoderParameter numbers(String name, double min, double max, double... fallback) {
    List<String> texts = Arrays.stream(fallback).mapToObj(DecoderParameter::text).toList();
    return new DecoderParameter(name, Form.NUMBERS, List.of(), min, max, String.join(" ", texts));
  }

  /** One of some words, the first by default. */
  public static DecoderParameter word(String name, String... choices) {
    return new DecoderParameter(name, Form.WORD, List.of(choices), 0, 0, choices[0]);
  }

  /** Returns a number as a card writes it. */
  public static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** Returns whether a value is one that it takes; NaN is none. */
  public boolean allows(String value) {
    return switch (form) {
      case WORD -> choices.contains(value);
      case NUMBER -> isInRange(value);
      case NUMBERS ->
          !value.isBlank() && Arrays.stream(value.split(" ", -1)).allMatch(this::isInRange);
    };
  }

  private boolean isInRange(String text) {
    try {
      double value = Double.parseDouble(text);
      return value >= min && value <= max;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Returns what values it takes, such as {@code a number in [0, 1]}. */
  public String expected() {
    return switch (form) {
      case WORD -> "one of: " + String.join(", ", choices);
      case NUMBER -> String.format(Locale.ROOT, "a number in [%s, %s]", text(min), text(max));
      case NUMBERS -> String.format(Locale.ROOT, "numbers in [%s, %s]", text(min), text(max));
    };
  }

  /** Returns the default as a card writes it; empty where the decoder has a rule of its own. */
  public String written() {
    return form == Form.NUMBERS && !fallback.isEmpty()
        ? "[" + fallback.replace(" ", ", ") + "]"
        : fallback;
  }
}
