package io.stagemark.flops.onnx.profiled;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.JavaCommand;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.NodeExecution;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.onnx.file.OnnxFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One profiled run of a model in a JVM of its own: an untrusted graph may never end, or fill the
 * memory, and native code cannot be stopped from inside.
 */
public final class RunProcess {
  private static final long LOOK_MILLIS = 50;
  private static final long PAGE_BYTES = 4096;
  private static final int SHOWN_CHARACTERS = 300;

  private RunProcess() {}

  /** The run was ended before it came to an end. */
  public static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    Stopped(String message) {
      super(message);
    }
  }

  /**
   * What a run may take.
   *
   * @param time on the wall's clock
   * @param bytes of memory
   */
  public record Limits(Duration time, long bytes) {
    private static final long FLOOR_BYTES = 1L << 30;

    /** Half of the machine's memory. */
    public static Limits of(Duration time) {
      var system = ManagementFactory.getOperatingSystemMXBean();
      long all =
          system instanceof com.sun.management.OperatingSystemMXBean machine
              ? machine.getTotalMemorySize()
              : Long.MAX_VALUE;
      return new Limits(time, all / 2);
    }

    /** A JVM, copies of the weights, and the activations that are known: not more than half. */
    public static Limits of(Duration time, OnnxFile file, long activationBytes) {
      long weights = 3L * file.model().getSerializedSize();
      long wanted = FLOOR_BYTES + weights + Math.min(1L << 40, 2 * activationBytes);
      return new Limits(time, Math.min(wanted, of(time).bytes()));
    }
  }

  /** What the child is asked for; written to its folder. */
  record RunRequest(String model, Map<String, ModelInput> inputs, Settings settings) {

    /** {@link NodeProfiler.Settings} in words that a file holds. */
    record Settings(
        boolean optimized, boolean prepacked, int threads, int runs, String optimizedModel) {}
  }

  static final String ORDER = "order.json";
  static final String EVENTS = "events.json";
  static final String REFUSAL = "refusal.txt";

  /**
   * Runs a model.
   *
   * @throws Stopped if it took more than it may
   * @throws EngineException if the runtime cannot start or refuses the model
   */
  public static List<NodeExecution> run(
      OnnxFile file, Map<String, ModelInput> inputs, NodeProfiler.Settings settings, Limits limits)
      throws EngineException, Stopped {
    Path folder = null;
    try {
      folder = TemporaryFiles.folder("stagemark-shapes");
      RunRequest.Settings words =
          new RunRequest.Settings(
              settings.optimized(),
              settings.prepacked(),
              settings.threads(),
              settings.runs(),
              settings.optimizedModel().map(Path::toString).orElse(""));
      RunRequest order = new RunRequest(file.path().toAbsolutePath().toString(), inputs, words);
      new ObjectMapper().writeValue(folder.resolve(ORDER).toFile(), order);
      return await(start(folder), folder, limits);
    } catch (IOException e) {
      throw new EngineException("the run for shapes cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped("interrupted");
    } finally {
      delete(folder);
    }
  }

  private static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            JavaCommand.of(
                List.of(
                    "-Xmx1g",
                    "-XX:MaxDirectMemorySize=4g",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.io.tmpdir=" + folder),
                JavaCommand.ownClassPath(),
                RunChild.class,
                List.of(folder.toString())))
        .redirectOutput(folder.resolve("stdout.log").toFile())
        .redirectError(folder.resolve("stderr.log").toFile())
        .start();
  }

  private static List<NodeExecution> await(Process process, Path folder, Limits limits)
      throws IOException, InterruptedException, EngineException, Stopped {
    long end = System.nanoTime() + limits.time().toNanos();
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() > end) {
          throw new Stopped(
              "not done after %.1f s; a loop may never end on such inputs (--run-seconds allows more)"
                  .formatted(limits.time().toMillis() / 1e3));
        }
        long resident = resident(process.pid());
        if (resident > limits.bytes()) {
          throw new Stopped("it took more than %d MiB of memory".formatted(limits.bytes() >> 20));
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    Path events = folder.resolve(EVENTS);
    if (process.exitValue() == 0 && Files.isRegularFile(events)) {
      return List.of(new ObjectMapper().readValue(events.toFile(), NodeExecution[].class));
    }
    throw new EngineException(refusal(process.exitValue(), folder));
  }

  private static String refusal(int exitCode, Path folder) throws IOException {
    Path refusal = folder.resolve(REFUSAL);
    if (Files.isRegularFile(refusal)) {
      return brief(Files.readString(refusal));
    }
    Optional<String> last =
        Files.readAllLines(folder.resolve("stderr.log"), StandardCharsets.ISO_8859_1).stream()
            .filter(line -> !line.isBlank())
            .findFirst();
    return "its JVM ended with %d%s".formatted(exitCode, last.map(line -> ": " + line).orElse(""));
  }

  /** Returns what the engine found, without the lines around it. */
  private static String brief(String message) {
    String found =
        message
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("found:"))
            .findFirst()
            .map(line -> line.substring("found:".length()).strip())
            .orElse(message.strip());
    if (found.contains("/onnxruntime_src")) { // its place and its signature come first
      found =
          found.substring(Math.max(found.lastIndexOf(") "), found.lastIndexOf("] ")) + 1).strip();
    }
    return found.length() > SHOWN_CHARACTERS
        ? found.substring(0, SHOWN_CHARACTERS) + " ..."
        : found;
  }

  /** Returns the memory that a process holds; 0 where the system does not say. */
  private static long resident(long pid) {
    try {
      String[] pages =
          Files.readString(Path.of("/proc", Long.toString(pid), "statm")).split(" ", -1);
      return Long.parseLong(pages[1]) * PAGE_BYTES;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      ScratchTree.delete(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit(); // a leftover in the temporary folder harms nothing
    }
  }
}
