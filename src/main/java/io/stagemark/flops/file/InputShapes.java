package io.stagemark.flops.file;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.flops.ModelInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code --input} of the flops command as shapes of tensors. */
public final class InputShapes {
  /** name=1x3x224x224, with :16000 behind it for what every element is; a scalar has no extents. */
  private static final Pattern INPUT =
      Pattern.compile(
          "(?<name>.*)=(?<shape>(\\d{1,18}(x\\d{1,18}){0,63})?)"
              + "(:(?<fill>-?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})))?");

  private InputShapes() {}

  /** Checks that each input has a name; the rest depends on the model's file. */
  public static void checkNames(List<String> inputs) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    for (String text : inputs) {
      if (text.indexOf('=') < 1) {
        problems.add(problem(text));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  /** Returns the shapes by name. */
  public static Map<String, ModelInput> of(List<String> inputs) throws BadInputException {
    Map<String, ModelInput> given = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String text : inputs) {
      Matcher matcher = INPUT.matcher(text);
      if (!matcher.matches()) {
        problems.add(problem(text));
        continue;
      }
      List<Long> shape = new ArrayList<>();
      for (String extent : matcher.group("shape").split("x", -1)) {
        if (!extent.isEmpty()) {
          shape.add(Long.parseLong(extent));
        }
      }
      String fill = matcher.group("fill");
      given.put(
          matcher.group("name"),
          fill == null
              ? ModelInput.zeros(shape)
              : ModelInput.filled(shape, Double.parseDouble(fill)));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return given;
  }

  private static Problem problem(String text) {
    return new Problem(
        "--input",
        text,
        "a name, an equals sign and extents, such as x=1x3x224x224",
        "--input x=1x3x224x224");
  }
}
