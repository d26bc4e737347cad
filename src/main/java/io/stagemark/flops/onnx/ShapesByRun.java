package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.NodeExecution;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.file.NodeNames;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.profiled.ProfileTrace;
import io.stagemark.flops.onnx.profiled.RunProcess;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.walk.CountingVisitor;
import io.stagemark.flops.onnx.walk.GraphInputs;
import io.stagemark.flops.onnx.walk.Trace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts a graph whose shapes depend on what its inputs hold: by one run on numbers in place of
 * data, in a process of its own that ends in time. The count says so.
 */
final class ShapesByRun {
  /** A model that is known to need more memory is not run to learn its shapes. */
  private static final long ACTIVATION_LIMIT_BYTES = 16L << 30;

  /** Zeros first; a size or a step that is 0 is refused, and ones are tried. */
  private static final List<Double> FILLS = List.of(0.0, 1.0);

  private final OnnxFile file;
  private final OnnxFlops.CountRequest request;
  private final Duration limit;

  ShapesByRun(OnnxFile file, OnnxFlops.CountRequest request, Duration limit) {
    this.file = file;
    this.request = request;
    this.limit = limit;
  }

  /**
   * Returns the count with the shapes of a run.
   *
   * @param inferred what is known without one: returned, and why, where no run is possible
   */
  OperationCount count(OperationCount inferred) {
    long peak = inferred.memory().peakActivationBytes();
    if (peak > ACTIVATION_LIMIT_BYTES) {
      return inferred.withWarning(
          "shapes need a run, which would take more than %d GiB"
              .formatted(ACTIVATION_LIMIT_BYTES >> 30));
    }
    for (var input : GraphInputs.of(file.model().getGraph(), request.given()).entrySet()) {
      if (!input.getValue().isKnown()) {
        return inferred.withWarning(
            "shapes need a run, and none can be made up for input '%s': a sequence, a map or an"
                    .formatted(input.getKey())
                + " optional value");
      }
    }
    RunProcess.Limits limits = RunProcess.Limits.of(limit, file, peak);
    String refusal = "";
    for (double fill : FILLS) {
      Map<String, ModelInput> filled = filled(file.model().getGraph(), request.given(), fill);
      try {
        List<NodeExecution> executions =
            RunProcess.run(file, filled, NodeProfiler.Settings.forShapes(), limits);
        ModelProto named = NodeNames.unique(file.model());
        OnnxFile renamed = new OnnxFile(file.path(), named);
        return OnnxFlops.count(renamed, request, new ProfileTrace(executions))
            .withWarning("run once for shapes, on inputs filled with %.0f".formatted(fill));
      } catch (RunProcess.Stopped e) {
        return inferred.withWarning("shapes need a run, which was stopped: " + e.getMessage());
      } catch (EngineException e) {
        refusal = refusal.isEmpty() ? String.valueOf(e.getMessage()) : refusal;
      }
    }
    return inferred.withWarning("shapes need a run, which failed: " + refusal);
  }

  /**
   * Returns the count with every integer that the user did not give taken for 0, if that counts
   * more; it is then not complete.
   */
  static OperationCount takenForZeros(
      OnnxFile file, OnnxFlops.CountRequest request, OperationCount stated) {
    GraphProto graph = file.model().getGraph();
    Map<String, ModelInput> zeros = filled(graph, request.given(), 0);
    OnnxFlops.CountRequest assumed =
        new OnnxFlops.CountRequest(zeros, request.source(), request.budget());
    OperationCount count;
    try {
      count = OnnxFlops.count(file, assumed, Trace.NONE);
    } catch (GraphFault e) {
      return stated; // zeros do not fit: that says nothing of what the inputs will hold
    }
    if (nodes(count) >= nodes(stated)) {
      return stated;
    }
    List<String> unstated = GraphInputs.unstated(graph, request.given());
    return count.incomplete(
        "what the inputs hold decides, and was taken for 0 (%s)"
            .formatted(CountingVisitor.some(unstated)));
  }

  private static long nodes(OperationCount count) {
    return count.uncounted().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns all inputs, with a number for those that the user did not fill. */
  private static Map<String, ModelInput> filled(
      GraphProto graph, Map<String, ModelInput> given, double fill) {
    Map<String, ModelInput> filled = new LinkedHashMap<>(given);
    GraphInputs.of(graph, given)
        .forEach(
            (name, value) -> {
              ModelInput own = given.get(name);
              if (value.isKnown() && (own == null || !own.stated())) {
                filled.put(name, ModelInput.filled(value.shape(), fill));
              }
            });
    return filled;
  }
}
