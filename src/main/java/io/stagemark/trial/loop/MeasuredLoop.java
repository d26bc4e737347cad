package io.stagemark.trial.loop;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Stage;
import io.stagemark.data.Tensor;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One stream of batches through the stages, and the clock around them: single-stream of MLPerf
 * LoadGen, the next batch starts when the last one is done. Examples are taken in rotation; one
 * whose picture cannot be decoded is left out of it from then on.
 *
 * <p>Each stage and the total have readings of their own; total minus the stages is the gap. The
 * loop allocates nothing per batch. Not thread-safe.
 */
public final class MeasuredLoop implements WarmUp.Batches {
  private static final int CONSECUTIVE_FAILURES = 10;

  /** Made once: linking a lambda allocates, and the first batch under load must not. */
  private static final FirstVisit NOTHING_NEW =
      (example, slot) -> {
        throw new IllegalStateException("example %s was not visited before".formatted(example));
      };

  private final EngineSession session;
  private final TaskSession task;
  private final ExampleRotation rotation;
  private final int batch;
  private final TotalFrom totalFrom;
  private final List<Tensor> outputs = new ArrayList<>();
  private final long[] firstFingerprint;
  private final boolean[] visited;
  private final Samples warmup = new Samples(1);
  private final OutputDrift drift;
  private final AllocationSeries allocations;
  private final long[] lastFingerprint;
  private final int[] lastExample;
  private int unvisited;
  private int failedBatches;
  private int failedInARow;
  private long changedOutputs;
  private long staleOutputs;
  private long lastDecodeNanos;
  private long lastStartNanos;
  private long lastEndNanos;

  public MeasuredLoop(
      EngineSession session,
      TaskSession task,
      List<ExampleSource> sources,
      int batch,
      TotalFrom totalFrom) {
    this.session = session;
    this.task = task;
    this.rotation = new ExampleRotation(sources, batch);
    this.batch = batch;
    this.totalFrom = totalFrom;
    this.firstFingerprint = new long[sources.size()];
    this.visited = new boolean[sources.size()];
    this.drift = new OutputDrift(sources.size());
    this.allocations = new AllocationSeries(JvmActivity::allocatedBytes, rotation::batches);
    this.unvisited = sources.size();
    this.lastFingerprint = new long[batch];
    this.lastExample = new int[batch];
    Arrays.fill(lastExample, -1);
  }

  /** Is called for the first timed visit of each example, with the clock stopped. */
  public interface FirstVisit {
    /** Keeps what the scores need of the example that is in {@code slot}. */
    void keep(int example, int slot) throws TaskException;
  }

  /**
   * When to stop, and how long it took.
   *
   * @param minNanos and {@code minBatches} must both be reached
   */
  public record BatchLimits(long minNanos, int minBatches) {
    boolean reached(long nanos, int batches) {
      return nanos >= minNanos && batches >= minBatches;
    }
  }

  /** Runs a batch of warm-up; returns its total time, in nanoseconds. */
  @Override
  public long discarded() throws EngineException, TaskException {
    timed(warmup);
    // What follows each measured batch is warmed up too.
    readOutputs();
    for (int slot = 0; slot < batch; slot++) {
      lastFingerprint[slot] = OutputFingerprint.sampled(outputs, slot, batch);
    }
    return warmup.last(Stage.TOTAL);
  }

  /** Runs the last batches of the rotation again, unmeasured, and leaves the rotation as it was. */
  public void settle(int batches) throws TaskException {
    rotation.back(batches);
    for (int i = 0; i < batches; i++) {
      try {
        discarded();
      } catch (EngineException e) {
        failedBatches++;
      }
    }
  }

  /** Returns the index of the next batch's first example. */
  @Override
  public int nextExample() {
    return rotation.nextExample();
  }

  /**
   * Measures batches until the limits is reached, every example was visited, or the samples are
   * full.
   *
   * @return wall time in nanoseconds from the first batch's start to the last one's end, less the
   *     time spent in {@code firstVisit} and, when total begins at the image, in decoding
   */
  public long measure(Samples samples, BatchLimits limits, FirstVisit firstVisit)
      throws EngineException, TaskException {
    long paused = 0;
    allocations.restart();
    long start = System.nanoTime();
    long end = start;
    while (samples.count() < samples.capacity()
        && (unvisited > 0 || !limits.reached(end - start, samples.count()))) {
      if (!measured(samples)) {
        continue;
      }
      if (totalFrom == TotalFrom.IMAGE) {
        paused += lastDecodeNanos;
      }
      int unvisitedBefore = unvisited;
      long pauseStart = System.nanoTime();
      afterClock(firstVisit);
      end = System.nanoTime();
      if (unvisited < unvisitedBefore) {
        paused += end - pauseStart;
      }
    }
    allocations.end();
    return end - start - paused;
  }

  /** Everything that follows a batch. What the outputs' first visit keeps is not of the batch. */
  private void afterClock(FirstVisit firstVisit) throws TaskException {
    int before = unvisited;
    long reading = before > 0 ? allocations.reading() : 0;
    compareOutputs(firstVisit);
    if (unvisited < before) {
      allocations.leaveOutSince(reading);
    }
    allocations.batch();
  }

