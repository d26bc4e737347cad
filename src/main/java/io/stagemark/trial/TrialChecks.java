package io.stagemark.trial;

import io.stagemark.data.Stage;
import io.stagemark.result.Steadiness;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.result.WorkProof;
import io.stagemark.stats.SteadyState;
import io.stagemark.stats.SteadyState.Verdict;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.WarmUp;
import io.stagemark.trial.proof.SharedOutputs;
import io.stagemark.trial.sample.Samples;
import java.util.List;

/** Combines the findings of a trial's own checks. */
public final class TrialChecks {
  private TrialChecks() {}

  /**
   * Returns whether the measured batches keep one level.
   *
   * @param warmup before them
   * @param measuring what the JVM did meanwhile
   */
  static Steadiness steadiness(WarmUp.Outcome warmup, Samples samples, JvmWork measuring) {
    SteadyState state = SteadyState.of(samples.of(Stage.TOTAL), samples.firstExamples());
    Verdict verdict =
        state.verdict() == Verdict.TOO_FEW && warmup.settled().isPresent()
            ? Verdict.STEADY
            : state.verdict();
    return new Steadiness(
        verdict,
        warmup.settled(),
        state.share(),
        state.worstShift(),
        state.changes(),
        warmup.work(),
        measuring);
  }

  /**
   * Returns the proof that the engine computed.
   *
   * @param judged false for an engine that reads no model
   * @param loops of the streams that were timed
   */
  public static WorkProof work(
      boolean judged, SharedOutputs first, List<MeasuredLoop> loops, WorkProof.Probes probes) {
    return new WorkProof(
        judged,
        new WorkProof.Outputs(
            first.examples(),
            first.distinctInputs(),
            first.shared(),
            first.oneOutput(),
            loops.stream().mapToLong(MeasuredLoop::staleOutputs).sum()),
        probes,
        loops.stream().mapToDouble(MeasuredLoop::largestChange).max().orElse(0));
  }
}
