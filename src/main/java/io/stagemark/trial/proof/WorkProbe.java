package io.stagemark.trial.proof;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.result.WorkProof.Probes;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.loop.OutputFingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Forwards after the clock that show whether the engine computes: examples it has seen, in turn
 * with inputs it has not, each time into outputs that were overwritten before.
 *
 * <p>A new input is an example's, every element of its first floating-point (or 8-bit) input moved
 * by a little, by another amount each time. An engine that keeps answers is much slower on it; one
 * that ignores its inputs answers the same; one that skips leaves the outputs as they were.
 */
public final class WorkProbe {
  private static final int MIN_PAIRS = 3;
  private static final int MAX_PAIRS = 8;

  /** A pause of the machine makes one forward slow, not the fastest of all new ones. */
  private static final int SLOWER_ON_NEW = 2;

  private static final long BUDGET_NANOS = 500_000_000;

  /** Not even {@link #MIN_PAIRS} of a network that takes seconds. */
  private static final long MAX_NANOS = 5_000_000_000L;

  private static final byte OVERWRITTEN = (byte) 0xA5;

  private final EngineSession session;
  private final TaskSession task;
  private final List<ExampleSource> sources;
  private final int batch;
  private final Set<String> fixed;
  private final List<Long> repeatedNanos = new ArrayList<>();
  private final List<Long> newNanos = new ArrayList<>();
  private int unwritten;
  private int unmoved;

  private WorkProbe(
      EngineSession session,
      TaskSession task,
      List<ExampleSource> sources,
      int batch,
      Set<String> fixed) {
    this.session = session;
    this.task = task;
    this.sources = sources;
    this.batch = batch;
    this.fixed = fixed;
  }

  /**
   * Probes; the session's inputs and outputs are overwritten. An engine that fails on an input of
   * the probe ends it; the findings so far are returned.
   *
   * @param fixed inputs that hold the same values all the time: they are not moved
   */
  public static Probes of(
      EngineSession session,
      TaskSession task,
      List<ExampleSource> sources,
      int batch,
      Set<String> fixed)
      throws TaskException {
    WorkProbe probe = new WorkProbe(session, task, sources, batch, fixed);
    try {
      probe.pairs();
    } catch (EngineException e) {
      // Moved inputs may be outside of what a model takes: no proof, but no fault either.
      return probe.seen();
    }
    return probe.seen();
  }

  private void pairs() throws EngineException, TaskException {
    OptionalInt moved = movable();
    long start = System.nanoTime();
    for (int pair = 0;
        moved.isPresent()
            && pair < MAX_PAIRS
            && System.nanoTime() - start < (pair < MIN_PAIRS ? MAX_NANOS : BUDGET_NANOS);
        pair++) {
      prepare(pair);
      repeatedNanos.add(forward());
      String repeated = fingerprint();
      prepare(pair);
      move(session.input(moved.getAsInt()), pair + 1);
      newNanos.add(forward());
      unmoved += !areEmpty() && fingerprint().equals(repeated) ? 1 : 0;
    }
  }

  private Probes seen() {
    long[] repeated = sorted(repeatedNanos);
    long[] fresh = sorted(newNanos);
    boolean pairs = fresh.length > 0;
    return new Probes(
        repeated.length + fresh.length,
        unwritten,
        unmoved,
        pairs ? OptionalLong.of(repeated[repeated.length / 2]) : OptionalLong.empty(),
        pairs ? OptionalLong.of(fresh[fresh.length / 2]) : OptionalLong.empty(),
        fresh.length >= MIN_PAIRS && fresh[0] > SLOWER_ON_NEW * repeated[repeated.length / 2]);
  }

  private static long[] sorted(List<Long> values) {
    return values.stream().mapToLong(v -> v).sorted().toArray();
  }

  /**
   * The outputs before the inputs: one that aliases an input would spoil it. Decoding writes no
   * input, and it may choose the tensors.
   */
  private void prepare(int pair) throws TaskException {
    for (int slot = 0; slot < batch; slot++) {
      task.decode(slot, sources.get((pair * batch + slot) % sources.size()));
    }
    for (Tensor output : outputs()) {
      fill(output.bytes());
    }
    task.preprocess(batch);
  }

  private long forward() throws EngineException {
    long start = System.nanoTime();
    session.forward();
    long nanos = System.nanoTime() - start;
    // One constant output may be a weight that was overwritten for good: all of them must be.
    if (outputs().stream().allMatch(output -> isFilled(output.bytes()))) {
      unwritten++;
    }
    return nanos;
  }

  /** A detector that selects in its network finds nothing in many an input: that shows nothing. */
  private boolean areEmpty() {
    return outputs().stream().allMatch(output -> output.bytes().capacity() == 0);
  }

  private String fingerprint() {
    return OutputFingerprint.whole(outputs(), 0, 1) + OutputFingerprint.sampled(outputs(), 0, 1);
  }

  private List<Tensor> outputs() {
    return IntStream.range(0, session.outputs().size()).mapToObj(session::output).toList();
  }

  private static void fill(ByteBuffer bytes) {
    for (int i = 0; !bytes.isReadOnly() && i < bytes.capacity(); i++) {
      bytes.put(i, OVERWRITTEN);
    }
  }

  private static boolean isFilled(ByteBuffer bytes) {
    for (int i = 0; i < bytes.capacity(); i++) {
      if (bytes.get(i) != OVERWRITTEN) {
        return false;
      }
    }
    return bytes.capacity() > 0;
  }

  private OptionalInt movable() {
    return IntStream.range(0, session.inputs().size())
        .filter(i -> !fixed.contains(session.inputs().get(i).name()))
        .filter(
            i -> {
              ElementType type = session.inputs().get(i).type();
              return type == ElementType.FLOAT32
                  || type == ElementType.FLOAT16
                  || type == ElementType.UINT8
                  || type == ElementType.INT8;
            })
        .findFirst();
  }

  private static void move(Tensor input, int amount) {
    if (input.spec().type() == ElementType.FLOAT32) {
      for (int i = 0; i < input.floats().capacity(); i++) {
        float value = input.floats().get(i);
        float by = Math.abs(value) * amount / 512 + 1e-3f * amount;
        input.floats().put(i, (i & 1) == 0 ? value + by : value - by);
      }
      return;
    }
    // The low bits of a half float's fraction, or of a grey value.
    int step = input.spec().type().bytes();
    for (int i = 0; i < input.bytes().capacity(); i += step) {
      input.bytes().put(i, (byte) (input.bytes().get(i) ^ amount));
    }
  }
}
