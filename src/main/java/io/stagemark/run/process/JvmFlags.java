package io.stagemark.run.process;

import io.stagemark.data.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the JVM of a trial is started with. The launcher passes the parent what it needs of them.
 */
public final class JvmFlags {
  /** ONNX Runtime 1.29 reports over the network unless its environment says no. */
  public static final Map<String, String> ENVIRONMENT = Map.of("ORT_DISABLE_TELEMETRY", "1");

  /**
   * The system property of the parent with further flags, separated by spaces. The tests of whole
   * runs set it: their JVMs end before a second compiler pays.
   */
  public static final String FURTHER = "stagemark.jvmFlags";

  private JvmFlags() {}

  /**
   * Returns the flags that count for the measurement, of this program's JDK.
   *
   * @param heapMiB size of the Java heap, in MiB, fixed so that it does not grow while measuring
   */
  public static List<String> forTrial(int heapMiB) {
    return forTrial(heapMiB, Jdk.running());
  }

  /** Returns the flags that count for the measurement. */
  static List<String> forTrial(int heapMiB, Jdk jdk) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xms" + heapMiB + "m");
    flags.add("-Xmx" + heapMiB + "m");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("--add-modules=jdk.incubator.vector");
    // our vector loops check their ranges once, before the loop
    flags.add("-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0");
    int feature = jdk.version().feature();
    if (feature >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    if (feature >= 24) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    // DJL's static initialiser calls a cloud metadata address without these two.
    flags.add("-Dai.djl.offline=true");
    flags.add("-DOPT_OUT_TRACKING=true");
    flags.add("-Djava.awt.headless=true");
    flags.add("-Dfile.encoding=UTF-8");
    Stream.of(System.getProperty(FURTHER, "").split(" "))
        .filter(f -> !f.isEmpty())
        .forEach(flags::add);
    return List.copyOf(flags);
  }

  /** Returns the flag that sends a crash report of the JVM to a file. */
  static String errorFile(Path file) {
    return "-XX:ErrorFile=" + file;
  }
}
