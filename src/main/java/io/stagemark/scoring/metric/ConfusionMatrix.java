package io.stagemark.scoring.metric;

import io.stagemark.scoring.MergeableState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Counts of (true class, predicted class) pairs, one at a time, and the ratios that follow:
 * accuracy, precision, recall and IoU per class, mean IoU. A class that neither occurs nor is
 * predicted has no IoU and is left out of the mean, as in torchmetrics. Not thread-safe.
 */
public final class ConfusionMatrix implements MergeableState {
  private final int classes;
  private final long[] counts;

  /**
   * @param classes number of classes, at least 1
   */
  public ConfusionMatrix(int classes) {
    if (classes < 1 || classes > 1 << 14) {
      throw new IllegalArgumentException("classes from 1 to 16384, got " + classes);
    }
    this.classes = classes;
    this.counts = new long[classes * classes];
  }

  /**
   * Counts one example or pixel.
   *
   * @throws IllegalArgumentException if either is not a class index
   */
  public void add(int truth, int predicted) {
    counts[requireClass("truth", truth) * classes + requireClass("prediction", predicted)]++;
  }

  private int requireClass(String what, int classId) {
    if (classId < 0 || classId >= classes) {
      throw new IllegalArgumentException(
          "%s is %d, not a class index from 0 to %d".formatted(what, classId, classes - 1));
    }
    return classId;
  }

  /** {@inheritDoc} Pairs that were never counted are left out: most of a thousand classes' are. */
  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        out.writeInt(i);
        out.writeLong(counts[i]);
      }
    }
    out.writeInt(counts.length);
  }

  @Override
  public void add(DataInput in) throws IOException {
    int others = in.readInt();
    if (others != classes) {
      throw new IOException("counts of %d classes, not of %d".formatted(others, classes));
    }
    for (int i = in.readInt(); i != counts.length; i = in.readInt()) {
      if (i < 0 || i > counts.length) {
        throw new IOException("a count of no pair of classes: " + i);
      }
      counts[i] += in.readLong();
    }
  }

  /** Returns the number of classes. */
  public int classes() {
    return classes;
  }

  /** Returns how often a class was predicted where another was true. */
  public long count(int truth, int predicted) {
    return counts[truth * classes + predicted];
  }

  /** Returns how often a class is true. */
  public long truths(int classId) {
    return IntStream.range(0, classes).mapToLong(k -> count(classId, k)).sum();
  }

  /** Returns how often a class was predicted. */
  public long predictions(int classId) {
    return IntStream.range(0, classes).mapToLong(k -> count(k, classId)).sum();
  }

  /** Returns how many pairs were counted. */
  public long total() {
    return IntStream.range(0, classes).mapToLong(this::truths).sum();
  }

  /** Returns the share of right predictions: pixel accuracy for pixels; empty of nothing. */
  public OptionalDouble accuracy() {
    return ratio(IntStream.range(0, classes).mapToLong(k -> count(k, k)).sum(), total());
  }

  /** Returns the share of a class's predictions that are right; empty if it was never predicted. */
  public OptionalDouble precision(int classId) {
    return ratio(count(classId, classId), predictions(classId));
  }

  /** Returns the share of a class's truths that were found; empty if it never occurs. */
  public OptionalDouble recall(int classId) {
    return ratio(count(classId, classId), truths(classId));
  }

  /** Returns intersection over union of a class; empty if the union is. */
  public OptionalDouble iou(int classId) {
    long hits = count(classId, classId);
    return ratio(hits, truths(classId) + predictions(classId) - hits);
  }

  /** Returns the mean IoU over the classes that have one; empty if none has. */
  public OptionalDouble meanIou() {
    return IntStream.range(0, classes)
        .mapToObj(this::iou)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  private static OptionalDouble ratio(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
