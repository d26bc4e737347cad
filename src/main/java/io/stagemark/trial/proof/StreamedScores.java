package io.stagemark.trial.proof;

import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.result.UnreadableExample;
import io.stagemark.stats.LatencyCounts;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples through the stages and into a scorer, batch after batch, each once; nothing of an
 * example is kept. An example whose picture cannot be decoded is left out, as in a measured run.
 * The last batch is filled up with its own first examples, which are not scored again. Not
 * thread-safe.
 */
public final class StreamedScores {
  /** Some runtimes compile a model anew after its first runs. */
  private static final int WARM_UPS = 3;

  private final List<Example> examples;
  private final EngineSession session;
  private final TaskSession stages;
  private final Scorer scorer;
  private final int batch;
  private final boolean warmBefore;
  private final OutputTally tally;
  private final LatencyCounts latencies = new LatencyCounts();
  private final List<UnreadableExample> unreadable = new ArrayList<>();
  private final int[] inSlot;
  private long scored;

  /**
   * How examples are scored.
   *
   * @param batch examples in a forward
   * @param scored whether scores were asked for
   * @param warm whether the session has run before: nothing is run to warm it up then
   */
  public record Scope(int batch, boolean scored, boolean warm) {
    /** Of a session that has never run. */
    public Scope(int batch, boolean scored) {
      this(batch, scored, false);
    }
  }

  public StreamedScores(
      List<Example> examples,
      EngineSession session,
      TaskSession stages,
      Scorer scorer,
      Scope scope) {
    this.examples = examples;
    this.session = session;
    this.stages = stages;
    this.scorer = scorer;
    this.batch = scope.batch();
    this.warmBefore = scope.warm();
    this.tally = new OutputTally(scope.scored(), scorer);
    this.inSlot = new int[batch];
  }

  /**
   * Scores every example.
   *
   * @throws EngineException if a forward fails: what was scored so far is no part of a data set
   * @throws TaskException if no example can be decoded, or tensors have another shape than the
   *     model's input
   */
  public void run() throws EngineException, TaskException {
    int next = 0;
    boolean warm = warmBefore;
    while (next < examples.size()) {
      long start = System.nanoTime();
      int filled = 0;
      while (filled < batch && next < examples.size()) {
        inSlot[filled] = next;
        filled += decoded(filled, examples.get(next)) ? 1 : 0;
        next++;
      }
      if (filled == 0) {
        break;
      }
      for (int slot = filled; slot < batch; slot++) {
        stages.decode(slot, source(examples.get(inSlot[slot % filled])));
      }
      for (int i = 0; !warm && i < WARM_UPS; i++) {
        forward();
      }
      if (!warm) {
        for (int slot = 0; slot < batch; slot++) { // a state that is carried begins anew
          stages.decode(slot, source(examples.get(inSlot[slot % filled])));
        }
        start = System.nanoTime();
        warm = true;
      }
      forward();
      latencies.add(System.nanoTime() - start);
      for (int slot = 0; slot < filled; slot++) {
        score(inSlot[slot], slot);
      }
    }
  }

  private void forward() throws EngineException {
    stages.preprocess(batch);
    session.forward();
    stages.postprocess(batch);
  }

  private boolean decoded(int slot, Example example) throws TaskException {
    ExampleSource source = source(example);
    try {
      stages.decode(slot, source);
      return true;
    } catch (TaskException e) {
      if (!(source instanceof ExampleSource.ImageFile image)) {
        throw e; // tensors of another shape than the model's are no matter of one example
      }
      String reason = String.valueOf(e.getMessage()).replace("image " + image.file() + ": ", "");
      unreadable.add(new UnreadableExample(example.id(), reason));
      return false;
    }
  }

  private static ExampleSource source(Example example) {
    return example.isImage()
        ? new ExampleSource.ImageFile(example.source())
        : new ExampleSource.InMemory(example.tensors(), example.startsSequence());
  }

  private void score(int index, int slot) {
    Example example = examples.get(index);
    Observation observation = stages.observe(slot, scorer.needsOutputs());
    scored++;
    if (tally.add(index, example.id(), observation)) {
      try {
        scorer.add(example.id(), observation, example.truth());
      } catch (TaskException e) {
        tally.refuse(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Returns how many examples were scored. */
  public long examples() {
    return scored;
  }

  /** Returns what could not be decoded. */
  public List<UnreadableExample> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Returns what the outputs look like. */
  public OutputTally tally() {
    return tally;
  }

  /** Returns the times of the batches, as {@link LatencyCounts#text} writes them. */
  public String latencies() {
    return latencies.text();
  }
}
