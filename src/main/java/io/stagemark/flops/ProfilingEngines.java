package io.stagemark.flops;

import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.spi.Registry;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The engines of the class path that can profile: where several can, the first by name. */
public final class ProfilingEngines {
  private ProfilingEngines() {}

  /**
   * Returns the engine that profiles ONNX models.
   *
   * @throws EngineException if none does
   */
  public static Engine forNodes() throws EngineException {
    return first(engine -> engine.nodeProfiler().isPresent(), "ONNX models");
  }

  /** Returns the profiler of {@link #forNodes}. */
  public static NodeProfiler nodeProfiler() throws EngineException {
    return forNodes().nodeProfiler().orElseThrow();
  }

  /**
   * Returns the engine that profiles TorchScript.
   *
   * @throws EngineException if none does
   */
  public static Engine forScripts() throws EngineException {
    return first(engine -> engine.scriptProfiler().isPresent(), "TorchScript");
  }

  private static Engine first(Predicate<Engine> can, String what) throws EngineException {
    return Registry.discover(Engine.class, ProfilingEngines.class.getClassLoader()).all().stream()
        .filter(can)
        .findFirst()
        .orElseThrow(() -> new EngineException("no engine of the class path profiles " + what));
  }

  /** Returns an engine's settings on the processor, every option at its default. */
  public static EngineSettings onProcessor(Engine engine, int threads) {
    Map<String, String> options =
        engine.info().options().stream()
            .collect(Collectors.toMap(EngineOption::name, EngineOption::defaultValue));
    return new EngineSettings(Device.CPU, threads, options);
  }
}
