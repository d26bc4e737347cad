package io.stagemark.gate;

import io.stagemark.config.gate.GateConfig.Side;
import io.stagemark.data.Jdk;
import io.stagemark.data.Problem;
import io.stagemark.engine.Engine;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.process.ChildEnd;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import io.stagemark.trial.TrialRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Checks that the build on a side's class path understands a gate's requests. The build itself
 * answers, before anything is measured: it may be of another version, or not Stagemark at all.
 */
final class BuildCheck {
  /** The option of {@link BlockMain} that asks. */
  public static final String OPTION = "--check";

  /**
   * Increases when the commands of {@link BlockTrial}, its samples or {@link BlockOutcome} change,
   * or {@link BlockRequest} by more than an optional key.
   */
  private static final int PROTOCOL = 1;

  private static final String PROTOCOL_LINE = BlockTrial.ANSWER + "protocol " + PROTOCOL;
  private static final String UNDERSTOOD = BlockTrial.ANSWER + "understood";
  private static final String REFUSED = BlockTrial.ANSWER + "refused: ";
  private static final int TIMEOUT_SECONDS = 60;

  private BuildCheck() {}

  /**
   * Answers for this build whether it understands the request in {@code folder}.
   *
   * @param answers standard output, which {@link #problem} reads
   */
  public static void answer(Path folder, PrintWriter answers) {
    answers.println(PROTOCOL_LINE);
    answers.println(refusal(folder).map(REFUSED::concat).orElse(UNDERSTOOD));
  }

  private static Optional<String> refusal(Path folder) {
    ClassLoader loader = BuildCheck.class.getClassLoader();
    try {
      TrialRequest trial =
          ResultFiles.read(folder.resolve(BlockRequest.FILE), BlockRequest.class).trial();
      Registry.discover(Task.class, loader).get(trial.spec().model().task().task());
      Registry.discover(Engine.class, loader).get(trial.spec().engine());
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage()).lines().findFirst();
    }
  }

  /**
   * Asks the build of a side.
   *
   * @param role such as {@code candidate}
   * @param environment what the engine asks for
   * @param folder an empty or missing folder for its files
   * @return what is wrong with it; empty if it understands
   * @throws IOException if no process can be started
   */
  static Optional<Problem> problem(
      String role, Side side, BlockRequest request, Map<String, String> environment, Path folder)
      throws IOException, InterruptedException {
    ChildEnd end = new ChildEnd("its JVM", folder, request.trial().measure().limits().heapMiB());
    Process process = SideJvm.start(side, request, environment, folder, OPTION);
    String found;
    try {
      found = found(process, folder, end);
    } finally {
      process.destroyForcibly();
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                side.classPath().isEmpty()
                    ? role + ".jdk: " + side.jdk().map(Jdk::home).orElseThrow()
                    : role + ".classPath: " + side.classPath().get(0) + " and what follows",
                found,
                "a build of Stagemark that takes turns by protocol "
                    + PROTOCOL
                    + " and has what the run asks for",
                "[DIR/target/stagemark.jar, DIR/target/runtime-classpath.txt], of the same version"));
  }

  private static String found(Process process, Path folder, ChildEnd end)
      throws IOException, InterruptedException {
    // a few lines: they fit into the pipe
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      return "no answer within %s s".formatted(TIMEOUT_SECONDS);
    }
    List<String> said;
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      said = lines.lines().toList();
    }
    List<String> answers =
        said.stream().filter(line -> line.startsWith(BlockTrial.ANSWER)).toList();
    if (answers.size() != 2) {
      Files.write(folder.resolve(ChildEnd.STDOUT), said);
      return end.reason(process.exitValue());
    }
    if (!answers.get(0).equals(PROTOCOL_LINE)) {
      return "it has " + answers.get(0).substring(BlockTrial.ANSWER.length());
    }
    return answers.get(1).equals(UNDERSTOOD)
        ? ""
        : "it " + answers.get(1).substring(BlockTrial.ANSWER.length());
  }
}
