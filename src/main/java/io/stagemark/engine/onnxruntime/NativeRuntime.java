package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
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

  private NativeRuntime() {}

  /**
   * Starts the runtime, or returns it if it runs.
   *
   * @throws EngineException if it would use the network, or has no native library for this platform
   */
  static OrtEnvironment start(ModelCheck check) throws EngineException {
    requireOptOut(System.getenv(OPT_OUT), check);
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
