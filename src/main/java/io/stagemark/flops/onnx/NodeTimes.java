package io.stagemark.flops.onnx;

import io.stagemark.data.BadInputException;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.NodeExecution;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.onnx.file.NodeNames;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.profiled.ProfiledRun;
import io.stagemark.flops.onnx.walk.ControlFlow;
import io.stagemark.stats.Median;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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
   * all its executions of a run added up, and a node of control flow has its own time alone,
   * without its bodies'. The graph and its weights are as in a real run: optimised and repacked.
   *
   * @throws EngineException if the runtime refuses the model
   */
  public static Map<String, Double> measure(Path model, Map<String, ModelInput> inputs, int threads)
      throws BadInputException, EngineException {
    OnnxFile file = OnnxFlops.guarded(model, () -> OnnxFile.read(model));
    NodeProfiler.Settings settings =
        new NodeProfiler.Settings(true, true, threads, WARMUP + RUNS, Optional.empty());
    List<NodeExecution> executions =
        ProfiledRun.of(file, NodeNames.unique(file.model()), inputs, settings);
    return byNode(executions, WARMUP, RUNS);
  }

  /** Returns the median of each node's own seconds over {@code runs} after {@code warmup}. */
  static Map<String, Double> byNode(List<NodeExecution> executions, int warmup, int runs) {
    Map<String, long[]> micros = new HashMap<>();
    Deque<NodeExecution> around = new ArrayDeque<>();
    for (NodeExecution one : executions) {
      while (!around.isEmpty() && !contains(around.peek(), one)) {
        around.pop();
      }
      if (one.run() >= warmup && one.run() < warmup + runs) {
        int run = one.run() - warmup;
        times(micros, one, runs)[run] += one.durationMicros();
        if (!around.isEmpty()) {
          times(micros, around.peek(), runs)[run] -= one.durationMicros();
        }
      }
      if (ControlFlow.OPERATORS.contains(one.operator())) {
        around.push(one);
      }
    }
    Map<String, Double> seconds = new HashMap<>();
    micros.forEach((node, times) -> seconds.put(node, Math.max(0, Median.of(times)) * 1e-6));
    return seconds;
  }

  private static long[] times(Map<String, long[]> micros, NodeExecution node, int runs) {
    return micros.computeIfAbsent(node.node(), name -> new long[runs]);
  }

  private static boolean contains(NodeExecution outer, NodeExecution inner) {
    return inner.run() == outer.run()
        && inner.startMicros() + inner.durationMicros()
            <= outer.startMicros() + outer.durationMicros();
  }
}
