package io.stagemark.run.record;

import io.stagemark.config.RunConfig;
import io.stagemark.data.Problem;
import io.stagemark.result.Environment;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks whether trials may be added to a run that began earlier: it needs the same config with the
 * same model files (the config has their digests), the same data, machine and versions.
 */
final class ResumeCheck {
  private static final String TRY = "run without --resume; the former run is kept next to it";

  /** The parts of a config that the figures depend on; reports and output folder may differ. */
  private static final List<String> SECTIONS =
      List.of("name", "dataset", "cases", "measure", "score");

  private ResumeCheck() {}

  /** Returns how a run's records write paths. */
  static PortablePaths paths(RunConfig config) {
    return PortablePaths.ofRun(config.file(), config.output(), config.dataset().path());
  }

  /** Returns what has changed since the run began; empty if it may go on. */
  static List<Problem> problems(
      RunResult former, RunConfig config, RunResult.DatasetRecord dataset, Environment environment)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    PortablePaths paths = paths(config);
    Map<String, Object> then = paths.tree(former.config()); // older runs have absolute paths
    Map<String, Object> now = paths.tree(ResultFiles.tree(config));
    for (String section : SECTIONS) {
      if (!ResultFiles.equal(
          then.getOrDefault(section, Map.of()), now.getOrDefault(section, Map.of()))) {
        problems.add(
            new Problem(
                config.file() + ": " + section,
                section.equals("cases")
                    ? "other cases, or a model whose files have changed"
                    : "changed since the run began",
                "as in " + config.output().resolve(ResultFiles.RESULT),
                TRY));
      }
    }
    if (!former.dataset().sha256().equals(dataset.sha256())) {
      problems.add(
          new Problem(
              String.valueOf(config.dataset().path()),
              "data of sha256 " + dataset.sha256(),
              "that of the run's beginning, " + former.dataset().sha256(),
              TRY));
    }
    problems.addAll(machine(former.environment(), environment));
    return problems;
  }

  /**
   * Returns which model files and cards are not those that the run began with.
   *
   * @param now digests by name
   */
  static List<Problem> files(RunResult former, Map<String, String> now) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> then = former.proof().map(RunProof::modelDigests).orElse(Map.of());
    then.forEach(
        (name, digest) ->
            compare(
                problems, name, "sha256 " + digest, "sha256 " + now.getOrDefault(name, "none")));
    return problems;
  }

  private static List<Problem> machine(Environment former, Environment now) {
    List<Problem> problems = new ArrayList<>();
    compare(problems, "processor", former.cpu(), now.cpu());
    compare(problems, "cores", former.cores(), now.cores());
    compare(problems, "system", former.os(), now.os());
    compare(problems, "JDK", former.jdk(), now.jdk());
    compare(problems, "Stagemark", former.stagemark(), now.stagemark());
    compare(problems, "libraries", former.libraries(), now.libraries());
    return problems;
  }

  private static void compare(List<Problem> problems, String what, Object former, Object now) {
    if (!former.equals(now)) {
      problems.add(
          new Problem(what, String.valueOf(now), "that of the run's beginning, " + former, TRY));
    }
  }
}
