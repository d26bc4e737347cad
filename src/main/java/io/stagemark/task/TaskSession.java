package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;

/**
 * The stages around one engine session, for batches of up to N examples in slots 0 … N−1. Each
 * method but {@link #observe} is one timed stage; none allocates in steady state but for what
 * decoding images costs OpenCV. Not thread-safe.
 */
public interface TaskSession extends AutoCloseable {

  /**
   * Reads an example into a slot: the decode stage.
   *
   * @throws TaskException if the source cannot be read; the message names it
   */
  void decode(int slot, ExampleSource source) throws TaskException;

  /** Writes slots 0 … count−1 into the engine's inputs: the preprocess stage. */
  void preprocess(int count);

  /** Turns the outputs of slots 0 … count−1 into predictions: the postprocess stage. */
  void postprocess(int count);

  /** Returns the prediction of a slot. Outside the clock. */
  Prediction prediction(int slot);

  /**
   * Returns the place of a slot's picture in the image input: what derived inputs are made from.
   * Allocates nothing.
   *
   * @throws UnsupportedOperationException for a model that takes no images
   */
  default Geometry geometry(int slot) {
    throw new UnsupportedOperationException("a task session without images");
  }

  /**
   * Returns what the scores need of a slot, copied out of the engine's memory. Outside the clock.
   *
   * @param withOutputs true to copy the raw outputs too, for scores over dense candidates
   */
  Observation observe(int slot, boolean withOutputs);

  /**
   * Reports the sub-stages of each later {@link #preprocess} and {@link #postprocess} to probes,
   * slot by slot. Before the first call no probe is called and no clock is read inside a stage. A
   * task without sub-stages in one of them never calls that probe.
   */
  default void measureSubStages(LapProbe preprocess, LapProbe postprocess) {}

  /** Frees native memory. A second call does nothing. */
  @Override
  void close();
}
