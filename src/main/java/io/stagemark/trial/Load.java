package io.stagemark.trial;

import io.stagemark.engine.EngineException;
import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.ThreadCounters;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.task.TaskException;
import io.stagemark.trial.load.Driver;
import io.stagemark.trial.load.LoadLog;
import io.stagemark.trial.load.LoadRows;
import io.stagemark.trial.load.WaitingClock;
import io.stagemark.trial.loop.AllocationSeries;
import io.stagemark.trial.loop.JvmActivity;
import io.stagemark.trial.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Load that was applied to some streams.
 *
 * @param rows the batches of all streams
 * @param samples the times of their stages, in the order of {@code rows}
 * @param failedBatches batches that the engine failed on
 * @param bytesPerBatch Java heap that a further batch allocates: the lower median of the streams
 * @param jvm what the JVM did meanwhile, and not in the tries before
 * @param threads what the kernel counted for the streams' threads meanwhile, summed
 */
record Load(
    LoadRows rows,
    Samples samples,
    int failedBatches,
    double bytesPerBatch,
    JvmWork jvm,
    ThreadCounters threads) {
  /** The delay after which every thread is at its first wait. */
  private static final long LEAD_NANOS = 5_000_000;

  /** What one stream's thread took for its part of the load. */
  private record Taken(OptionalDouble bytesPerBatch, ThreadCounters counters) {}

  /**
   * Applies the load.
   *
   * @param streams the ones to drive; each has visited every example
   * @param capacity batches that one stream may have to run
   * @param driver makes the driver from the time at which the load begins
   */
  static Load put(List<LoadStream> streams, int capacity, LongFunction<Driver> driver)
      throws EngineException, TaskException {
    List<LoadLog> logs = new ArrayList<>();
    for (LoadStream stream : streams) {
      stream.into(new Samples(capacity));
      logs.add(new LoadLog(capacity));
    }
    int failedBefore = failedBatches(streams);
    // What came before is collected now, not in a measured batch.
    System.gc();
    JvmWork workBefore = JvmActivity.now();
    long start = System.nanoTime() + LEAD_NANOS;
    Driver driven = driver.apply(start);
    List<Future<Taken>> running = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      int index = i;
      running.add(
          streams.get(i).submit(() -> drive(driven, index, streams.get(index), logs.get(index))));
    }
    List<Taken> taken = new ArrayList<>();
    for (Future<Taken> each : running) {
      taken.add(LoadStream.result(each));
    }
    JvmWork jvm = JvmActivity.since(workBefore);
    LoadRows rows = LoadRows.of(start, logs);
    return new Load(
        rows,
        merged(rows, streams),
        failedBatches(streams) - failedBefore,
        lowerMedian(taken),
        jvm,
        taken.stream().map(Taken::counters).reduce(ThreadCounters::plus).orElseThrow());
  }

  /** A stream that did no batch has no figure. */
  private static double lowerMedian(List<Taken> taken) {
    double[] sorted =
        taken.stream().flatMapToDouble(one -> one.bytesPerBatch().stream()).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }

  private static int failedBatches(List<LoadStream> streams) {
    return streams.stream().mapToInt(stream -> stream.loop().failedBatches()).sum();
  }

  private static Taken drive(Driver driver, int index, LoadStream stream, LoadLog log)
      throws EngineException, TaskException {
    WaitingClock clock = new WaitingClock();
    SystemFiles files = SystemFiles.ofThisMachine();
    ThreadCounters countersBefore = ThreadCounters.read(files);
    boolean whole = false;
    AllocationSeries allocations = stream.loop().allocations();
    allocations.restart();
    try {
      driver.drive(index, stream, log, clock);
      whole = true;
    } finally {
      if (!whole) {
        driver.stop();
      }
    }
    allocations.end();
    OptionalDouble bytesPerBatch =
        log.count() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(allocations.slope().orElseGet(allocations::mean));
    return new Taken(bytesPerBatch, ThreadCounters.read(files).since(countersBefore));
  }

  private static Samples merged(LoadRows rows, List<LoadStream> streams) {
    Samples all = new Samples(Math.max(1, rows.rows().size()));
    for (LoadRows.Row row : rows.rows()) {
      all.append(streams.get(row.stream()).samples(), row.batch());
    }
    return all;
  }
}
