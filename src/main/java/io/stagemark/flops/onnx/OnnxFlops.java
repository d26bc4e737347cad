package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.onnxruntime.NodeExecution;
import io.stagemark.engine.onnxruntime.OnnxProfiler;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the operations of an ONNX model: by its file alone where the shapes follow from it, which
 * takes milliseconds, and by one profiled run where only a run can tell.
 */
public final class OnnxFlops {
  /** A model that is known to need more memory is not run to learn its shapes. */
  private static final long MOST_ACTIVATION_BYTES = 16L << 30;

  private OnnxFlops() {}

  /**
   * Counts one forward.
   *
   * @param onnxModel the file; external data must lie in its folder
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
    return guarded(
        onnxModel,
        () -> {
          OnnxFile file = OnnxFile.read(onnxModel);
          OperationCount inferred = count(file, inputs, Trace.NONE, "onnx");
          return inferred.complete() || !inferred.needsRun()
              ? inferred
              : profiled(file, inputs, inferred);
        });
  }

  /**
   * Counts one forward by the file alone; nothing is run, and no engine is loaded.
   *
   * @return the count; {@link OperationCount#needsRun} tells whether a run could count more
   */
  public static OperationCount inferred(Path onnxModel, Map<String, ModelInput> inputs)
      throws BadInputException {
    return guarded(onnxModel, () -> count(OnnxFile.read(onnxModel), inputs, Trace.NONE, "onnx"));
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
      OnnxProfiler.Settings settings =
          new OnnxProfiler.Settings(true, false, 1, 1, Optional.of(optimized));
      ModelProto model = NodeNames.unique(file.model());
      List<NodeExecution> executions = ProfiledRun.of(file, model, inputs, settings);
      return guarded(
          onnxModel,
          () -> {
            OnnxFile executed = OnnxFile.read(optimized);
            return count(executed, inputs, new ProfileTrace(executions), "onnx executed");
          });
    } finally {
      optimized.toFile().delete();
    }
  }

  private static Path temporary() throws EngineException {
    try {
      return Files.createTempFile("stagemark-optimized", ".onnx");
    } catch (IOException e) {
      throw new EngineException("no writable temporary folder: " + e.getMessage(), e);
    }
  }

  private static OperationCount profiled(
      OnnxFile file, Map<String, ModelInput> inputs, OperationCount inferred) {
    if (inferred.memory().peakActivationBytes() > MOST_ACTIVATION_BYTES) {
      return inferred.withWarning(
          "shapes need a run, which would take more than %d GiB"
              .formatted(MOST_ACTIVATION_BYTES >> 30));
    }
    ModelProto model = NodeNames.unique(file.model());
    try {
      List<NodeExecution> executions =
          ProfiledRun.of(file, model, inputs, OnnxProfiler.Settings.forShapes());
      return count(new OnnxFile(file.path(), model), inputs, new ProfileTrace(executions), "onnx");
    } catch (EngineException e) {
      return inferred.withWarning("shapes need a run, which failed: " + e.getMessage());
    }
  }

  private static OperationCount count(
      OnnxFile file, Map<String, ModelInput> given, Trace trace, String source) {
    Map<String, Value> inputs = GraphInputs.of(file.model().getGraph(), given);
    Path folder = file.path().toAbsolutePath().getParent();
    Tensors tensors = new Tensors(folder == null ? Path.of("") : folder);
    CountingVisitor counting = new CountingVisitor();
    GraphWalk walk = new GraphWalk(file, tensors, trace, counting);
    walk.graph(file.model().getGraph(), inputs, null);
    return counting.result(
        new CountingVisitor.Frame(
            source,
            trace == Trace.NONE ? "inference" : "execution",
            GraphInputs.batch(inputs),
            walk.liveness().peak(),
            tensors.initializers()));
  }

  /** Something that reads a model nobody vouched for. */
  interface Reading<T> {
    T read() throws IOException;
  }

  static <T> T guarded(Path model, Reading<T> reading) throws BadInputException {
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
