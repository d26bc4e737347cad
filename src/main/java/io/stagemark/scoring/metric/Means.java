package io.stagemark.scoring.metric;

import io.stagemark.data.Score;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.kernel.ExactSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Means of the examples' own scores, by name. The sums are exact, so that the means do not depend
 * on the order of the examples, nor on how they were divided. Not thread-safe.
 */
public final class Means implements MergeableState {
  private final Map<String, ExactSum> sums = new LinkedHashMap<>();
  private long count;

  /** Adds one example. */
  public void add(List<Score> scores) {
    count++;
    scores.forEach(
        score -> sums.computeIfAbsent(score.name(), n -> new ExactSum()).add(score.value()));
  }

  /** Returns the number of examples. */
  public long count() {
    return count;
  }

  /** Returns the mean over the examples; NaN of nothing. */
  public double of(String name) {
    ExactSum sum = sums.get(name);
    return sum == null ? Double.NaN : sum.value() / count;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeInt(sums.size());
    for (Map.Entry<String, ExactSum> each : sums.entrySet()) {
      out.writeUTF(each.getKey());
      each.getValue().write(out);
    }
  }

  @Override
  public void add(DataInput in) throws IOException {
    count += in.readLong();
    int names = in.readInt();
    for (int i = 0; i < names; i++) {
      sums.computeIfAbsent(in.readUTF(), n -> new ExactSum()).add(in);
    }
  }

  /** Returns a loss, of which less is better. */
  public static Score loss(String name, double value, long count) {
    return new Score(name, value, "nat", true, count);
  }

  /** Returns a share, of which more is better. */
  public static Score ratio(String name, double value, long count) {
    return new Score(name, value, "ratio", false, count);
  }
}
