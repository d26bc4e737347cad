package io.stagemark.report;

import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseProof.Replay;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ClockProof;
import io.stagemark.result.Precision;
import io.stagemark.result.RunProof;
import io.stagemark.result.SlowBatch;
import io.stagemark.result.Steadiness;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.result.Steadiness.Settled;
import io.stagemark.result.TrialProof;
import io.stagemark.result.Validity;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.result.WorkProof;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.stats.SteadyState.Verdict;
import io.stagemark.stats.TrialVariance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What speaks for and against the figures of {@link SampleRun}. */
final class ProofSamples {
  private ProofSamples() {}

  static TrialProof trial() {
    return new TrialProof(
        new Steadiness(
            Verdict.STEADY,
            Optional.of(new Settled(12, 600_000_000)),
            0.96,
            0.31,
            List.of(101, 109),
            new JvmWork(640, 12, 2),
            new JvmWork(3, 0, 0)),
        new WorkProof(
            true,
            new WorkProof.Outputs(4, 4, 0, false, 0),
            new WorkProof.Probes(
                16, 0, 0, OptionalLong.of(40_000_000), OptionalLong.of(41_000_000), false),
            0),
        new ClockProof(14, 35.5, 0),
        List.of(slow()));
  }

  private static SlowBatch slow() {
    Map<String, Long> stages = new LinkedHashMap<>();
    stages.put("decode", 3_120_000L);
    stages.put("preprocess", 940_000L);
    stages.put("forward", 60_000_000L);
    stages.put("postprocess", 880_000L);
    stages.put("total", 64_940_400L);
    return new SlowBatch(101, stages, List.of("coffee.jpg"));
  }

  static CaseProof valid() {
    return new CaseProof(
        Validity.of(List.of()),
        Optional.of(precision()),
        List.of(1),
        Optional.of(new TrialVariance(2, 1_500_000, 500_000, 0.1, 44_900_000, 45_349_000)),
        List.of("loops: plain; a note of the sample"),
        List.of(
            new Replay(
                1,
                slow(),
                "./stagemark run configs/sample.yaml --case net/onnxruntime/cpu/t2/b1 --only"
                    + " coffee.jpg")),
        SampleCircumstances.quiet().causes());
  }

  private static Precision precision() {
    Map<String, RepeatInterval> total = new LinkedHashMap<>();
    total.put("mean", new RepeatInterval(46_000_000, 44_000_000, 48_000_000, 3));
    total.put("p50", new RepeatInterval(45_349_000, 43_500_000, 47_000_000, 3));
    return new Precision(
        total,
        Map.of("forward", new RepeatInterval(40_000_000, 39_000_000, 41_000_000, 3)),
        Optional.of(new RepeatInterval(21.7, 20.5, 22.9, 3)),
        List.of(
            new Reason(
                Code.TRIALS_DIFFER,
                "the p50 of 3 trials differs by 5 %",
                "more trials (measure.trials)")));
  }

  static CaseProof failed() {
    return new CaseProof(
        Validity.of(
            List.of(
                new Reason(
                    Code.FAILED_TRIALS,
                    "1 of 1 trials have no figures",
                    "see the trial's reason"))),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  static RunProof run(List<CaseResult> cases) {
    boolean good = cases.stream().allMatch(c -> c.status() == CaseResult.Status.OK);
    return new RunProof(
        Validity.of(
            good
                ? List.of()
                : List.of(
                    new Reason(
                        Code.INVALID_CASES,
                        "1 of 2 cases",
                        "see the reasons of " + cases.get(1).id()))),
        good ? List.of() : List.of("2026-01-02T03:14:05Z"),
        java.util.Map.of("toy/model.onnx", "ab".repeat(32)));
  }
}
