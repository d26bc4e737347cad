package io.stagemark.compare;

import static java.util.Objects.requireNonNull;

import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.report.SampleRun;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Circumstances;
import io.stagemark.result.CountFigures;
import io.stagemark.result.Environment;
import io.stagemark.result.GraphCount;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.Parity;
import io.stagemark.result.Resources;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.SpeedResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Runs with made-up times: decode 100, preprocess 200, forward 4000, postprocess 300 µs. */
public final class StoredRuns {
  int trials = 5;
  int batches = 700;
  double preprocess = 1;
  public double forward = 1;
  public String cpu = "Some CPU";
  String sha256 = "ab".repeat(32);
  int threads = 2;
  long flops = 1000;
  double allocation = 0;
  long weightBytes = 40;
  long activationBytes = 96;
  double rssMebibytes = 500;
  String fingerprint = "1234abcd";
  String lossName = "focal";
  double loss = 1.5;
  boolean scoresAgree = true;
  Path folder = Path.of("nowhere");
  public Optional<String> failure = Optional.empty();
  int cores = 2;
  String os = "Linux 6";
  String jdk = "JDK 17";
  List<String> jvmFlags = List.of("-Xmx2048m");
  Map<String, String> libraries = Map.of();
  Optional<MachineRecord> machine = Optional.empty();
  String dataset = "cd".repeat(32);
  Map<String, Object> measure = Map.of("trials", 5, "totalFrom", "FILE");
  String engine = "onnxruntime";
  String device = "cpu";
  int batch = 1;
  Map<String, String> options = Map.of();
  Map<String, Object> task = Map.of("type", "tensors");
  List<Parity> parity = List.of();
  private final long seed;

  public StoredRuns(long seed) {
    this.seed = seed;
  }

  public StoredRun run() {
    Map<Path, Map<Stage, long[]>> samples = new LinkedHashMap<>();
    List<TrialResult> results = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom rssRandom = new SplittableRandom(seed);
    for (int t = 1; t <= trials; t++) {
      String file = "samples/t" + threads + "-" + t + ".npy";
      // each JVM has a level of its own: half a percent up or down
      samples.put(folder.resolve(file), times(random, 1 + 0.01 * (random.nextDouble() - 0.5)));
      // identical processes differ by two percent
      double rss = rssMebibytes * (1 + 0.02 * rssRandom.nextDouble());
      results.add(new TrialResult(t, Optional.empty(), Optional.of(measured(file, rss))));
    }
    failure.ifPresent(
        why -> results.add(new TrialResult(trials + 1, Optional.of(why), Optional.empty())));
    return new StoredRun(folder, result(results), path -> requireNonNull(samples.get(path)));
  }

  private Map<Stage, long[]> times(SplittableRandom random, double level) {
    Map<Stage, long[]> times = new EnumMap<>(Stage.class);
    double[] micros = {100, 200 * preprocess, 4000 * forward, 300};
    List<Stage> stages = List.of(Stage.DECODE, Stage.PREPROCESS, Stage.FORWARD, Stage.POSTPROCESS);
    for (Stage stage : Stage.values()) {
      times.put(stage, new long[batches]);
    }
    for (int i = 0; i < batches; i++) {
      long total = 0;
      for (int s = 0; s < micros.length; s++) {
        // an exponential tail on top of the level
        double nanos = micros[s] * 1e3 * level * (1 - 0.02 * Math.log(1 - random.nextDouble()));
        requireNonNull(times.get(stages.get(s)))[i] = Math.round(nanos);
        total += Math.round(nanos);
      }
      requireNonNull(times.get(Stage.TOTAL))[i] = total + 500;
    }
    return times;
  }

