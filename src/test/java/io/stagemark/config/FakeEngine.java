package io.stagemark.config;

import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import java.util.List;
import java.util.Optional;

/** Engines that can be named, not loaded: a config is checked without any. */
abstract class FakeEngine implements Engine {
  private final String name;
  private final EngineInfo info;

  FakeEngine(String name, EngineInfo info) {
    this.name = name;
    this.info = info;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public LoadedModel load(ModelFile model, EngineSettings settings) {
    throw new UnsupportedOperationException("no config test loads a model");
  }

  private static EngineOption flag(String name) {
    return new EngineOption(name, List.of("true", "false"), "false", "A switch.");
  }

  /** Reads onnx, on cpu and cuda. */
  public static final class Onnx extends FakeEngine {
    public Onnx() {
      super(
          "onnxruntime",
          new EngineInfo(
              "1.0", Optional.of("onnx"), List.of("cpu", "cuda"), List.of(flag("allowSpinning"))));
    }

    @Override
    public boolean opensOtherShapes() {
      return true;
    }
  }

  /** Reads torchscript, on cpu. */
  public static final class Torch extends FakeEngine {
    public Torch() {
      super(
          "pytorch",
          new EngineInfo(
              "1.0",
              Optional.of("torchscript"),
              List.of("cpu"),
              List.of(flag("graphOptimizer"), new EngineOption("streams", List.of(), "1", "N."))));
    }
  }

  /** Needs no file. */
  public static final class Constant extends FakeEngine {
    public Constant() {
      super("constant", new EngineInfo("1.0", Optional.empty(), List.of("cpu"), List.of()));
    }
  }
}
