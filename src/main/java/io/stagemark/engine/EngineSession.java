package io.stagemark.engine;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.List;

/**
 * A model ready to run, with the memory of its inputs and outputs. Not thread-safe: one session
 * serves one measuring thread.
 *
 * <p>{@link #forward} is the SingleStream query of MLPerf Inference (Reddi et al., 2020, <a
 * href="https://arxiv.org/abs/1911.02549">arXiv:1911.02549</a>) without pre- and postprocessing,
 * which this project times apart.
 */
public interface EngineSession extends AutoCloseable {

  /**
   * Returns the inputs in the model's order: name, element type, shape with the batch filled in.
   */
  List<TensorSpec> inputs();

  /** Returns the outputs in the model's order; an extent that depends on the data is dynamic. */
  List<TensorSpec> outputs();

  /**
   * Returns the memory of an input: direct, native order, the engine's own or aliased by it, so
   * that writing here is all that has to be done. Always the same object.
   */
  Tensor input(int index);

  /**
   * Runs the model once on what the inputs hold. The harness times exactly this call, so it returns
   * only when the outputs can be read on the host: an engine that queues work waits for it here.
   *
   * @throws EngineException if the runtime fails. The batch then counts as failed: it has no
   *     latency and no prediction, and the report says how many failed.
   */
  void forward() throws EngineException;

  /**
   * Returns an output where the engine put it, valid until the next {@link #forward} or {@link
   * #close}.
   *
   * @throws IllegalStateException before the first forward
   */
  Tensor output(int index);

  /** Frees native memory. A second call does nothing. */
  @Override
  void close();
}
