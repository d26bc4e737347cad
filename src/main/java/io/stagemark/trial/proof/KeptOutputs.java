package io.stagemark.trial.proof;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineSession;
import io.stagemark.result.ExampleResult;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.OutputFingerprint;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the timed batches put out, kept on each example's first visit and scored after the clock.
 *
 * <p>Raw outputs are kept in memory up to a budget. A data set whose outputs do not fit is scored
 * visit by visit instead, with the clock stopped: the same figures, at the price of caches that the
 * scoring has disturbed. Not thread-safe.
 */
public final class KeptOutputs implements MeasuredLoop.FirstVisit {
  private static final long BUDGET_BYTES = 1L << 30;

  private final List<Example> examples;
  private final EngineSession session;
  private final TaskSession task;
  private final Scorer scorer;
  private final Scope scope;
  private final boolean scoreAtOnce;
  private final OutputTally tally;
  // By index in the data set: warm-up ends anywhere in the rotation, so that trials begin with
  // different examples, but their figures must be of the same ones.
  private final SortedMap<Integer, Observation> waiting = new TreeMap<>();
  private final SortedMap<Integer, ExampleResult> results = new TreeMap<>();
  private final SortedMap<Integer, Observation> forParity = new TreeMap<>();
  private final SortedMap<Integer, String> inputFingerprints = new TreeMap<>();
  private final SortedMap<Integer, String> outputFingerprints = new TreeMap<>();
  private final SharedOutputs shared = new SharedOutputs();

  /**
   * What is kept.
   *
   * @param batch examples in a batch, which share the session's tensors
   * @param parityExamples of how many examples, the data set's first, the raw outputs are kept
   *     whatever the scores need
   * @param scored whether scores were asked for
   */
  public record Scope(int batch, int parityExamples, boolean scored) {}

  public KeptOutputs(
      List<Example> examples, EngineSession session, TaskSession task, Scorer scorer, Scope scope) {
    this.examples = examples;
    this.session = session;
    this.task = task;
    this.scorer = scorer;
    this.scope = scope;
    this.tally = new OutputTally(scope.scored(), scorer);
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
  public void keep(int example, int slot) {
    boolean parity = example < scope.parityExamples();
    Observation observation = task.observe(slot, parity || scorer.needsOutputs());
    List<Tensor> outputs = tensors(session.outputs().size(), session::output);
    List<Tensor> inputs = tensors(session.inputs().size(), session::input);
    outputFingerprints.put(example, OutputFingerprint.whole(outputs, slot, scope.batch()));
    shared.add(inputs, outputs, slot, scope.batch());
    if (parity) {
      forParity.put(example, observation);
      inputFingerprints.put(example, OutputFingerprint.whole(inputs, slot, scope.batch()));
    }
    if (!tally.add(example, examples.get(example).id(), observation)) {
      results.put(example, ExampleResults.of(examples.get(example), observation, List.of()));
    } else if (scoreAtOnce) {
      score(example, observation);
    } else {
      waiting.put(example, observation);
    }
  }

  private static List<Tensor> tensors(int count, IntFunction<Tensor> byIndex) {
    return IntStream.range(0, count).mapToObj(byIndex).toList();
  }

  /** Scores what still waits; call it after the clock. Returns every example, in their order. */
  public List<ExampleResult> score() {
    for (Map.Entry<Integer, Observation> each : waiting.entrySet()) {
      score(each.getKey(), each.getValue());
    }
    waiting.clear();
    return List.copyOf(results.values());
  }

  /**
   * Returns every figure that was asked for; none of them is defined where the outputs of an
   * example are not fit to be scored.
   */
  public List<Score> scores() {
    List<Score> figures = scorer.finish();
    return tally.takesScores()
        ? figures
        : figures.stream()
            .map(f -> new Score(f.name(), Double.NaN, f.unit(), f.lowerIsBetter(), 0))
            .toList();
  }

  /** Returns the figures of each class; none where {@link #scores} are not defined. */
  public List<ClassFigures> classes() {
    return tally.takesScores() ? scorer.classes() : List.of();
  }

  /** Returns the precision–recall curves; none where {@link #scores} are not defined. */
  public List<PrecisionRecallCurve> curves() {
    return tally.takesScores() ? scorer.curves() : List.of();
  }

  /** Returns what the outputs look like. */
  public OutputTally tally() {
    return tally;
  }

  private void score(int index, Observation observation) {
    Example example = examples.get(index);
    List<Score> scores = List.of();
    try {
      scores = scorer.add(example.id(), observation, example.truth());
    } catch (TaskException e) {
      tally.refuse(String.valueOf(e.getMessage()));
    }
    results.put(index, ExampleResults.of(example, observation, scores));
  }

  /** Returns the observations whose raw outputs are compared between engines. */
  public List<Observation> forParity() {
    return List.copyOf(forParity.values());
  }

  /** Returns digests of the input tensors of {@link #forParity}. */
  public List<String> inputFingerprints() {
    return List.copyOf(inputFingerprints.values());
  }

  /** Returns which examples got the outputs of another one. */
  public SharedOutputs shared() {
    return shared;
  }

  /** Returns one digest of every first visit's whole outputs, in the examples' order. */
  public String fingerprint() {
    return Integer.toHexString(List.copyOf(outputFingerprints.values()).hashCode());
  }
}
