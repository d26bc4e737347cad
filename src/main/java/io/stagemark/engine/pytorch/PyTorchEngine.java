package io.stagemark.engine.pytorch;

import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.ScriptProfiler;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * <a href="https://pytorch.org">PyTorch</a>'s libtorch running TorchScript, through the JNI of <a
 * href="https://djl.ai">DJL</a>.
 *
 * <p>Nothing is downloaded: DJL runs offline. On its first start it unpacks libtorch from its jar
 * (432 MB) into {@code $DJL_CACHE_DIR/pytorch}, or {@code ~/.djl.ai/pytorch} where that is not set.
 */
public final class PyTorchEngine implements Engine {
  static final String NAME = "pytorch";
  static final String GRAPH_OPTIMIZER = "graphOptimizer";

  /**
   * Off by default: with it on, the first calls of some detectors take ten times as long as with it
   * off, and for many calls.
   */
  private static final EngineOption OPTIMIZER_OPTION =
      new EngineOption(
          GRAPH_OPTIMIZER,
          List.of("false", "true"),
          "false",
          "whether TorchScript's executor profiles and rewrites the graph in its first calls");

  /** libgomp reads its environment when it is loaded: nothing in the JVM can say this later. */
  private static final EngineOption SPINNING_OPTION =
      new EngineOption(
          "allowSpinning",
          List.of("false", "true"),
          "false",
          "whether idle OpenMP threads spin instead of sleeping (OMP_WAIT_POLICY)",
          Map.of(
              "false", Map.of("OMP_WAIT_POLICY", "PASSIVE"),
              "true", Map.of("OMP_WAIT_POLICY", "ACTIVE")));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ScriptProfiler> scriptProfiler() {
    return Optional.of(new TorchProfiler());
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo(
        version(),
        Optional.of("torchscript"),
        List.of("cpu", "cuda"),
        List.of(OPTIMIZER_OPTION, SPINNING_OPTION));
  }

  @Override
  public void start(ModelFile model, EngineSettings settings) throws EngineException {
    LibTorch.start(settings.threads(), new ModelCheck(NAME, model));
  }

  @Override
  public boolean opensOtherShapes() {
    return true;
  }

  @Override
  public LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException {
    return PyTorchModel.load(model, settings);
  }

  /** Returns libtorch's and DJL's versions as DJL's jar states them, without loading a class. */
  private static String version() {
    try (InputStream in = PyTorchEngine.class.getResourceAsStream("/pytorch-engine.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return "%s (DJL %s)"
          .formatted(
              properties.getProperty("pytorch_version", "unknown"),
              properties.getProperty("djl_version", "unknown"));
    } catch (IOException e) {
      return "unknown";
    }
  }
}
