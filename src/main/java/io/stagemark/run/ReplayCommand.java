package io.stagemark.run;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The command line that runs a few examples of a case alone.
 *
 * @param run the command of the whole run, such as {@code ./stagemark run configs/quickstart.yaml}
 */
public record ReplayCommand(String run) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

  /** Returns such as {@code ./stagemark run CONFIG --case ID --only a.jpg --only b.jpg}. */
  String of(String caseId, List<String> examples) {
    StringBuilder text = new StringBuilder(run).append(" --case ").append(quoted(caseId));
    examples.forEach(example -> text.append(" --only ").append(quoted(example)));
    return text.toString();
  }

  /** Returns an argument as a POSIX shell takes it. */
  public static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
