package io.stagemark.trial;

import io.stagemark.result.Circumstances;
import io.stagemark.result.ClockProof;
import io.stagemark.result.MachineReading;
import io.stagemark.result.Steadiness;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.result.Steadiness.Settled;
import io.stagemark.result.TrialLoad;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.WorkProof;
import io.stagemark.stats.SteadyState.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Trials that nothing speaks against but what a test puts in. */
public final class Trials {
  public static final WorkProof WORK =
      new WorkProof(
          true,
          new WorkProof.Outputs(4, 4, 0, false, 0),
          new WorkProof.Probes(6, 0, 0, OptionalLong.of(100), OptionalLong.of(100), false),
          0);
  static final ClockProof CLOCK = new ClockProof(20, 30, 0);

  private Trials() {}

  public static Steadiness steadiness(Verdict verdict, long compileMillis) {
    return new Steadiness(
        verdict,
        Optional.of(new Settled(3, 1_000)),
        verdict == Verdict.STEADY ? 1 : 0.75,
        verdict == Verdict.STEADY ? 0 : 0.5,
        List.of(),
        new JvmWork(0, 0, 0),
        new JvmWork(compileMillis, 0, 0));
  }

  public static TrialProof proof(WorkProof work) {
    return new TrialProof(steadiness(Verdict.STEADY, 0), work, CLOCK, List.of());
  }

  public static TrialProof proof(Steadiness steadiness) {
    return new TrialProof(steadiness, WORK, CLOCK, List.of());
  }

  public static TrialProof proof(ClockProof clock) {
    return new TrialProof(steadiness(Verdict.STEADY, 0), WORK, clock, List.of());
  }

  /** One second of a hundred batches. */
  public static TrialResult good(int index, TrialProof proof) {
    return good(index, proof, 0, Optional.empty());
  }

  public static TrialResult good(
      int index, TrialProof proof, int failedBatches, Optional<Circumstances> circumstances) {
    return good(index, proof, failedBatches, 0, circumstances);
  }

  /** Seven outputs were so far from those of the first visit. */
  public static TrialResult changed(int index, double apart) {
    WorkProof work =
        new WorkProof(
            true,
            new WorkProof.Outputs(4, 4, 0, false, 0),
            new WorkProof.Probes(6, 0, 0, OptionalLong.of(9), OptionalLong.of(9), false),
            apart);
    return good(index, proof(work), 0, 7, Optional.empty());
  }

  private static TrialResult good(
      int index,
      TrialProof proof,
      int failedBatches,
      long changedOutputs,
      Optional<Circumstances> circumstances) {
    return new TrialResult(
        index,
        Optional.empty(),
        Optional.of(
            new Measured(
                new Measured.Preparation(1, 1, 1),
                new Measured.Window(100, 100, failedBatches, 1_000_000_000, 0, Map.of()),
                new Measured.Outputs("f", changedOutputs),
                "samples/a.npy",
                circumstances,
                Optional.of(proof),
                Optional.empty(),
                List.of())));
  }

  public static TrialResult failed(int index) {
    return new TrialResult(index, Optional.of("died"), Optional.empty());
  }

  /** Circumstances with these shares of the processors and these best times of the canary. */
  public static Optional<Circumstances> circumstances(
      double steal, double elsewhere, long throttledNanos, long canaryBefore, long canaryAfter) {
    return Optional.of(
        new Circumstances(
            Optional.of(reading(canaryBefore)),
            Optional.of(reading(canaryAfter)),
            Optional.of(
                new TrialLoad(
                    1_000_000_000,
                    1_000_000_000,
                    OptionalDouble.of(steal),
                    OptionalDouble.of(elsewhere),
                    OptionalLong.of(throttledNanos))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static MachineReading reading(long best) {
    return new MachineReading(
        best, best, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
