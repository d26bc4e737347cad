package io.stagemark.report;

import io.stagemark.result.CaseResult;
import io.stagemark.result.CountFigures;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.OperatorTimes;
import io.stagemark.result.RunResult;
import io.stagemark.result.StageOperations;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts with round numbers, for golden texts: not measured. */
public final class SampleCounts {
  private SampleCounts() {}

  /** The sample run with counts in its first case. */
  public static RunResult run() {
    RunResult plain = SampleRun.complete();
    CaseResult first = plain.cases().get(0);
    CaseResult counted =
        new CaseResult(
            first.id(),
            first.key(),
            first.status(),
            first.timed(),
            first
                .operations()
                .map(
                    o ->
                        new Operations(
                            o.graph(),
                            o.macs(),
                            o.flops(),
                            o.parameters(),
                            o.uncounted(),
                            Optional.of(counts()))),
            first.scored(),
            first.trials(),
            first.proof());
    return SampleRun.with(plain, List.of(counted, plain.cases().get(1)));
  }

  private static ModelCounts counts() {
    return new ModelCounts(
        "1 MAC = 1 multiplication + 1 addition",
        List.of(graph("model.onnx", "onnx", 1500), graph("model.onnx", "onnx executed", 1700)),
        List.of("onnx and torchscript agree: 1500 MACs in each"),
        List.of(
            new StageOperations("preprocess", 0, 70, 0, 0, "opencv-linear"),
            new StageOperations("forward", 1500, 20, 3, 4, "the graph")),
        "operations/net.json",
        Optional.of(times()),
        List.of());
  }

  /** Of a batch of 2; 3 special evaluations do not divide. */
  private static GraphCount graph(String file, String source, long macs) {
    CountFigures batch =
        new CountFigures(
            whole(macs),
            whole(0),
            whole(2 * macs),
            whole(2 * macs + 23),
            whole(20),
            whole(3),
            whole(4),
            whole(1400),
            whole(8000),
            whole(4000),
            whole(16000));
    return new GraphCount(
        new GraphCount.Origin(file, source, source.equals("onnx") ? "inference" : "execution", 2),
        batch,
        batch.dividedBy(2),
        new GraphCount.Weights(100, 400, 2, 0.25),
        0.1889375,
        source.equals("onnx") ? Map.of("Strange", 2L) : Map.of(),
        List.of());
  }

  private static BigDecimal whole(long value) {
    return BigDecimal.valueOf(value);
  }

  private static OperatorTimes times() {
    OperatorTimes.RooflinePoint model = busy("model", "");
    OperatorTimes.RooflinePoint view =
        new OperatorTimes.RooflinePoint("pad", "Pad", "float32", 0.01, 0, 800, 0, 0, 0);
    return new OperatorTimes(
        "onnxruntime",
        2,
        List.of(new OperatorTimes.Ceiling("float32", 100e9, 0.02, 9, "512x512x512")),
        new OperatorTimes.Ceiling("memory", 10e9, 0.05, 11, "3 arrays of 128 MiB"),
        model,
        List.of(busy("conv1", "Conv"), view),
        List.of(view),
        List.of("this machine is not steady"));
  }

  /** 3.023 GFLOP in 40 ms over 160 MB. */
  private static OperatorTimes.RooflinePoint busy(String name, String operator) {
    return new OperatorTimes.RooflinePoint(
        name, operator, "float32", 0.04, 3_023_000_000L, 160_000_000, 75.575e9, 100e9, 0.75575);
  }
}
