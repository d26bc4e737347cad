package io.stagemark.scoring;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Values for the parameters of one {@link Loss}, each of the right type and in range; immutable.
 * Made from {@link LossDescription#defaults}.
 */
public final class LossArguments {
  private final LossDescription description;
  private final Map<String, Object> values;

  LossArguments(LossDescription description, Map<String, Object> values) {
    this.description = description;
    this.values = values;
  }

  /**
   * Returns these arguments with one value changed. A whole number may stand for a number.
   *
   * @throws IllegalArgumentException if the loss has no such parameter, or the value is not of its
   *     type or not in its range; the message names it
   */
  public LossArguments with(String name, Object value) {
    Object widened = value instanceof Integer i ? Long.valueOf(i) : value;
    if (widened instanceof Long l && parameter(name).kind() == LossParameter.Kind.NUMBER) {
      widened = l.doubleValue();
    }
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(name, parameter(name).checked(widened));
    return new LossArguments(description, changed);
  }

  /** Returns these arguments with one value read from text; throws as {@link #with} does. */
  public LossArguments withText(String name, String text) {
    return with(name, parameter(name).parse(text));
  }

  private LossParameter parameter(String name) {
    return description.parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no parameter '%s'; there are: %s"
                        .formatted(
                            name,
                            String.join(
                                ", ",
                                description.parameters().stream()
                                    .map(LossParameter::name)
                                    .toList()))));
  }

  private Optional<Object> value(String name) {
    LossParameter parameter = parameter(name);
    return Optional.ofNullable(values.get(name))
        .or(() -> parameter.fallback().map(parameter::parse));
  }

  /** Returns a number. */
  public double number(String name) {
    return (Double) value(name).orElseThrow();
  }

  /** Returns a whole number, empty if it was not given and has no fallback. */
  public OptionalLong integer(String name) {
    return value(name).map(v -> OptionalLong.of((Long) v)).orElseGet(OptionalLong::empty);
  }

  /** Returns a choice or a text. */
  public String text(String name) {
    return (String) value(name).orElseThrow();
  }

  /** Returns true or false. */
  public boolean flag(String name) {
    return (Boolean) value(name).orElseThrow();
  }

  /** Returns a tensor, empty if it was not given. */
  public Optional<ScoreTensor> tensor(String name) {
    return value(name).map(v -> (ScoreTensor) v);
  }

  /** Returns the parameter {@code reduction}. */
  public Reduction reduction() {
    return Reduction.valueOf(text("reduction").toUpperCase(Locale.ROOT));
  }
}
