package io.stagemark.engine;

import io.stagemark.data.ElementType;
import java.util.List;

/**
 * Runs a TorchScript module under the engine's own profiler, on zeros: which operators ran, for how
 * long. Never part of a timed pass: profiling slows every operator down.
 */
public interface ScriptProfiler {

  /**
   * One operator that the script called; what the operator called in turn is in its time.
   *
   * @param operator such as {@code aten::conv2d}
   * @param micros how long, in µs
   */
  record Event(String operator, double micros) {}

  /**
   * Profiles a module.
   *
   * @param model with its inputs; its outputs are not looked at
   * @param warmup forwards before, at least 0
   * @param runs forwards that are profiled, each by itself
   * @return for each run, the script's operators in order
   * @throws EngineException if the engine cannot start, or refuses the module or its inputs
   */
  List<List<Event>> profile(ModelFile model, EngineSettings settings, int warmup, int runs)
      throws EngineException;

  /**
   * Returns products of {@code [m, k]} and {@code [k, n]} by the engine's own matrix product, on
   * the processor.
   *
   * @param threads for one operator
   */
  MatrixProduct.Source products(ElementType type, int threads);
}
