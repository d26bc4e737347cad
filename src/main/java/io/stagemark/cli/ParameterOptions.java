package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.score.SavedArray;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code --name value}, {@code --name=value} and {@code --flag} as parameters of a score. */
final class ParameterOptions {
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "--weight", "--class-weight",
          "--num-classes", "--classes",
          "--n-bins", "--bins");

  private final List<ScoreParameter> parameters;
  private final List<Problem> problems;

  /**
   * @param problems takes what is wrong
   */
  ParameterOptions(List<ScoreParameter> parameters, List<Problem> problems) {
    this.parameters = parameters;
    this.problems = problems;
  }

  ScoreArguments read(List<String> words) {
    ScoreArguments arguments = ScoreArguments.defaults(parameters);
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String word = rest.pop();
      String[] parts = word.split("=", 2);
      Optional<ScoreParameter> parameter = parameter(parts[0].replace('_', '-'));
      if (parameter.isEmpty()) {
        problems.add(unknown(word));
        skipValue(rest);
        continue;
      }
      arguments = with(arguments, parameter.get(), value(parameter.get(), parts, rest));
    }
    return arguments;
  }

  /** Returns the parameter of an option, by its own name or PyTorch's for it. */
  private Optional<ScoreParameter> parameter(String option) {
    return named(option)
        .or(() -> Optional.ofNullable(OTHER_NAMES.get(option)).flatMap(this::named));
  }

  private Optional<ScoreParameter> named(String option) {
    return parameters.stream().filter(p -> option.equals("--" + p.name())).findFirst();
  }

  private static void skipValue(Deque<String> rest) {
    if (!rest.isEmpty() && !rest.peek().startsWith("--")) {
      rest.pop();
    }
  }

  private static String value(ScoreParameter parameter, String[] parts, Deque<String> rest) {
    if (parts.length == 2) {
      return parts[1];
    }
    if (!rest.isEmpty() && !rest.peek().startsWith("--")) {
      return rest.pop();
    }
    return parameter.kind() == ScoreParameter.ValueType.FLAG ? "true" : "";
  }

  private ScoreArguments with(ScoreArguments arguments, ScoreParameter parameter, String value) {
    try {
      boolean file =
          parameter.kind() == ScoreParameter.ValueType.TENSOR
              && (value.endsWith(".npy") || value.endsWith(".npz"));
      return file
          ? arguments.with(parameter.name(), SavedArray.numbers(Path.of(value), parameter.name()))
          : arguments.withText(parameter.name(), value);
    } catch (IllegalArgumentException e) {
      String option = "--" + parameter.name();
      problems.add(
          new Problem(
              option,
              value.isEmpty() ? "no value" : value,
              parameter.allowed()
                  + parameter.fallback().map(f -> " (default " + f + ")").orElse(""),
              option + " " + example(parameter)));
      return arguments;
    } catch (BadInputException e) {
      problems.addAll(e.problems());
      return arguments;
    }
  }

  private static String example(ScoreParameter parameter) {
    return parameter
        .fallback()
        .orElse(parameter.kind() == ScoreParameter.ValueType.TENSOR ? "1,2,0.5" : "1");
  }

  private Problem unknown(String word) {
    List<String> names = parameters.stream().map(p -> "--" + p.name()).toList();
    return new Problem(
        word,
        "unknown option",
        names.isEmpty() ? "no further option" : "one of: " + String.join(", ", names),
        names.isEmpty() ? "leave it out" : names.get(0));
  }
}
