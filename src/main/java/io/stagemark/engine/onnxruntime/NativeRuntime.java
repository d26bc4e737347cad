package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.stagemark.data.UnpackedNatives;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one ONNX Runtime of this JVM. */
final class NativeRuntime {
  /**
   * The only switch that works: from 1.29 on, the runtime reports its host, its models and its run
   * times over the network on Linux and macOS, from threads of its own, and has done so for the
   * first time before its API can disable that. It also reads the command line, and a long one (a
   * class path of 4 kB) overflows its stack and ends the JVM. See <a
   * href="https://github.com/microsoft/onnxruntime/pull/27379">onnxruntime #27379</a>.
   */
  static final String OPT_OUT = "ORT_DISABLE_TELEMETRY";

  /** ONNX Runtime's property: a folder that holds its libraries. */
  private static final String NATIVE_PATH = "onnxruntime.native.path";

  private static final String RESOURCES = "/ai/onnxruntime/native/";
  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  /** Builds for accelerators unpack more of them, later. */
  private static final List<String> PROVIDERS =
      List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda");

  private NativeRuntime() {}

  /**
   * Starts the runtime, or returns it if it runs.
   *
   * @throws EngineException if it would use the network, or has no native library for this platform
   */
  static OrtEnvironment start(ModelCheck check) throws EngineException {
    requireOptOut(System.getenv(OPT_OUT), check);
    shareNatives();
    try {
      // old exports warn hundreds of times; errors reach us as exceptions
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "stagemark");
      environment.setTelemetry(false); // the switch that Windows heeds
      return environment;
    } catch (LinkageError | OrtException e) {
      // its classes load the native library when they initialize
      throw check.problem(
          "ONNX Runtime does not start: " + e,
          "its native library for this platform in the onnxruntime jar",
          "a platform it has one for: Linux or Windows on x86-64, Linux or macOS on 64-bit Arm",
          e);
    }
  }

  /** Has the libraries loaded from where they are unpacked already; a user's own folder stays. */
  private static void shareNatives() {
    String os = System.getProperty("os.name");
    String arch = System.getProperty("os.arch");
    String resources =
        RESOURCES
            + (os.startsWith("Mac") ? "osx" : os.toLowerCase(Locale.ROOT))
            + (arch.equals("aarch64") ? "-aarch64" : "-x64");
    boolean providers =
        PROVIDERS.stream()
            .map(System::mapLibraryName)
            .anyMatch(name -> OrtEnvironment.class.getResource(resources + "/" + name) != null);
    if (System.getProperty(NATIVE_PATH) == null && !providers) {
      UnpackedNatives.of(
              OrtEnvironment.class,
              resources,
              LIBRARIES.stream().map(System::mapLibraryName).toList())
          .ifPresent(folder -> System.setProperty(NATIVE_PATH, folder.toString()));
    }
  }

  static void requireOptOut(@Nullable String value, ModelCheck check) throws EngineException {
    if (!"1".equals(value)) {
      throw check.problem(
          "%s=%s in the environment".formatted(OPT_OUT, value == null ? "" : value),
          "1, without which ONNX Runtime sends reports over the network while it is measured",
          "./stagemark, which sets it, or: export %s=1".formatted(OPT_OUT),
          null);
    }
  }
}
