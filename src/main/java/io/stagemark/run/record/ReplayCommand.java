package io.stagemark.run.record;

import io.stagemark.data.PlainText;
import java.util.List;

/**
 * The command line that runs a few examples of a case alone.
 *
 * @param run the command of the whole run, such as {@code ./stagemark run configs/quickstart.yaml}
 */
public record ReplayCommand(String run) {
  /** Returns such as {@code ./stagemark run CONFIG --case ID --only a.jpg --only b.jpg}. */
  String of(String caseId, List<String> examples) {
    StringBuilder text =
        new StringBuilder(run).append(" --case ").append(PlainText.shellArgument(caseId));
    examples.forEach(example -> text.append(" --only ").append(PlainText.shellArgument(example)));
    return text.toString();
  }
}
