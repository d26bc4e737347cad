package io.stagemark.trial.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The batches of every stream of one load, in the order in which they began.
 *
 * @param rows one a batch
 */
public record LoadRows(List<Row> rows) {
  public LoadRows {
    rows = List.copyOf(rows);
  }

  /**
   * One batch; times in nanoseconds from the load's start.
   *
   * @param stream which stream ran it, from 0
   * @param batch its place among that stream's batches, from 0
   * @param dueNanos when it should have begun
   * @param startedNanos when it began
   * @param endedNanos when its result was there
   */
  public record Row(int stream, int batch, long dueNanos, long startedNanos, long endedNanos) {

    long latencyNanos() {
      return endedNanos - dueNanos;
    }

    long waitNanos() {
      return startedNanos - dueNanos;
    }

    long serviceNanos() {
      return endedNanos - startedNanos;
    }
  }

  /**
   * Gathers what the streams noted.
   *
   * @param startNanos when the load began, by its clock
   */
  public static LoadRows of(long startNanos, List<LoadLog> logs) {
    List<Row> rows = new ArrayList<>();
    for (int stream = 0; stream < logs.size(); stream++) {
      LoadLog log = logs.get(stream);
      for (int i = 0; i < log.count(); i++) {
        rows.add(
            new Row(
                stream,
                i,
                log.due(i) - startNanos,
                log.started(i) - startNanos,
                log.ended(i) - startNanos));
      }
    }
    rows.sort(Comparator.comparingLong(Row::startedNanos));
    return new LoadRows(rows);
  }

  /** Returns the time from the load's start to the last result; 0 without a batch. */
  public long wallNanos() {
    return rows.stream().mapToLong(Row::endedNanos).max().orElse(0);
  }

  long[] latencies() {
    return rows.stream().mapToLong(Row::latencyNanos).toArray();
  }

  long[] waits() {
    return rows.stream().mapToLong(Row::waitNanos).toArray();
  }

  long[] services() {
    return rows.stream().mapToLong(Row::serviceNanos).toArray();
  }

  /** Returns the latency of each round that every stream finished: until its last result. */
  long[] rounds(int streams) {
    List<Row> byRound = new ArrayList<>(rows);
    byRound.sort(Comparator.comparingLong(Row::dueNanos));
    List<Long> latencies = new ArrayList<>();
    int from = 0;
    while (from < byRound.size()) {
      int to = from;
      long last = 0;
      while (to < byRound.size() && byRound.get(to).dueNanos() == byRound.get(from).dueNanos()) {
        last = Math.max(last, byRound.get(to).latencyNanos());
        to++;
      }
      if (to - from == streams) {
        latencies.add(last);
      }
      from = to;
    }
    return latencies.stream().mapToLong(Long::longValue).toArray();
  }
}
