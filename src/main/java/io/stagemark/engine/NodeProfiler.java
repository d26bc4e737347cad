package io.stagemark.engine;

import io.stagemark.data.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs an ONNX model under the engine's own profiler: which nodes ran, on which shapes, for how
 * long. Never part of a timed pass: profiling slows every node down.
 */
@FunctionalInterface
public interface NodeProfiler {

  /**
   * Runs the model and returns what ran, in order of time.
   *
   * @throws EngineException if the engine cannot start, or refuses the model or its inputs
   */
  List<NodeExecution> profile(Request request) throws EngineException;

  /**
   * What to run.
   *
   * @param model serialised model, in direct memory
   * @param file where it came from: for messages, and its folder for external data
   * @param inputs one tensor for each input
   * @param settings how
   */
  record Request(ByteBuffer model, Path file, List<Tensor> inputs, Settings settings) {
    public Request {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * How to run.
   *
   * @param optimized true for the graph that the engine makes of the model (its highest level),
   *     false for the graph as written
   * @param prepacked whether weights may be repacked, as in a real run; a repacked weight vanishes
   *     from the events
   * @param threads for one operator, at least 1
   * @param runs forwards, at least 1
   * @param optimizedModel where to write the graph that ran; empty for nowhere
   */
  record Settings(
      boolean optimized, boolean prepacked, int threads, int runs, Optional<Path> optimizedModel) {

    /** The graph as written, once: for its shapes, on every processor. */
    public static Settings forShapes() {
      int threads = Runtime.getRuntime().availableProcessors();
      return new Settings(false, false, threads, 1, Optional.empty());
    }
  }
}
