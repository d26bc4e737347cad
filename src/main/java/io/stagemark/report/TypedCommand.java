package io.stagemark.report;

import io.stagemark.data.PlainText;
import io.stagemark.result.CaseProof;
import io.stagemark.result.RunResult;
import java.util.List;
import java.util.Optional;

/** The command line that makes a run again. */
public final class TypedCommand {
  private static final String CASE = " --case ";

  private TypedCommand() {}

  /**
   * Returns the line that was typed, as the commands of slow batches have it; without one, the line
   * that runs the config. Empty for a run without a config.
   */
  public static Optional<String> of(RunResult raw) {
    return raw.cases().stream()
        .flatMap(one -> one.proof().map(CaseProof::slowest).orElse(List.of()).stream())
        .map(CaseProof.Replay::command)
        .filter(line -> line.contains(CASE))
        .map(line -> line.substring(0, line.indexOf(CASE)))
        .findFirst()
        .or(
            () ->
                Optional.ofNullable(raw.config().get("file"))
                    .map(f -> "./stagemark run " + PlainText.shellArgument(String.valueOf(f))))
        .map(PlainText::seen);
  }
}
