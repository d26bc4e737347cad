package io.stagemark.trial.sample;

import io.stagemark.data.Stage;
import io.stagemark.trial.CauseJoin;
import java.util.Arrays;
import java.util.Optional;

/**
 * The times of every measured batch, in memory that is set aside before the first. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // a column a stage; the file format names them in SampleFile
public final class Samples {
  private static final int STAGES = Stage.values().length;

  private final long[][] nanos;
  private final long[] starts;
  private final int[] firstExamples;
  private int count;
  private Optional<long[]> causeBits = Optional.empty();

  /**
   * @param capacity batches that fit, at least 1
   */
  public Samples(int capacity) {
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

  public int capacity() {
    return nanos[0].length;
  }

  public int count() {
    return count;
  }

  /** Sets when total began in the batch that is being measured, on {@link System#nanoTime}. */
  public void start(long value) {
    starts[count] = value;
  }

  /** Sets a stage of the batch that is being measured, in nanoseconds. */
  public void set(Stage stage, long value) {
    nanos[stage.ordinal()][count] = value;
  }

  /** Sets the index of the first example of the batch that is being measured. */
  public void setFirstExample(int example) {
    firstExamples[count] = example;
  }

  /** Returns what was {@link #set} last, in nanoseconds. */
  public long last(Stage stage) {
    return nanos[stage.ordinal()][count];
  }

  /** Ends a batch and keeps what was {@link #set}. Not called for a batch that failed. */
  public void next() {
    count++;
  }

  /** Appends a batch of other samples. */
  public void append(Samples other, int index) {
    starts[count] = other.starts[index];
    firstExamples[count] = other.firstExamples[index];
    for (int column = 0; column < STAGES; column++) {
      nanos[column][count] = other.nanos[column][index];
    }
    next();
  }

  /** Returns when total began, on {@link System#nanoTime}, in the order of measurement. */
  public long[] starts() {
    return Arrays.copyOf(starts, count);
  }

  /** Returns the times of a stage, in nanoseconds, in the order of measurement. */
  public long[] of(Stage stage) {
    return Arrays.copyOf(nanos[stage.ordinal()], count);
  }

  /** Sets what touched each batch, as {@link CauseJoin#bits} returns it. */
  public void setCauseBits(long[] bits) {
    causeBits = Optional.of(bits);
  }

  /** Returns what touched each batch; empty if that was not recorded. */
  Optional<long[]> causeBits() {
    return causeBits;
  }

  /** Returns the index of each batch's first example. */
  public int[] firstExamples() {
    return Arrays.copyOf(firstExamples, count);
  }
}
