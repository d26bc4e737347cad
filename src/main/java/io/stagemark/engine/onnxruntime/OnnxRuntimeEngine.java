package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.NodeProfiler;
import java.util.List;
import java.util.Optional;

/**
 * <a href="https://onnxruntime.ai">ONNX Runtime</a> through its own Java API.
 *
 * <p>The jar this project ships with has the CPU provider alone; with {@code onnxruntime_gpu} in
 * its place on the class path, {@code cuda:N} works too.
 */
public final class OnnxRuntimeEngine implements Engine {
  static final String NAME = "onnxruntime";
  static final String ALLOW_SPINNING = "allowSpinning";
  static final String OPTIMIZATION = "optimization";

  /**
   * Spinning is off by default: threads that spin after a forward take the cores from the stage
   * that follows it, and from the other engine of a comparison.
   */
  private static final List<EngineOption> OPTIONS =
      List.of(
          new EngineOption(
              ALLOW_SPINNING,
              List.of("false", "true"),
              "false",
              "whether idle threads of the intra-op pool spin instead of sleeping"),
          new EngineOption(
              OPTIMIZATION,
              List.of("none", "basic", "extended", "all"),
              "all",
              "how far the graph is rewritten when it is loaded"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<NodeProfiler> nodeProfiler() {
    return Optional.of(new OnnxProfiler());
  }

  @Override
  public EngineInfo info() {
    // the jar's manifest: reading a Class's package does not run its initializer, which would load
    // the native library
    String version =
        Optional.ofNullable(OrtEnvironment.class.getPackage().getImplementationVersion())
            .orElse("unknown");
    return new EngineInfo(version, Optional.of("onnx"), List.of("cpu", "cuda"), OPTIONS);
  }

  @Override
  public void start(ModelFile model, EngineSettings settings) throws EngineException {
    NativeRuntime.start(new ModelCheck(NAME, model));
  }

  @Override
  public boolean opensOtherShapes() {
    return true;
  }

  @Override
  public LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException {
    return OnnxRuntimeModel.load(model, settings);
  }
}
