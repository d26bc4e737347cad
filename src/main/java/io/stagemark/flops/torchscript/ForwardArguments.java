package io.stagemark.flops.torchscript;

import io.stagemark.flops.torchscript.script.DeclaredType;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.script.ScriptUnit.Parameter;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives the arguments of forward what a user gave: by name where every name is one of its
 * parameters, otherwise in order, as for a traced file, whose names the tracer made.
 */
final class ForwardArguments {
  private final List<Parameter> parameters;
  private final ArgumentReader reader;

  ForwardArguments(ScriptFunction forward, ArgumentReader reader) {
    this.parameters = forward.parameters().subList(1, forward.parameters().size()); // no self
    this.reader = reader;
  }

  /**
   * One {@code --input}.
   *
   * @param name text before the equals sign; empty for an argument without a name
   * @param text the value as text, such as {@code 1x3x8x8} or {@code 16000}
   */
  record InputOption(String name, String text) {}

  /** Returns the arguments by name; those with a default may be missing. */
  Map<String, @Nullable Object> match(List<InputOption> given) {
    Map<String, String> texts = byName(given);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Parameter parameter : parameters) {
      String text = texts.get(parameter.name());
      if (text != null) {
        values.put(parameter.name(), read(parameter, text));
      } else if (parameter.otherwise() == null) {
        missing.add(parameter.name());
      }
    }
    if (!missing.isEmpty()) {
      throw new ScriptFault(
          "forward", "no value for " + String.join(", ", missing), signature(), line());
    }
    return values;
  }

  private Map<String, String> byName(List<InputOption> given) {
    List<String> names = parameters.stream().map(Parameter::name).toList();
    boolean named = !given.isEmpty() && given.stream().allMatch(g -> names.contains(g.name()));
    if (given.size() > names.size() || (named && distinct(given) < given.size())) {
      throw new ScriptFault(
          "forward",
          given.stream()
              .map(InputOption::name)
              .collect(Collectors.joining(", ", "values for ", "")),
          signature(),
          line());
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      texts.put(named ? given.get(i).name() : names.get(i), given.get(i).text());
    }
    return texts;
  }

  private static long distinct(List<InputOption> given) {
    return given.stream().map(InputOption::name).distinct().count();
  }

  private @Nullable Object read(Parameter parameter, String text) {
    try {
      return reader.read(text, parameter.type());
    } catch (ArgumentReader.Misfit e) {
      throw new ScriptFault(
          "argument '%s'".formatted(parameter.name()),
          String.valueOf(e.getMessage()),
          "%s: %s".formatted(parameter.name(), DeclaredType.text(parameter.type())),
          option(parameter));
    }
  }

  private static String option(Parameter parameter) {
    String example = DeclaredType.example(parameter.type());
    boolean plain = example.matches("[\\w.]+");
    return "--input %s=%s".formatted(parameter.name(), plain ? example : "'" + example + "'");
  }

  private String signature() {
    return parameters.stream()
        .map(
            parameter ->
                parameter.name()
                    + ": "
                    + DeclaredType.text(parameter.type())
                    + (parameter.otherwise() == null ? "" : " (optional)"))
        .collect(Collectors.joining(", ", "forward(", ")"));
  }

  /** Returns the options that give every argument which must be given. */
  private String line() {
    return parameters.stream()
        .filter(parameter -> parameter.otherwise() == null)
        .map(ForwardArguments::option)
        .collect(Collectors.joining(" "));
  }
}
