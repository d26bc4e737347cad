package io.stagemark.inspect;

import io.stagemark.data.BadInputException;
import io.stagemark.data.NearestName;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.inspect.fact.Axis;
import io.stagemark.inspect.fact.Shapes;
import io.stagemark.inspect.fact.TensorSignature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Shapes that a user states: {@code images=1x3x640x640}, checked against what a file fixes. */
final class GivenShapes {
  /** A name may hold anything, an equals sign too; a scalar has no extents. */
  private static final Pattern OPTION =
      Pattern.compile("(?<name>.+)=(?<shape>(\\d{1,9}(x\\d{1,9}){0,15})?)", Pattern.DOTALL);

  private GivenShapes() {}

  /**
   * Reads and checks shapes.
   *
   * @param options as the command line has them
   * @param inputs as the file declares them
   * @throws BadInputException with every problem
   */
  static Map<String, List<Long>> of(List<String> options, List<TensorSignature> inputs)
      throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (String option : options) {
      Matcher matcher = OPTION.matcher(option);
      if (!matcher.matches()) {
        problems.add(
            problem(option, "a name, an equals sign and extents", example(inputs, inputs)));
        continue;
      }
      String name = matcher.group("name");
      List<TensorSignature> named =
          inputs.stream().filter(input -> input.name().equals(name)).toList();
      if (named.isEmpty()) {
        problems.add(unknown(option, name, inputs));
        continue;
      }
      List<Long> shape = extents(matcher.group("shape"));
      String misfit = misfit(named.get(0), shape);
      if (!misfit.isEmpty()) {
        problems.add(problem(option, misfit, example(named, inputs)));
      } else if (shapes.put(name, shape) != null) {
        problems.add(problem(option, "one shape for an input", "leave one of them out"));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return shapes;
  }

  private static List<Long> extents(String text) {
    List<Long> extents = new ArrayList<>();
    for (String extent : text.split("x", -1)) {
      if (!extent.isEmpty()) {
        extents.add(Long.parseLong(extent));
      }
    }
    return extents;
  }

  /** Returns what the file expects where the shape does not fit; empty where it does. */
  private static String misfit(TensorSignature input, List<Long> shape) {
    if (shape.contains(0L)) {
      return "extents of at least 1";
    }
    if (input.axes().isEmpty()) {
      return "";
    }
    List<Axis> axes = input.axes().get();
    boolean fits = axes.size() == shape.size();
    for (int i = 0; fits && i < axes.size(); i++) {
      fits = axes.get(i).isOpen() || axes.get(i).size() == shape.get(i);
    }
    String declared = axes.stream().map(Axis::text).collect(Collectors.joining("×"));
    return fits ? "" : "extents that fit %s, which the file fixes".formatted(declared);
  }

  private static Problem unknown(String option, String name, List<TensorSignature> inputs) {
    List<String> names = inputs.stream().map(TensorSignature::name).toList();
    List<TensorSignature> nearest =
        NearestName.of(name, names).stream()
            .flatMap(near -> inputs.stream().filter(input -> input.name().equals(near)))
            .toList();
    return problem(
        option, "one of the inputs " + String.join(", ", names), example(nearest, inputs));
  }

  private static Problem problem(String option, String expected, String advice) {
    return new Problem("--shape", option, expected, advice);
  }

  private static String example(List<TensorSignature> first, List<TensorSignature> all) {
    List<TensorSignature> some = first.isEmpty() ? all : first;
    if (some.isEmpty()) {
      return "--shape images=1x3x640x640";
    }
    List<Long> extents = new ArrayList<>();
    List<Axis> axes = some.get(0).axes().orElse(List.of());
    for (int i = 0; i < axes.size(); i++) {
      extents.add(axes.get(i).isOpen() ? i == 0 ? 1L : 640L : axes.get(i).size());
    }
    String shape = extents.isEmpty() ? "1x3x640x640" : Shapes.option(extents);
    return "--shape " + PlainText.shellArgument(some.get(0).name() + "=" + shape);
  }
}
