package io.stagemark.gate;

import io.stagemark.config.CpuAffinity;
import io.stagemark.config.MeasureSettings;
import io.stagemark.config.gate.GateConfig.Side;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.process.ChildEnd;
import io.stagemark.run.process.JvmFlags;
import io.stagemark.run.process.TrialProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a JVM of one side of a gate is started. */
final class SideJvm {
  private SideJvm() {}

  /**
   * Starts the hidden command {@code block} on the side's class path.
   *
   * @param environment what the engine asks for
   * @param folder an empty or missing folder for the request and the JVM's files
   * @param options of the command, before the folder
   */
  static Process start(
      Side side,
      BlockRequest request,
      Map<String, String> environment,
      Path folder,
      String... options)
      throws IOException {
    Files.createDirectories(folder);
    ResultFiles.writePresent(folder.resolve(BlockRequest.FILE), request);
    MeasureSettings measure = request.trial().measure();
    List<String> command = new ArrayList<>();
    measure.load().cpuAffinity().map(CpuAffinity::prefix).ifPresent(command::addAll);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.forTrial(measure.limits().heapMiB()));
    command.add(ChildEnd.crashFlag(folder));
    command.add(
        "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve(TrialProcess.TEMPORARY)));
    command.add("-classpath");
    command.add(
        side.classPath().isEmpty()
            ? System.getProperty("java.class.path")
            : ClassPathText.of(side.classPath(), folder));
    command.add(BlockMain.class.getName());
    command.addAll(List.of(options));
    command.add(folder.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(JvmFlags.ENVIRONMENT);
    builder.environment().putAll(environment);
    return builder.redirectError(folder.resolve(ChildEnd.STDERR).toFile()).start();
  }
}
