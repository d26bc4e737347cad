package io.stagemark.trial;

import com.sun.management.ThreadMXBean;
import io.stagemark.data.Stage;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much Java heap each stage of a batch takes on the measuring thread: a short pass after the
 * measured one, so that no reading of it falls between two readings of the clock.
 */
final class StageAllocations {
  private static final int MIN_BATCHES = 4;
  private static final int MAX_BATCHES = 16;
  private static final long BUDGET_NANOS = 300_000_000;

  /** Not even {@link #MIN_BATCHES} of a network that takes seconds. */
  private static final long MAX_NANOS = 3_000_000_000L;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final EngineSession session;
  private final TaskSession task;
  private final List<ExampleSource> sources;
  private final int batch;

  StageAllocations(
      EngineSession session, TaskSession task, List<ExampleSource> sources, int batch) {
    this.session = session;
    this.task = task;
    this.sources = sources;
    this.batch = batch;
  }

  /**
   * Returns bytes a batch by stage, over 16 batches or as many as a third of a second takes, 4 at
   * least unless they take 3 seconds; nothing if the engine failed on each.
   */
  Map<String, Double> measure() throws TaskException {
    long[] bytes = new long[4];
    int good = 0;
    long start = System.nanoTime();
    for (int i = 0;
        i < MAX_BATCHES && System.nanoTime() - start < (i < MIN_BATCHES ? MAX_NANOS : BUDGET_NANOS);
        i++) {
      try {
        add(bytes, i * batch);
        good++;
      } catch (EngineException e) {
        // Failed batches are counted where they are timed; here they have no figure.
      }
    }
    Map<String, Double> byStage = new LinkedHashMap<>();
    if (good > 0) {
      byStage.put(Stage.DECODE.label(), (double) bytes[0] / good);
      byStage.put(Stage.PREPROCESS.label(), (double) bytes[1] / good);
      byStage.put(Stage.FORWARD.label(), (double) bytes[2] / good);
      byStage.put(Stage.POSTPROCESS.label(), (double) bytes[3] / good);
    }
    return byStage;
  }

  private void add(long[] bytes, int first) throws EngineException, TaskException {
    long start = threads.getCurrentThreadAllocatedBytes();
    for (int slot = 0; slot < batch; slot++) {
      task.decode(slot, sources.get((first + slot) % sources.size()));
    }
    long decoded = threads.getCurrentThreadAllocatedBytes();
    task.preprocess(batch);
    long preprocessed = threads.getCurrentThreadAllocatedBytes();
    session.forward();
    long forwarded = threads.getCurrentThreadAllocatedBytes();
    task.postprocess(batch);
    long end = threads.getCurrentThreadAllocatedBytes();
    bytes[0] += decoded - start;
    bytes[1] += preprocessed - decoded;
    bytes[2] += forwarded - preprocessed;
    bytes[3] += end - forwarded;
  }
}