  /** The work proof: every later output of an example must be its first one. */
  private void compareOutputs(FirstVisit firstVisit) throws TaskException {
    for (int slot = 0; slot < batch; slot++) {
      int example = rotation.example(slot);
      long fingerprint = OutputFingerprint.sampled(outputs, slot, batch);
      if (!visited[example]) {
        visited[example] = true;
        unvisited--;
        firstFingerprint[example] = fingerprint;
        drift.keep(example, outputs, slot, batch);
        firstVisit.keep(example, slot);
      } else if (firstFingerprint[example] != fingerprint) {
        changedOutputs++;
        drift.compare(example, outputs, slot, batch);
        if (fingerprint == lastFingerprint[slot] && example != lastExample[slot]) {
          staleOutputs++;
        }
      }
      lastFingerprint[slot] = fingerprint;
      lastExample[slot] = example;
    }
  }

  /** Takes over what another loop on the same examples saw first, to compare with it. */
  public void compareWith(MeasuredLoop other) {
    System.arraycopy(other.firstFingerprint, 0, firstFingerprint, 0, firstFingerprint.length);
    System.arraycopy(other.visited, 0, visited, 0, visited.length);
    unvisited = other.unvisited;
    drift.keepAs(other.drift);
    rotation.leaveOutAs(other.rotation);
  }

  /**
   * Measures the next batch of the rotation, after every example was visited.
   *
   * @return false if the engine failed on it: it has no sample then
   */
  public boolean next(Samples samples) throws EngineException, TaskException {
    return next(samples, NOTHING_NEW);
  }

  /** As {@link #next(Samples)}, whether every example was visited or not. */
  public boolean next(Samples samples, FirstVisit firstVisit)
      throws EngineException, TaskException {
    if (!measured(samples)) {
      return false;
    }
    afterClock(firstVisit);
    return true;
  }

  /** Returns when the last batch began, a reading of {@link System#nanoTime}. */
  public long lastStartNanos() {
    return lastStartNanos;
  }

  /** Returns when the last batch ended. */
  public long lastEndNanos() {
    return lastEndNanos;
  }

  /** Returns what the batches allocated that {@link #measure} or {@link #next} measured. */
  public AllocationSeries allocations() {
    return allocations;
  }

  /** Returns the order of visits: which examples are in it, and which were left out. */
  public ExampleRotation rotation() {
    return rotation;
  }

  public int failedBatches() {
    return failedBatches;
  }

  /** Returns how many later visits had another output than the first visit of the same example. */
  public long changedOutputs() {
    return changedOutputs;
  }

  /** Returns how far they were apart, as {@link OutputDrift#largest}. */
  public double largestChange() {
    return drift.largest();
  }

  /** Returns how many of them had what the batch before had left in their slot. */
  public long staleOutputs() {
    return staleOutputs;
  }

  /** Runs one batch; returns false if the engine failed on it. */
  private boolean measured(Samples samples) throws EngineException, TaskException {
    try {
      timed(samples);
      failedInARow = 0;
    } catch (EngineException e) {
      failedBatches++;
      if (++failedInARow == CONSECUTIVE_FAILURES) {
        throw new EngineException(
            "%d batches in a row failed; the last: %s"
                .formatted(CONSECUTIVE_FAILURES, e.getMessage()),
            e);
      }
      return false;
    }
    samples.next();
    readOutputs();
    return true;
  }

  private void readOutputs() {
    if (outputs.isEmpty()) {
      for (int i = 0; i < session.outputs().size(); i++) {
        outputs.add(session.output(i));
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      outputs.set(i, session.output(i));
    }
  }

  /** Decodes the batch; returns false if one of its pictures cannot be: the batch is then anew. */
  private boolean decoded() throws TaskException {
    int slot = 0;
    try {
      while (slot < batch) {
        task.decode(slot, rotation.source(slot));
        slot++;
      }
      return true;
    } catch (TaskException e) {
      leaveOut(slot, e);
      return false;
    }
  }

  private void leaveOut(int slot, TaskException cause) throws TaskException {
    if (!(rotation.source(slot) instanceof ExampleSource.ImageFile image)) {
      throw cause; // tensors of another shape than the model's are no matter of one example
    }
    String message = String.valueOf(cause.getMessage());
    int example = rotation.example(slot);
    if (!rotation.leaveOut(slot, message.replace("image " + image.file() + ": ", ""))) {
      throw new TaskException("no example can be decoded; the last: " + message, cause);
    }
    if (!visited[example]) {
      visited[example] = true;
      unvisited--;
    }
  }

  /** The law of the clock: five intervals, ten readings. */
  private void timed(Samples samples) throws EngineException, TaskException {
    rotation.begin();
    long fromFile;
    long decodeStart;
    do {
      fromFile = System.nanoTime();
      decodeStart = System.nanoTime();
    } while (!decoded());
    long decodeEnd = System.nanoTime();
    samples.setFirstExample(rotation.example(0));

    long fromImage = System.nanoTime();
    long preprocessStart = System.nanoTime();
    task.preprocess(batch);
    long preprocessEnd = System.nanoTime();

    long forwardStart = System.nanoTime();
    session.forward();
    long forwardEnd = System.nanoTime();

    long postprocessStart = System.nanoTime();
    task.postprocess(batch);
    long postprocessEnd = System.nanoTime();
    long end = System.nanoTime();

    lastStartNanos = fromFile;
    lastEndNanos = end;
    lastDecodeNanos = decodeEnd - decodeStart;
    samples.set(Stage.DECODE, lastDecodeNanos);
    samples.set(Stage.PREPROCESS, preprocessEnd - preprocessStart);
    samples.set(Stage.FORWARD, forwardEnd - forwardStart);
    samples.set(Stage.POSTPROCESS, postprocessEnd - postprocessStart);
    long start = totalFrom == TotalFrom.FILE ? fromFile : fromImage;
    samples.start(start);
    samples.set(Stage.TOTAL, end - start);
  }
}
