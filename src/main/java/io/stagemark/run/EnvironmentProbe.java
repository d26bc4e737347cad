package io.stagemark.run;

import com.sun.management.OperatingSystemMXBean;
import io.stagemark.engine.Engine;
import io.stagemark.report.Environment;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Records where a run is measured. */
final class EnvironmentProbe {
  private EnvironmentProbe() {}

  static Environment probe(Registry<Engine> engines, int heapMiB) {
    Map<String, String> libraries = new LinkedHashMap<>();
    for (Engine engine : engines.all()) {
      libraries.put(engine.name(), engine.info().version());
    }
    libraries.put("opencv", org.opencv.core.Core.VERSION);
    return new Environment(
        version(),
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        "%s %s".formatted(System.getProperty("java.vendor"), Runtime.version()),
        JvmFlags.forTrial(heapMiB),
        libraries);
  }

  private static String version() {
    return Optional.ofNullable(EnvironmentProbe.class.getPackage().getImplementationVersion())
        .orElse("from classes");
  }

  /** The processor's name where the system tells it in a file; elsewhere its architecture. */
  private static String cpu() {
    Path file = Path.of("/proc/cpuinfo");
    if (Files.isReadable(file)) {
      try (var lines = Files.lines(file)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty("os.arch");
      }
    }
    return System.getProperty("os.arch");
  }
}
