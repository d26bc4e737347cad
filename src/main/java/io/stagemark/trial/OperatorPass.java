package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.BadInputException;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.roofline.Roofline;
import io.stagemark.flops.roofline.RooflineProbe;
import io.stagemark.flops.text.CountJson;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import io.stagemark.result.GraphCount;
import io.stagemark.result.OperatorTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The profiled pass of a case, in a JVM of its own after the trials: shapes that are known only
 * after a run, the graph that the engine executes, time by operator. No latency comes from it.
 */
public final class OperatorPass {
  /** Every operator that the pass saw, in its folder. */
  public static final String FILE = "operators.json";

  private OperatorPass() {}

  /**
   * The findings of the pass.
   *
   * @param graphs the engine's own file, counted with the shapes of a run where it needs one;
   *     behind it the executed graph, if the pass was to time operators
   * @param times by operator; empty if not asked for
   * @param warnings why something that was asked for is absent
   */
  public record Findings(
      List<GraphCount> graphs, Optional<OperatorTimes> times, List<String> warnings) {
    public Findings {
      graphs = List.copyOf(graphs);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Runs the pass.
   *
   * @param format of the file that the engine runs
   * @param timed whether to time operators; false counts only
   * @param folder gets {@link #FILE}
   */
  static Findings run(CaseSpec spec, String format, boolean timed, Path folder)
      throws BadInputException, EngineException, IOException {
    String name = CountedFile.name(spec, format);
    Path model = CountedFile.path(spec, format);
    boolean onnx = format.equals(CountedFile.ONNX);
    List<TensorSpec> inputs = spec.model().inputs(spec.batch());
    List<OperationCount> counts = new ArrayList<>();
    counts.add(
        onnx
            ? OnnxFlops.countFilled(model, CountedFile.inputs(spec))
            : TorchScriptFlops.count(model, inputs.stream().map(TensorSpec::shape).toList()));
    List<String> warnings = new ArrayList<>();
    Optional<Roofline> roofline = Optional.empty();
    if (timed && !spec.settings().device().isCpu()) {
      warnings.add(
          "time by operator is measured on the processor alone, not on device "
              + spec.settings().device());
    } else if (timed) {
      RooflineProbe.ProbeResult found = measured(spec, format);
      roofline = Optional.of(found.roofline());
      if (onnx) {
        counts.add(found.executed());
      }
    }
    Files.writeString(folder.resolve(FILE), CountJson.render(name, counts, roofline) + "\n");
    return new Findings(
        counts.stream().map(count -> CountRecords.graph(name, count)).toList(),
        roofline.map(CountRecords::times),
        warnings);
  }

  private static RooflineProbe.ProbeResult measured(CaseSpec spec, String format)
      throws BadInputException, EngineException {
    int threads = spec.settings().threads();
    try {
      return format.equals(CountedFile.ONNX)
          ? RooflineProbe.measureOnnx(
              CountedFile.path(spec, format), CountedFile.inputs(spec), threads)
          : RooflineProbe.measureTorch(
              CountedFile.path(spec, format), spec.model().inputs(spec.batch()), spec.settings());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while profiling", e);
    }
  }
}
