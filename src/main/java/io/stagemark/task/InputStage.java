package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import java.util.Optional;

/** How examples get into the engine's inputs: the decode and preprocess stages of a task. */
interface InputStage extends AutoCloseable {

  /** As {@link TaskSession#decode}. */
  void decode(int slot, ExampleSource source) throws TaskException;

  /** As {@link TaskSession#preprocess}. */
  void preprocess(int count);

  /** Returns the place of a slot's image in the input; empty for tensors. */
  Optional<Geometry> geometry(int slot);

  /** As {@link TaskSession#geometry}. */
  default Geometry place(int slot) {
    throw new UnsupportedOperationException("a model that takes no images");
  }

  /** Reports the sub-stages of {@link #preprocess} to a probe, where there are any. */
  default void measure(LapProbe probe) {}

  @Override
  void close();
}
