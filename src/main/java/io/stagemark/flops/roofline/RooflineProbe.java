package io.stagemark.flops.roofline;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.MatrixProduct;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.ScriptProfiler;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.ProfilingEngines;
import io.stagemark.flops.onnx.NodeTimes;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Measures a model's roofline on the processor, in passes of its own. */
public final class RooflineProbe {
  private static final int WARMUP = 3;
  private static final int RUNS = 9;

  private RooflineProbe() {}

  /**
   * What a probe found.
   *
   * @param executed the operations of the graph that ran
   * @param roofline its times under the machine's ceilings
   */
  public record ProbeResult(OperationCount executed, Roofline roofline) {}

  /**
   * Measures the machine's ceilings and the time of every operator of the graph that ONNX Runtime
   * makes of a model.
   *
   * @param model an ONNX file
   * @param inputs as for {@link OnnxFlops#countFilled}
   * @param threads for one operator, at least 1
   * @throws BadInputException if the model cannot be read
   * @throws EngineException if it cannot be run
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static ProbeResult measureOnnx(Path model, Map<String, ModelInput> inputs, int threads)
      throws BadInputException, EngineException, InterruptedException {
    OperationCount written = OnnxFlops.inferred(model, inputs);
    OperationCount executed = OnnxFlops.countExecuted(model, inputs);
    Map<String, Double> seconds = NodeTimes.measure(model, inputs, threads);
    List<String> types = RooflineAssembly.types(executed);
    List<String> notes = new ArrayList<>();
    for (String type : RooflineAssembly.types(written)) {
      if (!types.contains(type)) {
        notes.add(
            "the file's products are %s, the engine computes them in %s here"
                .formatted(type, String.join(", ", types)));
      }
    }
    MachinePeak peak = peak(types, type -> OnnxProducts.of(type, threads), threads);
    return new ProbeResult(
        executed,
        RooflineAssembly.of(ProfilingEngines.forNodes().name(), executed, seconds, peak, notes));
  }

  /**
   * Measures the machine's ceilings and the time of every operator that a TorchScript file calls,
   * by libtorch's own profiler.
   *
   * @param inputs of forward, in its order
   * @param settings of the engine; the threads hold for the ceilings too
   * @throws BadInputException if the file cannot be followed
   * @throws EngineException if it cannot be run
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static ProbeResult measureTorch(
      Path model, List<TensorSpec> inputs, EngineSettings settings)
      throws BadInputException, EngineException, InterruptedException {
    TorchScriptFlops.ScriptCount followed =
        TorchScriptFlops.follow(model, inputs.stream().map(TensorSpec::shape).toList());
    String name = String.valueOf(model.getFileName());
    ModelFile file = new ModelFile(name, Optional.of(model), inputs, List.of());
    Engine engine = ProfilingEngines.forScripts();
    ScriptProfiler profiler = engine.scriptProfiler().orElseThrow();
    TorchTimes.PlacedTimes placed =
        TorchTimes.place(followed.called(), profiler.profile(file, settings, WARMUP, RUNS));
    List<String> notes = new ArrayList<>();
    if (!placed.unplaced().isEmpty()) {
      notes.add(
          "libtorch ran %s another number of times than the code calls them: their time is under"
                  .formatted(placed.unplaced())
              + " their names, without operations");
    }
    int threads = settings.threads();
    MachinePeak peak =
        peak(
            RooflineAssembly.types(followed.count()),
            type -> torchProducts(profiler, type, threads),
            threads);
    return new ProbeResult(
        followed.count(),
        RooflineAssembly.of(engine.name(), followed.count(), placed.seconds(), peak, notes));
  }

  /** Measures as {@link #measureTorch}, with every option of the engine at its default. */
  public static ProbeResult measureTorch(Path model, List<TensorSpec> inputs, int threads)
      throws BadInputException, EngineException, InterruptedException {
    Engine engine = ProfilingEngines.forScripts();
    return measureTorch(model, inputs, ProfilingEngines.onProcessor(engine, threads));
  }

  private static Optional<MatrixProduct.Source> torchProducts(
      ScriptProfiler profiler, String type, int threads) {
    return List.of("float32", "float64", "float16").contains(type)
        ? Optional.of(
            profiler.products(ElementType.valueOf(type.toUpperCase(Locale.ROOT)), threads))
        : Optional.empty();
  }

  private static MachinePeak peak(
      List<String> types, Function<String, Optional<MatrixProduct.Source>> sources, int threads)
      throws EngineException, InterruptedException {
    Map<String, Rate> rates = new LinkedHashMap<>();
    for (String type : types) {
      Optional<MatrixProduct.Source> source = sources.apply(type);
      if (source.isPresent()) {
        rates.put(type, GemmPeak.measure(source.get()));
      }
    }
    return new MachinePeak(rates, TriadBandwidth.measure(threads), threads);
  }
}
