package io.stagemark.trial.loop;

import io.stagemark.data.Tensor;
import java.util.List;

/**
 * The difference between the outputs of an example's later visit and those of its first one.
 * Computed only where a fingerprint changed. Not thread-safe.
 *
 * <p>The values at the places that {@link OutputFingerprint#sampled} reads are kept of each first
 * visit. A change is the largest distance of two values, over the largest magnitude in its output:
 * sums in another order move float32 by some 1e-6 of that, half precision by some 1e-3.
 */
final class OutputDrift {
  private static final int PLACES = 64;

  /** A place that cannot be compared, or not by distance: an index, a class, a changed extent. */
  private static final double ANOTHER = 1;

  private final double[][] first;
  private double largest;

  OutputDrift(int examples) {
    first = new double[examples][];
  }

  /** Keeps an example's values on its first visit. */
  void keep(int example, List<Tensor> outputs, int slot, int batch) {
    int count = 0;
    for (Tensor output : outputs) {
      count += places(output, batch);
    }
    double[] values = new double[count];
    int at = 0;
    for (Tensor output : outputs) {
      for (int place = 0; place < places(output, batch); place++) {
        values[at++] = value(output, place, slot, batch);
      }
    }
    first[example] = values;
  }

  /** Takes over what another stream kept of each example. */
  void keepAs(OutputDrift other) {
    System.arraycopy(other.first, 0, first, 0, first.length);
  }

  /** Compares an example's outputs with the kept ones; allocates nothing. */
  void compare(int example, List<Tensor> outputs, int slot, int batch) {
    double[] kept = first[example];
    int from = 0;
    for (int i = 0; i < outputs.size(); i++) {
      Tensor output = outputs.get(i);
      int places = places(output, batch);
      if (kept == null || from + places > kept.length) {
        largest = ANOTHER;
        return;
      }
      largest = Math.max(largest, change(kept, from, output, slot, batch));
      from += places;
    }
    if (from != kept.length) {
      largest = ANOTHER;
    }
  }

  /**
   * Returns the largest change so far, in [0, 1]: 0 where the outputs differ at no place that was
   * looked at, 1 where they are something else altogether.
   */
  double largest() {
    return largest;
  }

  private static double change(double[] kept, int from, Tensor output, int slot, int batch) {
    int places = places(output, batch);
    double magnitude = 0;
    double apart = 0;
    for (int place = 0; place < places; place++) {
      double before = kept[from + place];
      double now = value(output, place, slot, batch);
      if (Double.compare(before, now) != 0) {
        double distance = Math.abs(before - now);
        apart = Math.max(apart, Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
      }
      magnitude = Math.max(magnitude, Math.abs(before));
    }
    if (apart == 0) {
      return 0;
    }
    return output.spec().type().isFloating() && apart < magnitude ? apart / magnitude : ANOTHER;
  }

  private static int elements(Tensor output, int batch) {
    return OutputFingerprint.slotBytes(output.bytes(), batch) / output.spec().type().bytes();
  }

  private static int places(Tensor output, int batch) {
    return Math.min(2 * PLACES, elements(output, batch));
  }

  /** Neighbours in twos, as the fingerprint reads words. */
  private static double value(Tensor output, int place, int slot, int batch) {
    int elements = elements(output, batch);
    int element = elements <= 2 * PLACES ? place : place / 2 * (elements / PLACES) + place % 2;
    int from = OutputFingerprint.slotOffset(output.bytes(), slot, batch);
    return output.number(from / output.spec().type().bytes() + element);
  }
}
