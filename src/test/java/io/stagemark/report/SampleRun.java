package io.stagemark.report;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Operations;
import io.stagemark.result.Parity;
import io.stagemark.result.RunResult;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.stats.Distribution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A result with round numbers, for golden texts: not measured. */
public final class SampleRun {
  private SampleRun() {}

  public static RunResult complete() {
    return run(RunResult.Status.COMPLETE, List.of(good("onnxruntime", 40), good("pytorch", 70)));
  }

  /** The second case never ran well. */
  public static RunResult withAFailedCase() {
    CaseResult failed =
        new CaseResult(
            "net/pytorch/cpu/t2/b1",
            key("pytorch"),
            CaseResult.Status.FAILED,
            CaseResult.Timed.NONE,
            Optional.empty(),
            CaseResult.Scored.NONE,
            List.of(
                new TrialResult(
                    1,
                    Optional.of("the trial's JVM was killed by signal 9 (exit code 137)"),
                    Optional.empty())),
            Optional.of(ProofSamples.failed()));
    return run(RunResult.Status.FAILED, List.of(good("onnxruntime", 40), failed));
  }

  /** Returns a run with other cases. */
  public static RunResult with(RunResult run, List<CaseResult> cases) {
    return new RunResult(
        run.schemaVersion(),
        run.name(),
        run.status(),
        run.startedAt(),
        run.wallSeconds(),
        run.dataset(),
        run.environment(),
        run.config(),
        cases,
        run.parity(),
        run.differences(),
        run.proof(),
        run.calibration());
  }

  /** Returns a case's times without a load. */
  public static CaseResult.Timed unloaded(CaseResult one) {
    CaseResult.Timed timed = one.timed();
    return new CaseResult.Timed(
        timed.stages(), timed.framesPerSecond(), timed.detail(), Optional.empty(), List.of());
  }

  private static RunResult run(RunResult.Status status, List<CaseResult> cases) {
    return new RunResult(
        RunResult.SCHEMA_VERSION,
        "sample",
        status,
        "2026-01-02T03:04:05Z",
        61.5,
        new RunResult.DatasetRecord("photographs", 4, "ab".repeat(32)),
        new Environment(
            "0.1.0",
            "Some CPU",
            2,
            8L << 30,
            "Linux 6 amd64",
            "Vendor 17.0.15",
            List.of("-Xmx2048m"),
            Map.of("onnxruntime", "1.29.0"),
            Optional.of(SampleCircumstances.machine())),
        Map.of("score", List.of("coco-ap", "focal")),
        cases,
        cases.stream().allMatch(c -> c.status() == CaseResult.Status.OK)
            ? List.of(
                new Parity(
                    "net",
                    cases.get(0).id(),
                    cases.get(1).id(),
                    4,
                    true,
                    List.of(new Parity.Output("keypoints", 9.8e-4))))
            : List.of(),
        cases.stream().allMatch(c -> c.status() == CaseResult.Status.OK)
            ? List.of(difference(0.125, 0.25), difference(-0.5, 0.25))
            : List.of(),
        Optional.of(ProofSamples.run(cases)),
        Optional.of("calibrated: p50 ±0.10 %, p99 ±0.30 % (2026-01-01T00:00:00Z)"));
  }

  private static ScoreDifference difference(double low, double high) {
    return new ScoreDifference(
        "net/onnxruntime/cpu/t2/b1",
        "net/pytorch/cpu/t2/b1",
        new ScoreDifference.Metric("focal", "nat", true),
        new ScoreDifference.Summary(4, 0, (low + high) / 2, low, high, 3, 1),
        List.of(new ScoreDifference.Change("coffee.jpg", 0.5)));
  }

  private static CaseResult.Key key(String engine) {
    return new CaseResult.Key(
        "centernet-mbv3-coco", engine, "cpu", 2, 1, Map.of("allowSpinning", "false"));
  }

  private static CaseResult good(String engine, int forwardMillis) {
    Map<String, Distribution> stages = new LinkedHashMap<>();
    stages.put("decode", steady(3_120_000));
    stages.put("preprocess", steady(940_000));
    stages.put("forward", steady(forwardMillis * 1_000_000L));
    stages.put("postprocess", steady(880_000));
    stages.put("gap", steady(400));
    stages.put("total", steady(forwardMillis * 1_000_000L + 4_940_400));
    Measured measured =
        new Measured(
            new Measured.Preparation(812_000_000, 40, 2_000_000_000),
            new Measured.Window(210, 210, 0, 9_450_000_000L, 0, stages),
            new Measured.Outputs("1234abcd", 0),
            "samples/a.npy",
            Optional.of(SampleCircumstances.quiet()),
            Optional.of(ProofSamples.trial()),
            Optional.of(load()),
            List.of());
    return new CaseResult(
        "net/" + engine + "/cpu/t2/b1",
        key(engine),
        CaseResult.Status.OK,
        new CaseResult.Timed(
            stages, Optional.of(21.43), Optional.empty(), Optional.of(load()), List.of()),
        Optional.of(
            new Operations(
                "model.onnx",
                1_405_000_000,
                2_810_000_000L,
                2_050_000,
                Map.of(),
                Optional.empty())),
        new CaseResult.Scored(
            List.of(
                new Score("coco-ap", 0.41234, "ratio", false, 4),
                new Score("coco-ap-small", Double.NaN, "ratio", false, 4),
                new Score("focal", 1.20344, "nat", true, 4)),
            List.of(
                new ClassFigures(
                    "cat",
                    List.of(
                        new Score("precision", 0.75, "ratio", false, 4),
                        new Score("recall", Double.NaN, "ratio", false, 0)))),
            true,
            curves()),
        List.of(new TrialResult(1, Optional.empty(), Optional.of(measured))),
        Optional.of(ProofSamples.valid()));
  }

  /** Precision 1 up to recall .40, and a class without a detection. */
  private static List<PrecisionRecallCurve> curves() {
    List<Double> points =
        IntStream.range(0, PrecisionRecallCurve.POINTS).mapToObj(i -> i <= 40 ? 1.0 : 0.0).toList();
    return List.of(
        new PrecisionRecallCurve(Optional.empty(), "0.50", 4, points),
        new PrecisionRecallCurve(Optional.empty(), "0.75", 0, List.of()),
        new PrecisionRecallCurve(Optional.of("cat"), "0.50", 4, points));
  }

  private static LoadFigures load() {
    return new LoadFigures(
        new LoadFigures.Applied("server", 2, 21.5, Optional.of(22.0), 0, Optional.empty()),
        new LoadFigures.QueueTimes(
            Optional.of(steady(52_000_000)),
            Optional.of(steady(7_000_000)),
            Optional.of(steady(45_000_000))),
        Optional.empty(),
        List.of(),
        "");
  }

  /** 210 equal samples: enough for p95, not for p99. */
  private static Distribution steady(long nanos) {
    return Distribution.of(LongStream.generate(() -> nanos).limit(210).toArray());
  }
}
