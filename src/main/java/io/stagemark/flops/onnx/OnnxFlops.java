package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.NodeExecution;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.flops.CountBudget;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.profiled.ProfileTrace;
import io.stagemark.flops.onnx.profiled.RunProcess;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Tensors;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.CallTable;
import io.stagemark.flops.onnx.walk.CountingVisitor;
import io.stagemark.flops.onnx.walk.DeclaredShapes;
import io.stagemark.flops.onnx.walk.GraphInputs;
import io.stagemark.flops.onnx.walk.GraphWalk;
import io.stagemark.flops.onnx.walk.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the operations of an ONNX model: by its file alone where the shapes follow from it, which
 * takes milliseconds, and by one profiled run where they do not.
 */
public final class OnnxFlops {
  /** A run for shapes: a network of 100 GMACs takes seconds; one that does not end, for ever. */
  public static final Duration RUN_LIMIT = Duration.ofSeconds(6);

  /** A run that was asked for. */
  private static final Duration EXECUTED_LIMIT = Duration.ofMinutes(2);

  private OnnxFlops() {}

  /**
   * Counts one forward.
   *
   * @param onnxModel the file; external data must be in its folder
   * @param inputShapes extents of inputs by name; an input that is not named has the shape that the
   *     model declares
   * @return the count, for the whole batch
   * @throws BadInputException if the file is no valid model, an input has an open extent that
   *     {@code inputShapes} does not fill, or a shape does not fit the model
   */
  public static OperationCount count(Path onnxModel, Map<String, List<Long>> inputShapes)
      throws BadInputException {
    Map<String, ModelInput> inputs = new LinkedHashMap<>();
    inputShapes.forEach((name, shape) -> inputs.put(name, ModelInput.zeros(shape)));
    return countFilled(onnxModel, inputs);
  }

  /** Counts one forward, with numbers in the inputs; else as {@link #count}. */
  public static OperationCount countFilled(Path onnxModel, Map<String, ModelInput> inputs)
      throws BadInputException {
    return countFilled(onnxModel, inputs, RUN_LIMIT);
  }

  /**
   * Counts one forward, with numbers in the inputs; else as {@link #count}.
   *
   * @param runLimit how long a run may take where only a run gives shapes
   */
  public static OperationCount countFilled(
      Path onnxModel, Map<String, ModelInput> inputs, Duration runLimit) throws BadInputException {
    return guarded(
        onnxModel,
        () -> {
          OnnxFile file = OnnxFile.read(onnxModel);
          CountRequest request = new CountRequest(inputs, "onnx", CountBudget.perFile());
          OperationCount inferred = count(file, request, Trace.NONE);
          return !inferred.needsRun() || request.budget().isSpent()
              ? inferred
              : new ShapesByRun(file, request, runLimit).count(inferred);
        });
  }

  /**
   * Counts one forward by the file alone; nothing is run, and no engine is loaded. Where what an
   * integer input holds decides and the user did not give it, it is taken for zeros, and the count
   * is not complete.
   *
   * @return the count; {@link OperationCount#needsRun} says whether a run could count more
   */
  public static OperationCount inferred(Path onnxModel, Map<String, ModelInput> inputs)
      throws BadInputException {
    return guarded(
        onnxModel,
        () -> {
          OnnxFile file = OnnxFile.read(onnxModel);
          CountRequest request = new CountRequest(inputs, "onnx", CountBudget.perFile());
          OperationCount stated = count(file, request, Trace.NONE);
          return stated.needsRun() && !request.budget().isSpent()
              ? ShapesByRun.takenForZeros(file, request, stated)
              : stated;
        });
  }

