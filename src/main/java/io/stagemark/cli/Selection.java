package io.stagemark.cli;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.NearestName;
import io.stagemark.data.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The arguments that pick a part of a run: some cases, some examples. */
final class Selection {
  @Option(
      names = "--case",
      paramLabel = "ID",
      description = "runs this case alone, such as MODEL/onnxruntime/cpu/t2/b1; repeatable")
  private List<String> cases = List.of();

  @Option(
      names = "--only",
      paramLabel = "EXAMPLE",
      description = "runs on this example of the data set alone; repeatable")
  private List<String> examples = List.of();

  /**
   * Returns the part of a run; its report goes to {@code OUTPUT.replay}, next to that of the whole.
   *
   * @throws BadInputException if the run has no such case
   */
  RunConfig of(RunConfig config) throws BadInputException {
    if (cases.isEmpty() && examples.isEmpty()) {
      return config;
    }
    List<String> ids = config.cases().stream().map(CaseSpec::id).toList();
    List<Problem> problems = new ArrayList<>();
    for (String wanted : cases) {
      if (!ids.contains(wanted)) {
        problems.add(
            new Problem(
                "--case",
                wanted + ": no case of " + config.file().getFileName(),
                "one of: " + String.join(", ", ids),
                "--case " + NearestName.of(wanted, ids).orElse(ids.get(0))));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    Path output = config.output();
    return new RunConfig(
        config.name(),
        config.file(),
        config.dataset().only(examples),
        config.cases().stream()
            .filter(spec -> cases.isEmpty() || cases.contains(spec.id()))
            .toList(),
        config.measure(),
        config.score(),
        config.reports(),
        output.resolveSibling(output.getFileName() + ".replay"));
  }
}
