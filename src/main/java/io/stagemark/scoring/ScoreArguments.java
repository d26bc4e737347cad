package io.stagemark.scoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Values for the parameters of one {@link Loss} or other score, each of the right type and in
 * range; immutable. For a loss, made from {@link LossDescription#defaults}.
 */
public final class ScoreArguments {
  private final List<ScoreParameter> parameters;
  private final Map<String, Object> values;

  private ScoreArguments(List<ScoreParameter> parameters, Map<String, Object> values) {
    this.parameters = parameters;
    this.values = values;
  }

  /** Returns the arguments in which every parameter has its fallback. */
  public static ScoreArguments defaults(List<ScoreParameter> parameters) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ScoreParameter parameter : parameters) {
      parameter.fallback().ifPresent(text -> values.put(parameter.name(), parameter.parse(text)));
    }
    return new ScoreArguments(List.copyOf(parameters), values);
  }

  /**
   * Returns these arguments with one value changed. A whole number is accepted for a number.
   *
   * @throws IllegalArgumentException if there is no such parameter, or the value is not of its type
   *     or not in its range; the message names it
   */
  public ScoreArguments with(String name, Object value) {
    Object widened = value instanceof Integer i ? Long.valueOf(i) : value;
    if (widened instanceof Long l && parameter(name).kind() == ScoreParameter.ValueType.NUMBER) {
      widened = l.doubleValue();
    }
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(name, parameter(name).checked(widened));
    return new ScoreArguments(parameters, changed);
  }

  /** Returns these arguments with one value read from text; throws as {@link #with} does. */
  public ScoreArguments withText(String name, String text) {
    return with(name, parameter(name).parse(text));
  }

  private ScoreParameter parameter(String name) {
    for (ScoreParameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    throw new IllegalArgumentException(
        "no parameter '%s'; there are: %s".formatted(name, String.join(", ", names())));
  }

  /** Returns the names of the parameters. */
  public List<String> names() {
    return parameters.stream().map(ScoreParameter::name).toList();
  }

  /** Empty for a parameter without value; a name that is none is an error, never empty. */
  private Optional<Object> value(String name) {
    Optional<Object> value = Optional.ofNullable(values.get(name));
    if (value.isEmpty()) {
      parameter(name);
    }
    return value;
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(parameter(name).name() + " has no value");
    }
    return value;
  }

  /** Returns a number. */
  public double number(String name) {
    return (Double) required(name);
  }

  /** Returns a whole number, empty if it was not given and has no fallback. */
  public OptionalLong integer(String name) {
    return value(name).map(v -> OptionalLong.of((Long) v)).orElseGet(OptionalLong::empty);
  }

  /** Returns a choice or a text. */
  public String text(String name) {
    return (String) required(name);
  }

  /** Returns true or false. */
  public boolean flag(String name) {
    return (Boolean) required(name);
  }

  /** Returns a tensor, empty if it was not given. */
  public Optional<ScoreTensor> tensor(String name) {
    return value(name).map(v -> (ScoreTensor) v);
  }

  /** Returns the parameter {@code reduction}. */
  public Reduction reduction() {
    return Reduction.of(text("reduction"));
  }
}