  /**
   * Returns the shapes of a model's outputs, by the file alone; nothing is run.
   *
   * @param inputShapes as for {@link #count}
   * @return by name; an output whose shape depends on the data is left out
   * @throws BadInputException as {@link #count} does
   */
  public static Map<String, List<Long>> outputs(Path onnxModel, Map<String, List<Long>> inputShapes)
      throws BadInputException {
    Map<String, ModelInput> inputs = new LinkedHashMap<>();
    inputShapes.forEach((name, shape) -> inputs.put(name, ModelInput.zeros(shape)));
    return guarded(
        onnxModel,
        () -> {
          OnnxFile file = OnnxFile.read(onnxModel);
          List<Value> found = CallTable.of(file, inputs).outputs();
          Map<String, List<Long>> shapes = new LinkedHashMap<>();
          for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isKnown()) {
              shapes.put(file.model().getGraph().getOutput(i).getName(), found.get(i).shape());
            }
          }
          return shapes;
        });
  }

  /**
   * Counts the graph that ONNX Runtime makes of the model at its highest level, as it runs: fused,
   * folded, and with channels padded to the block that the processor wants. It can do more work
   * than the graph as written.
   *
   * @throws EngineException if the runtime cannot start or refuses the model
   */
  public static OperationCount countExecuted(Path onnxModel, Map<String, ModelInput> inputs)
      throws BadInputException, EngineException {
    OnnxFile file = guarded(onnxModel, () -> OnnxFile.read(onnxModel));
    Path optimized = temporary();
    try {
      NodeProfiler.Settings settings =
          new NodeProfiler.Settings(true, false, 1, 1, Optional.of(optimized));
      guarded(onnxModel, () -> GraphInputs.of(file.model().getGraph(), inputs));
      List<NodeExecution> executions =
          RunProcess.run(file, inputs, settings, RunProcess.Limits.of(EXECUTED_LIMIT));
      return guarded(
          onnxModel,
          () -> {
            OnnxFile executed = OnnxFile.read(optimized);
            CountRequest request = new CountRequest(inputs, "onnx executed", CountBudget.perFile());
            return count(executed, request, new ProfileTrace(executions));
          });
    } catch (RunProcess.Stopped e) {
      throw new EngineException("the run was stopped: " + e.getMessage(), e);
    } finally {
      optimized.toFile().delete();
    }
  }

  private static Path temporary() throws EngineException {
    try {
      return TemporaryFiles.file("stagemark-optimized", ".onnx");
    } catch (IOException e) {
      throw new EngineException("no writable temporary folder: " + e.getMessage(), e);
    }
  }

  /**
   * What a count is asked for.
   *
   * @param given shapes and numbers of inputs by name
   * @param source see {@link OperationCount#source}
   * @param budget what following the file may take, all its walks together
   */
  record CountRequest(Map<String, ModelInput> given, String source, CountBudget budget) {}

  static OperationCount count(OnnxFile file, CountRequest request, Trace trace) {
    GraphProto graph = file.model().getGraph();
    Map<String, Value> inputs = GraphInputs.of(graph, request.given());
    Path folder = file.path().toAbsolutePath().getParent();
    Tensors tensors = new Tensors(folder == null ? Path.of("") : folder);
    CountingVisitor counting = new CountingVisitor();
    DeclaredShapes declared = new DeclaredShapes(graph, inputs);
    GraphWalk.WalkResources resources =
        new GraphWalk.WalkResources(tensors, trace, request.budget(), declared);
    GraphWalk walk = new GraphWalk(file, resources, counting);
    try {
      walk.graph(graph, inputs, null);
    } catch (CountBudget.Spent e) {
      counting.incomplete(
          e.reason() + " while the graph was followed: every total is a lower bound");
    }
    List<String> unstated = GraphInputs.unstated(graph, request.given());
    if (!counting.ranFor().isEmpty() && !unstated.isEmpty()) {
      counting.incomplete(
          "what the inputs hold decides at %s: known from a run on inputs filled with one number (%s)"
              .formatted(CountingVisitor.some(counting.ranFor()), CountingVisitor.some(unstated)));
    }
    OperationCount count =
        counting.result(
            new CountingVisitor.WalkSummary(
                request.source(),
                trace == Trace.NONE ? "inference" : "execution",
                GraphInputs.batch(inputs),
                walk.liveness().peak(),
                tensors.initializers()));
    for (String missing : tensors.missing()) {
      count = count.withWarning(missing);
    }
    return count;
  }

  /** Reads an untrusted model. */
  interface ModelReader<T> {
    T read() throws IOException;
  }

  static <T> T guarded(Path model, ModelReader<T> reading) throws BadInputException {
    try {
      return reading.read();
    } catch (GraphFault e) {
      throw e.in(model.toString());
    } catch (ArithmeticException e) {
      throw new GraphFault("", "extents whose product exceeds 2^63", "a network", "check --input")
          .in(model.toString());
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(
          new Problem(
              model.toString(),
              "cannot be read: " + e.getMessage(),
              "a readable file",
              "check the path and its permissions"));
    }
  }
}
