package io.stagemark.engine;

import io.stagemark.spi.Named;
import java.util.Objects;
import java.util.Optional;

/**
 * A runtime that can execute a model, found with {@link java.util.ServiceLoader}.
 *
 * <p>To add one: implement this, {@link LoadedModel} and {@link EngineSession}, and name the class
 * in {@code META-INF/services/io.stagemark.engine.Engine}. Nothing else changes.
 */
public interface Engine extends Named {

  /** Returns the formats, devices and options of the engine. Cheap: loads no native code. */
  EngineInfo info();

  @Override
  default void requireUsable() {
    Objects.requireNonNull(info(), "it has no info");
  }

  /**
   * Starts the runtime: native libraries, environment, threads. A trial calls this before {@link
   * #load} so that its report separates the runtime's start from the model's; {@code load} starts
   * it otherwise. Nothing to do for an engine without natives.
   *
   * @param model for the message, if it cannot start
   * @param settings what the config asks for
   * @throws EngineException if it does not start on this machine, or not with these settings
   */
  default void start(ModelFile model, EngineSettings settings) throws EngineException {}

  /**
   * Loads a model. All cost that is paid once belongs here and is reported as load time, not
   * latency.
   *
   * @param model the model's file
   * @param settings what the config asks for
   * @return the weights, loaded once; the caller closes it
   * @throws EngineException if the file cannot be read as a model, or if a setting cannot be met
   *     exactly. A device, thread count or precision is never replaced by another one in silence.
   */
  LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException;

  /**
   * Returns whether a loaded model opens sessions for several shapes of its inputs: {@link
   * LoadedModel#newSession(ModelFile)}. Models whose input has a size by image need it.
   */
  default boolean opensOtherShapes() {
    return false;
  }

  /** Returns the engine's profiler of ONNX models; empty if it has none. Loads no native code. */
  default Optional<NodeProfiler> nodeProfiler() {
    return Optional.empty();
  }

  /** Returns the engine's profiler of TorchScript; empty if it has none. Loads no native code. */
  default Optional<ScriptProfiler> scriptProfiler() {
    return Optional.empty();
  }
}
