package io.stagemark.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.ElementType;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.MatrixProduct;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.ScriptProfiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Runs a TorchScript module under libtorch's own profiler, on zeros: which operators ran, for how
 * long. Never part of a timed pass: profiling slows every operator down.
 */
final class TorchProfiler implements ScriptProfiler {
  private static final String MICROS = "dur";
  private static final String START = "ts";

  @Override
  public List<List<Event>> profile(ModelFile model, EngineSettings settings, int warmup, int runs)
      throws EngineException {
    PyTorchModel loaded = PyTorchModel.load(model, settings);
    try {
      return profile(loaded, warmup, runs);
    } catch (ai.djl.engine.EngineException | UnsupportedOperationException e) {
      throw loaded
          .check()
          .problem(
              LibTorch.reason(e),
              "a forward from %s".formatted(ModelCheck.list(model.inputs())),
              "compare the inputs, and their order, with the module's forward method",
              e);
    } catch (IOException e) {
      throw new EngineException("libtorch's profile cannot be read: " + e.getMessage(), e);
    } finally {
      loaded.close();
    }
  }

  @Override
  public MatrixProduct.Source products(ElementType type, int threads) {
    return (m, k, n) -> TorchProduct.open(type, m, k, n, threads);
  }

  private static List<List<Event>> profile(PyTorchModel model, int warmup, int runs)
      throws EngineException, IOException {
    JniUtils.setGraphExecutorOptimize(model.graphOptimizer());
    IValue[] inputs = inputs(model);
    for (int i = 0; i < warmup; i++) {
      model.block().forward(inputs).close();
    }
    List<List<Event>> all = new ArrayList<>();
    Path file = TemporaryFiles.file("stagemark-torch-profile", ".json");
    try {
      for (int i = 0; i < runs; i++) {
        JniUtils.startProfile(false, true, false);
        try {
          model.block().forward(inputs).close();
        } finally {
          JniUtils.stopProfile(file.toString());
        }
        all.add(events(file));
      }
    } finally {
      Files.delete(file);
      for (IValue input : inputs) {
        input.close();
      }
    }
    return all;
  }

  private static IValue[] inputs(PyTorchModel model) throws EngineException {
    PtNDManager manager = model.manager();
    List<TensorSpec> specs = model.check().model().inputs();
    IValue[] inputs = new IValue[specs.size()];
    for (int i = 0; i < inputs.length; i++) {
      TensorSpec spec = model.check().fixed(specs.get(i));
      DataType type = TorchTypes.toDjl(spec.type()).orElseThrow();
      Shape shape = new Shape(spec.shape().stream().mapToLong(Long::longValue).toArray());
      inputs[i] = IValue.from((PtNDArray) manager.zeros(shape, type));
    }
    return inputs;
  }

  /** Reads Chrome's trace format: operators that no other operator's time contains. */
  static List<Event> events(Path file) throws IOException {
    List<JsonNode> operators = new ArrayList<>();
    for (JsonNode event : new ObjectMapper().readTree(file.toFile())) {
      // the module's own methods, such as "forward", enclose all others
      if (event.path("name").asText().contains("::") && event.has(MICROS)) {
        operators.add(event);
      }
    }
    operators.sort(
        Comparator.comparingDouble((JsonNode event) -> event.path(START).asDouble())
            .thenComparingDouble(event -> -event.path(MICROS).asDouble()));
    List<Event> outermost = new ArrayList<>();
    double end = Double.NEGATIVE_INFINITY;
    for (JsonNode event : operators) {
      double start = event.path(START).asDouble();
      double micros = event.path(MICROS).asDouble();
      if (start >= end) {
        outermost.add(new Event(event.path("name").asText(), micros));
        end = start + micros;
      }
    }
    return outermost;
  }
}
