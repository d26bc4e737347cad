package io.stagemark.run.process;

import io.stagemark.config.CpuAffinity;
import io.stagemark.config.MeasureSettings;
import io.stagemark.data.JavaCommand;
import io.stagemark.data.Jdk;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.data.UnpackedNatives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a JVM that measures is started: a trial's, a probe's, an operator pass's or a gate's side.
 *
 * @param jdk that runs it
 * @param measure its heap and its processors
 * @param environment variables that the engine wants set for its process
 * @param folder of the child, which is also its last argument
 */
public record MeasuringJvm(
    Jdk jdk, MeasureSettings measure, Map<String, String> environment, Path folder) {
  /** Temporary files of a child, in its folder. */
  public static final String TEMPORARY = "tmp";

  /**
   * Returns what starts it. Its standard error goes to a file in its folder; standard input and
   * output are pipes.
   *
   * @param flags of the JVM, in addition to those of every child
   * @param options of the main class, before the folder
   * @throws IOException if the folder cannot be written to
   */
  public ProcessBuilder of(Class<?> main, String classPath, List<String> flags, String... options)
      throws IOException {
    List<String> all = new ArrayList<>(JvmFlags.forTrial(measure.limits().heapMiB(), jdk));
    all.add(ChildEnd.crashFlag(folder));
    // What an engine unpacks for itself; a killed child could not delete it from /tmp.
    Path temporary = Files.createDirectories(folder.resolve(TEMPORARY));
    all.add("-D" + TemporaryFiles.FOLDER + "=" + temporary);
    String natives = System.getProperty(UnpackedNatives.FOLDER, "");
    if (!natives.isEmpty()) {
      all.add("-D" + UnpackedNatives.FOLDER + "=" + natives);
    }
    all.addAll(flags);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(folder.toString());
    List<String> command = new ArrayList<>();
    measure.load().cpuAffinity().map(CpuAffinity::prefix).ifPresent(command::addAll);
    command.addAll(JavaCommand.of(jdk, all, classPath, main, arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(JvmFlags.ENVIRONMENT);
    builder.environment().putAll(environment);
    return builder.redirectError(folder.resolve(ChildEnd.STDERR).toFile());
  }
}