  private Measured measured(String file, double rss) {
    return new Measured(
        new Measured.Preparation(1, 1, 1),
        new Measured.Window(batches, batches, 0, 1, allocation, Map.of()),
        new Measured.Outputs(fingerprint, 0),
        file,
        Optional.of(circumstances(Math.round(rss * (1 << 20)))),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Circumstances circumstances(long rssBytes) {
    Resources resources =
        new Resources(
            Optional.empty(),
            OptionalLong.of(rssBytes),
            OptionalLong.of(rssBytes - (10 << 20)),
            Optional.empty(),
            Map.of());
    return new Circumstances(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(resources),
        Optional.empty(),
        Optional.empty());
  }

  private ModelCounts counts() {
    BigDecimal none = BigDecimal.ZERO;
    CountFigures figures =
        new CountFigures(
            none,
            none,
            none,
            none,
            none,
            none,
            none,
            none,
            none,
            BigDecimal.valueOf(activationBytes),
            none);
    GraphCount graph =
        new GraphCount(
            new GraphCount.Origin("model.onnx", "onnx", "inference", 1),
            figures,
            figures,
            new GraphCount.Weights(10, weightBytes, 0, 0),
            0,
            Map.of(),
            List.of());
    // what the engine made of it has other weights, and is not what is compared
    GraphCount engines =
        new GraphCount(
            new GraphCount.Origin("model.optimised.onnx", "onnx", "inference", 1),
            figures,
            figures,
            new GraphCount.Weights(10, 7, 0, 0),
            0,
            Map.of(),
            List.of());
    return new ModelCounts(
        "", List.of(engines, graph), List.of(), List.of(), "", Optional.empty(), List.of());
  }

  private RunResult result(List<TrialResult> results) {
    CaseResult one =
        new CaseResult(
            "net/%s/%s/t%s/b%s".formatted(engine, device, threads, batch),
            new CaseResult.Key("net", engine, device, threads, batch, options),
            failure.isEmpty() ? CaseResult.Status.OK : CaseResult.Status.PARTIAL,
            CaseResult.Timed.NONE,
            Optional.of(
                new Operations(
                    "model.onnx", flops / 2, flops, 10, Map.of(), Optional.of(counts()))),
            new CaseResult.Scored(
                List.of(new Score(lossName, loss, "nat", true, 4)),
                List.of(),
                scoresAgree,
                List.of()),
            results,
            Optional.empty());
    Map<String, Object> model =
        Map.of(
            "name",
            "net",
            "files",
            Map.of("onnx", Map.of("sha256", sha256, "path", "a")),
            "task",
            task);
    return new RunResult(
        RunResult.SCHEMA_VERSION,
        "sample",
        failure.isEmpty() ? RunResult.Status.COMPLETE : RunResult.Status.FAILED,
        "2026-01-02T03:04:05Z",
        60,
        new RunResult.DatasetRecord("photographs", 4, dataset),
        new Environment("0.1.0", cpu, cores, 8L << 30, os, jdk, jvmFlags, libraries, machine),
        Map.of(
            "score", List.of(lossName),
            "measure", measure,
            "cases", List.of(Map.of("model", model))),
        List.of(one),
        parity,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** One run with the cases of both, whose threads differ. */
  static StoredRun joined(StoredRuns some, StoredRuns others) {
    StoredRun first = some.run();
    StoredRun second = others.run();
    List<CaseResult> cases = new ArrayList<>(first.result().cases());
    cases.addAll(second.result().cases());
    return new StoredRun(
        first.folder(),
        withCases(first.result(), cases),
        file ->
            file.toString().contains("t" + some.threads + "-")
                ? first.source().read(file)
                : second.source().read(file));
  }

  static RunResult withoutCases(RunResult run) {
    return withCases(run, List.of());
  }

  private static RunResult withCases(RunResult run, List<CaseResult> cases) {
    return SampleRun.with(run, cases);
  }

  /** Returns the judged figure of a label, such as {@code forward p50}. */
  static SpeedResult speed(Comparison comparison, String label) {
    return comparison.findings().speed().stream()
        .filter(s -> s.label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
