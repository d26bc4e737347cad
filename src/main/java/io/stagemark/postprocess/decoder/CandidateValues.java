package io.stagemark.postprocess.decoder;

import io.stagemark.data.Tensor;
import java.util.function.IntFunction;

/** Numbers that a head gives each candidate besides its box and scores. */
public interface CandidateValues {
  /** Returns how many numbers a candidate has. */
  int count();

  /**
   * Returns a number.
   *
   * @param outputs the engine's outputs by index, not modified
   * @param slot which image of the batch
   * @param source the decoder's index of the candidate
   * @param index from 0
   */
  float value(IntFunction<Tensor> outputs, int slot, int source, int index);
}
