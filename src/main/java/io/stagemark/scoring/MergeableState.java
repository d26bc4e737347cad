package io.stagemark.scoring;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What was gathered from some examples, in a form that another one of the same kind can add to its
 * own: parts of a data set that are merged in any order give the figures of the whole, bit for bit.
 */
public interface MergeableState {
  /** Writes everything that was gathered. */
  void write(DataOutput out) throws IOException;

  /**
   * Adds what another one has written.
   *
   * @throws IOException if it ends early, or was written by one of another kind
   */
  void add(DataInput in) throws IOException;
}
