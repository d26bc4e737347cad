package io.stagemark.run;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineSession;
import io.stagemark.report.ExampleResult;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.util.ArrayList;
import java.util.List;

/**
 * What the timed batches put out, kept on each example's first visit and scored after the clock.
 *
 * <p>Raw outputs are kept in memory up to a budget. A data set whose outputs do not fit is scored
 * visit by visit instead, with the clock stopped: the same figures, at the price of caches that the
 * scoring has disturbed. Not thread-safe.
 */
final class KeptOutputs implements MeasuredLoop.FirstVisit {
  private static final long BUDGET_BYTES = 1L << 30;

  private final List<Example> examples;
  private final EngineSession session;
  private final TaskSession task;
  private final Scorer scorer;
  private final int parityExamples;
  private final boolean scoreAtOnce;
  private final List<Kept> waiting = new ArrayList<>();
  private final List<ExampleResult> results = new ArrayList<>();
  private final List<Observation> forParity = new ArrayList<>();
  private final List<String> inputFingerprints = new ArrayList<>();
  private final List<String> outputFingerprints = new ArrayList<>();

  private record Kept(Example example, Observation observation) {}

  /**
   * @param parityExamples of how many examples the raw outputs are kept whatever the scores need
   */
  KeptOutputs(
      List<Example> examples,
      EngineSession session,
      TaskSession task,
      Scorer scorer,
      int parityExamples) {
    this.examples = examples;
    this.session = session;
    this.task = task;
    this.scorer = scorer;
    this.parityExamples = parityExamples;
    this.scoreAtOnce = scorer.needsOutputs() && !fits(session.outputs(), examples.size());
  }

  private static boolean fits(List<TensorSpec> outputs, int examples) {
    long bytes = 0;
    for (TensorSpec output : outputs) {
      // An extent that depends on the data has no size yet: score such outputs as they come.
      bytes += output.isStatic() ? output.byteSize() : BUDGET_BYTES;
    }
    return bytes <= BUDGET_BYTES / Math.max(1, examples);
  }

  @Override
  public void keep(int example, int slot) throws TaskException {
    boolean parity = forParity.size() < parityExamples;
    Observation observation = task.observe(slot, parity || scorer.needsOutputs());
    Kept kept = new Kept(examples.get(example), observation);
    List<Tensor> live = new ArrayList<>();
    for (int i = 0; i < session.outputs().size(); i++) {
      live.add(session.output(i));
    }
    outputFingerprints.add(OutputFingerprint.whole(live));
    if (parity) {
      forParity.add(observation);
      List<Tensor> inputs = new ArrayList<>();
      for (int i = 0; i < session.inputs().size(); i++) {
        inputs.add(session.input(i));
      }
      inputFingerprints.add(OutputFingerprint.whole(inputs));
    }
    if (scoreAtOnce) {
      score(kept);
    } else {
      waiting.add(kept);
    }
  }

  /** Scores what still waits; call it after the clock. Returns every example in order of visit. */
  List<ExampleResult> score() throws TaskException {
    for (Kept kept : waiting) {
      score(kept);
    }
    waiting.clear();
    return List.copyOf(results);
  }

  private void score(Kept kept) throws TaskException {
    Example example = kept.example();
    results.add(
        ExampleResults.of(
            example,
            kept.observation(),
            scorer.add(example.id(), kept.observation(), example.truth())));
  }

  /** Returns the observations whose raw outputs are compared between engines. */
  List<Observation> forParity() {
    return List.copyOf(forParity);
  }

  /** Returns digests of the input tensors of {@link #forParity}. */
  List<String> inputFingerprints() {
    return List.copyOf(inputFingerprints);
  }

  /** Returns one digest of every first visit's whole outputs, in order of visit. */
  String fingerprint() {
    return Integer.toHexString(outputFingerprints.hashCode());
  }
}
