package io.stagemark.run;

import io.stagemark.data.Stage;
import java.util.Arrays;
import java.util.Optional;

/**
 * The times of every measured batch, in memory that is set aside before the first. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // a column a stage; the file format names them in SampleFile
final class Samples {
  private static final int STAGES = Stage.values().length;

  private final long[][] nanos;
  private final long[] starts;
  private final int[] firstExamples;
  private int count;
  private Optional<long[]> causeBits = Optional.empty();

  /**
   * @param capacity batches that fit, at least 1
   */
  Samples(int capacity) {
    nanos = new long[STAGES][capacity];
    starts = new long[capacity];
    Arrays.fill(starts, -1);
    firstExamples = new int[capacity];
    Arrays.fill(firstExamples, -1);
    for (long[] column : nanos) {
      // Touches every page now, so that no page fault falls into a measured batch.
      Arrays.fill(column, -1);
    }
  }

  int capacity() {
    return nanos[0].length;
  }

  int count() {
    return count;
  }

  /** Sets when total began in the batch that is being measured, on {@link System#nanoTime}. */
  void start(long value) {
    starts[count] = value;
  }

  /** Sets a stage of the batch that is being measured, in nanoseconds. */
  void set(Stage stage, long value) {
    nanos[stage.ordinal()][count] = value;
  }

  /** Sets the index of the first example of the batch that is being measured. */
  void setFirstExample(int example) {
    firstExamples[count] = example;
  }

  /** Returns what was {@link #set} last, in nanoseconds. */
  long last(Stage stage) {
    return nanos[stage.ordinal()][count];
  }

  /** Ends a batch: what was {@link #set} stands. A batch that failed is not ended. */
  void next() {
    count++;
  }

  /** Appends a batch of other samples. */
  void append(Samples other, int index) {
    starts[count] = other.starts[index];
    firstExamples[count] = other.firstExamples[index];
    for (int column = 0; column < STAGES; column++) {
      nanos[column][count] = other.nanos[column][index];
    }
    next();
  }

  /** Returns when total began, on {@link System#nanoTime}, in the order of measurement. */
  long[] starts() {
    return Arrays.copyOf(starts, count);
  }

  /** Returns the times of a stage, in nanoseconds, in the order of measurement. */
  long[] of(Stage stage) {
    return Arrays.copyOf(nanos[stage.ordinal()], count);
  }

  /** Sets what touched each batch, as {@link CauseJoin#bits} tells it. */
  void setCauseBits(long[] bits) {
    causeBits = Optional.of(bits);
  }

  /** Returns what touched each batch; empty if that was not recorded. */
  Optional<long[]> causeBits() {
    return causeBits;
  }

  /** Returns the index of each batch's first example. */
  int[] firstExamples() {
    return Arrays.copyOf(firstExamples, count);
  }
}
