package io.stagemark.scoring.metric;

import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.kernel.ExactSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far confidence is from accuracy: examples are sorted into bins of equal width by the
 * confidence of their prediction, and in each bin the mean confidence is compared with the share
 * that is right.
 *
 * <pre>
 *   expected (L1)  Σ_b n_b / N · |acc_b − conf_b|
 *   rms (L2)       √ Σ_b n_b / N · (acc_b − conf_b)²
 *   max            max_b |acc_b − conf_b|
 * </pre>
 *
 * <p>Source: Guo and others, On Calibration of Modern Neural Networks, 2017, arXiv 1706.04599,
 * whose bins are closed on the right; torchmetrics' are closed on the left. Not thread-safe.
 */
public final class CalibrationError implements MergeableState {

  /** Which edge of a bin belongs to it. */
  public enum Edges {
    /** (lower, upper], as Guo 2017; a confidence of 0 is in no bin there, and in the first here. */
    RIGHT_CLOSED,
    /** [lower, upper), as torchmetrics, where a confidence of exactly 1 has a bin of its own. */
    LEFT_CLOSED
  }

  /**
   * One line of the reliability table.
   *
   * @param lower smallest confidence, a ratio
   * @param upper largest confidence, a ratio
   * @param count examples in it
   * @param confidence their mean confidence; NaN without examples
   * @param accuracy their share of right predictions; NaN without examples
   */
  public record Bin(double lower, double upper, long count, double confidence, double accuracy) {
    double gap() {
      return Math.abs(accuracy - confidence);
    }
  }

  private final int bins;
  private final Edges edges;
  private final long[] count;
  private final long[] right;
  private final List<ExactSum> confidence = new ArrayList<>();

  /**
   * @param bins number of bins of equal width over [0, 1], at least 1
   */
  public CalibrationError(int bins, Edges edges) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins is at least 1, got " + bins);
    }
    this.bins = bins;
    this.edges = edges;
    this.count = new long[bins + 1];
    this.right = new long[bins + 1];
    for (int b = 0; b <= bins; b++) {
      confidence.add(new ExactSum());
    }
  }

  /**
   * Adds one example.
   *
   * @param probability of the predicted class, a ratio in [0, 1]
   * @param isRight whether the predicted class is the true one
   * @throws IllegalArgumentException if the probability is NaN or outside [0, 1]
   */
  public void add(double probability, boolean isRight) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("confidence is %s, not in [0, 1]".formatted(probability));
    }
    int bin = bin(probability);
    count[bin]++;
    right[bin] += isRight ? 1 : 0;
    confidence.get(bin).add(probability);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(bins);
    for (int b = 0; b <= bins; b++) {
      out.writeLong(count[b]);
      out.writeLong(right[b]);
      confidence.get(b).write(out);
    }
  }

  @Override
  public void add(DataInput in) throws IOException {
    int others = in.readInt();
    if (others != bins) {
      throw new IOException("a calibration of %d bins, not of %d".formatted(others, bins));
    }
    for (int b = 0; b <= bins; b++) {
      count[b] += in.readLong();
      right[b] += in.readLong();
      confidence.get(b).add(in);
    }
  }

  /** Edges are the doubles nearest to b / bins; the first guess is put right by comparing. */
  private int bin(double probability) {
    int bin = (int) (probability * bins);
    if (edges == Edges.LEFT_CLOSED) {
      while (bin < bins && probability >= edge(bin + 1)) {
        bin++;
      }
      while (probability < edge(bin)) {
        bin--;
      }
      return bin;
    }
    bin = Math.min(bin, bins - 1);
    while (probability > edge(bin + 1)) {
      bin++;
    }
    while (bin > 0 && probability <= edge(bin)) {
      bin--;
    }
    return bin;
  }

  private double edge(int bin) {
    return (double) bin / bins;
  }

  /**
   * Returns the bins by rising confidence; the last, of confidence 1 alone, only where it is used.
   */
  public List<Bin> table() {
    List<Bin> table = new ArrayList<>();
    for (int b = 0; b < bins || (b == bins && count[b] > 0); b++) {
      double mean = confidence.get(b).value() / count[b];
      double accuracy = (double) right[b] / count[b];
      table.add(new Bin(edge(b), Math.min(1, edge(b + 1)), count[b], mean, accuracy));
    }
    return table;
  }

  /** Returns the expected calibration error (L1); NaN of nothing. */
  public double expected() {
    double sum = 0;
    for (Bin bin : filled()) {
      sum += bin.gap() * bin.count();
    }
    return sum / total();
  }

  /** Returns the root of the mean squared gap (L2); NaN of nothing. */
  public double rms() {
    double sum = 0;
    for (Bin bin : filled()) {
      sum += bin.gap() * bin.gap() * bin.count();
    }
    return Math.sqrt(sum / total());
  }

  /** Returns the largest gap; NaN of nothing. */
  public double max() {
    return filled().stream().mapToDouble(Bin::gap).max().orElse(Double.NaN);
  }

  private List<Bin> filled() {
    return table().stream().filter(bin -> bin.count() > 0).toList();
  }

  private long total() {
    return filled().stream().mapToLong(Bin::count).sum();
  }
}
