package io.stagemark.engine.pytorch;

import ai.djl.pytorch.jni.IValue;
import io.stagemark.data.Tensor;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a module's {@code forward} that is a number and no tensor, such as {@code rate:
 * int}. The session's input of one element holds it; libtorch is given the number that is there
 * when a forward starts. Not thread-safe.
 */
final class NumberArgument implements AutoCloseable {
  /** What libtorch says when it is given a tensor for a number; position 0 is the module itself. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "Expected a value of type '(?:Optional\\[)?(int|float|bool|number)\\]?' for argument"
              + " '.*' but instead found type 'Tensor'\\.[^P]*Position: (\\d+)");

  private final Type type;
  private final Tensor input;
  private @Nullable IValue value;
  private double last;

  /** A type of TorchScript. */
  enum Type {
    INT,
    FLOAT,
    BOOL
  }

  /**
   * What libtorch expects in place of a tensor.
   *
   * @param index of the argument, from 0, without the module itself
   */
  record Refusal(int index, Type type) {}

  NumberArgument(Type type, Tensor input) {
    this.type = type;
    this.input = input;
  }

  /** Returns what a message of libtorch refuses; empty if it is about something else. */
  static Optional<Refusal> refusal(@Nullable String message) {
    Matcher matcher = REFUSAL.matcher(message == null ? "" : message.replace("\\n", "\n"));
    if (!matcher.find()) {
      return Optional.empty();
    }
    Type type =
        switch (matcher.group(1)) {
          case "int" -> Type.INT;
          case "bool" -> Type.BOOL;
          default -> Type.FLOAT;
        };
    return Optional.of(new Refusal(Integer.parseInt(matcher.group(2)) - 1, type));
  }

  /** Returns the number that the input holds, the same object as long as it stays the same. */
  IValue value() {
    double now = input.number(0);
    IValue known = value;
    if (known == null || Double.compare(now, last) != 0) {
      close();
      known =
          switch (type) {
            case INT -> IValue.from((long) now);
            case FLOAT -> IValue.from(now);
            case BOOL -> IValue.from(now != 0);
          };
      value = known;
      last = now;
    }
    return known;
  }

  @Override
  public void close() {
    if (value != null) {
      value.close();
      value = null;
    }
  }
}
