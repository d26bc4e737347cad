package io.stagemark.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A long series in few columns: of each, the smallest and the largest value, so that no spike and
 * no dip is lost, and the median between them.
 *
 * @param samples how many values it is made from
 * @param columns in order
 */
public record Envelope(int samples, List<Column> columns) {
  public Envelope {
    columns = List.copyOf(columns);
  }

  /**
   * Neighbouring values.
   *
   * @param from index of the first, from 0
   * @param to index after the last
   * @param min smallest
   * @param median middle one, by nearest rank
   * @param max largest
   */
  public record Column(int from, int to, long min, long median, long max) {}

  /**
   * Returns a series in columns of nearly equal length.
   *
   * @param values at least one; not modified
   * @param most columns at most, at least 1; as many as values if those are fewer
   */
  public static Envelope of(long[] values, int most) {
    int count = Math.min(values.length, most);
    List<Column> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * values.length / count);
      int to = (int) ((long) (i + 1) * values.length / count);
      long[] part = Arrays.copyOfRange(values, from, to);
      Arrays.sort(part);
      columns.add(
          new Column(from, to, part[0], part[(part.length - 1) / 2], part[part.length - 1]));
    }
    return new Envelope(values.length, columns);
  }

  /** Returns whether each column is a single value: nothing was left out. */
  public boolean whole() {
    return samples == columns.size();
  }
}
