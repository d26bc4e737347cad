package io.stagemark.flops.onnx;

import io.stagemark.data.BadInputException;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.onnxruntime.NodeExecution;
import io.stagemark.engine.onnxruntime.OnnxProfiler;
import io.stagemark.flops.ModelInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long each operator of the graph that runs takes, in a profiled pass of its own. */
public final class NodeTimes {
  private static final int WARMUP = 3;
  private static final int RUNS = 12;

  private NodeTimes() {}

  /**
   * Returns seconds by node, the median over the runs after the warm-up; a node inside a loop has
   * all its executions of a run added up. The graph and its weights are as in a real run: optimised
   * and repacked.
   *
   * @throws EngineException if the runtime refuses the model
   */
  public static Map<String, Double> measure(Path model, Map<String, ModelInput> inputs, int threads)
      throws BadInputException, EngineException {
    OnnxFile file = OnnxFlops.guarded(model, () -> OnnxFile.read(model));
    OnnxProfiler.Settings settings =
        new OnnxProfiler.Settings(true, true, threads, WARMUP + RUNS, Optional.empty());
    Map<String, long[]> micros = new HashMap<>();
    for (NodeExecution one :
        ProfiledRun.of(file, NodeNames.unique(file.model()), inputs, settings)) {
      if (one.run() >= WARMUP) {
        micros.computeIfAbsent(one.node(), name -> new long[RUNS])[one.run() - WARMUP] +=
            one.durationMicros();
      }
    }
    Map<String, Double> seconds = new HashMap<>();
    micros.forEach((node, runs) -> seconds.put(node, median(runs) * 1e-6));
    return seconds;
  }

  private static double median(long[] values) {
    List<Long> sorted = new ArrayList<>();
    for (long value : values) {
      sorted.add(value);
    }
    sorted.sort(null);
    return sorted.get((sorted.size() - 1) / 2);
  }
}
