package io.stagemark.report.export;

import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.report.SampleRun;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Operations;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.Distribution;
import io.stagemark.trial.sample.SampleFile;
import io.stagemark.trial.sample.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Runs for the tests of exports, with figures that are worked out by hand: the i-th batch of a
 * trial takes i ms forward; decode, preprocess and postprocess take 1, 2 and 1, the total i + 4 ms.
 */
final class ExportRuns {
  /** Everything that one format or another gives a meaning to, and 300 characters. */
  static final String HOSTILE =
      "=<script>alert(1)</script>|`\"';,\\{}\u001b[31m\u202e\u0000\r\n::error::x\n# TYPE a b\n"
          + "x".repeat(300);

  private static final long MILLI = 1_000_000;

  private ExportRuns() {}

  /**
   * A good case of two trials, of 100 and 110 batches: forward takes (5050 + 6105) / 210 = 53.119…
   * ms on average, the total 57.119….
   */
  static CaseResult good(String model, String engine) {
    return withFigures(model, engine, Validity.of(List.of()), 100, 110);
  }

  /** The same figures, of which something is wrong. */
  static CaseResult invalid(String engine) {
    return withFigures(
        "net",
        engine,
        Validity.of(
            List.of(new Reason(Code.FAILED_BATCHES, "3 batches failed", "see the log|\u001b[1m"))),
        100,
        110);
  }

  /** Five batches: too few for every percentile. */
  static CaseResult few(String engine) {
    return withFigures("net", engine, Validity.of(List.of()), 5);
  }

  /** One batch more than hyperfine's file has times. */
  static CaseResult long5001() {
    return withFigures("net", "long", Validity.of(List.of()), 5001);
  }

  static CaseResult long5000() {
    return withFigures("net", "long", Validity.of(List.of()), 5000);
  }

  /** No trial was good. */
  static CaseResult dead(String engine) {
    CaseResult failed = SampleRun.withAFailedCase().cases().get(1);
    return new CaseResult(
        "net/" + engine + "/cpu/t2/b1",
        key("net", engine),
        CaseResult.Status.FAILED,
        CaseResult.Timed.NONE,
        Optional.empty(),
        CaseResult.Scored.NONE,
        failed.trials(),
        failed.proof());
  }

  private static CaseResult.Key key(String model, String engine) {
    return new CaseResult.Key(model, engine, "cpu", 2, 4, Map.of());
  }

  private static CaseResult withFigures(
      String model, String engine, Validity validity, int... batches) {
    List<TrialResult> trials = new ArrayList<>();
    long[] all = new long[0];
    for (int i = 0; i < batches.length; i++) {
      long[] totals = totals(batches[i]);
      all = LongStream.concat(LongStream.of(all), LongStream.of(totals)).toArray();
      trials.add(new TrialResult(i + 1, Optional.empty(), Optional.of(trial(engine, i, totals))));
    }
    return new CaseResult(
        model + "/" + engine + "/cpu/t2/b4",
        key(model, engine),
        CaseResult.Status.OK,
        new CaseResult.Timed(
            stages(all), Optional.of(80.0), Optional.empty(), Optional.of(load()), List.of()),
        Optional.of(new Operations("m.onnx", 700, 1400, 30, Map.of(), Optional.empty())),
        new CaseResult.Scored(
            List.of(
                new Score("coco-ap", 0.5, "ratio", false, 4),
                new Score("coco-ap-small", Double.NaN, "ratio", false, 4),
                new Score("focal", 1.25, "nat", true, 4)),
            List.of(),
            true,
            List.of()),
        trials,
        Optional.of(
            new CaseProof(
                validity,
                Optional.empty(),
                List.of(1),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty())));
  }

  private static LoadFigures load() {
    return new LoadFigures(
        new LoadFigures.Applied("single-stream", 1, 20, Optional.empty(), 0, Optional.empty()),
        LoadFigures.QueueTimes.NONE,
        Optional.empty(),
        List.of(),
        "");
  }

  static long[] totals(int batches) {
    return LongStream.rangeClosed(1, batches).map(i -> (i + 4) * MILLI).toArray();
  }

  private static Map<String, Distribution> stages(long[] totals) {
    Map<String, Distribution> stages = new LinkedHashMap<>();
    stages.put("decode", steady(MILLI, totals.length));
    stages.put("preprocess", steady(2 * MILLI, totals.length));
    stages.put(
        "forward", Distribution.of(LongStream.of(totals).map(each -> each - 4 * MILLI).toArray()));
    stages.put("postprocess", steady(MILLI, totals.length));
    stages.put("gap", steady(0, totals.length));
    stages.put("total", Distribution.of(totals));
    return stages;
  }

  private static Distribution steady(long nanos, int count) {
    return Distribution.of(LongStream.generate(() -> nanos).limit(count).toArray());
  }

  /** Wall time such that trials have 4 images a batch and 4000 / (i + 50) images a second. */
  private static Measured trial(String engine, int index, long[] totals) {
    Measured sample = SampleRun.complete().cases().get(0).trials().get(0).measured().orElseThrow();
    return new Measured(
        new Measured.Preparation(800 * MILLI, 40, 2000 * MILLI),
        new Measured.Window(
            totals.length,
            4L * totals.length,
            0,
            totals.length * (50L + index) * MILLI,
            2048,
            stages(totals)),
        new Measured.Outputs("1234abcd", 0),
        sampleFile(engine, index),
        sample.circumstances(),
        Optional.empty(),
        Optional.of(load()),
        List.of());
  }

  private static String sampleFile(String engine, int index) {
    return "samples/" + SafeName.of(engine) + "-trial" + (index + 1) + ".npy";
  }

  /** Returns a run of these cases, whose config asks for 100 batches a trial. */
  static RunResult run(CaseResult... cases) {
    RunResult sample = SampleRun.complete();
    return new RunResult(
        sample.schemaVersion(),
        sample.name(),
        RunResult.Status.COMPLETE,
        sample.startedAt(),
        sample.wallSeconds(),
        sample.dataset(),
        sample.environment(),
        Map.of(
            "measure",
            Map.of("minSeconds", 1.0, "minBatches", 100),
            "cases",
            List.of(Map.of("model", Map.of("name", "net", "task", Map.of("task", "detection"))))),
        List.of(cases),
        List.of(),
        List.of(),
        sample.proof(),
        sample.calibration());
  }

  /** One case of each kind: good, INVALID, without figures, with few batches, of hostile names. */
  static RunResult mixed() {
    return run(
        good("net", "fine"), invalid("wrong"), dead("dead"), few("short"), good(HOSTILE, HOSTILE));
  }

  /** Writes the sample files that a run names. */
  static void writeSamples(Path folder, RunResult run) throws IOException {
    for (CaseResult one : run.cases()) {
      for (TrialResult trial : one.trials()) {
        if (trial.measured().isPresent()) {
          Measured measured = trial.measured().get();
          Path file = folder.resolve(measured.samples());
          Files.createDirectories(file.getParent());
          SampleFile.write(file, samples(measured.window().batches()));
        }
      }
    }
  }

  private static Samples samples(int batches) {
    Samples samples = new Samples(batches);
    for (long total : totals(batches)) {
      samples.set(Stage.DECODE, MILLI);
      samples.set(Stage.PREPROCESS, 2 * MILLI);
      samples.set(Stage.FORWARD, total - 4 * MILLI);
      samples.set(Stage.POSTPROCESS, MILLI);
      samples.set(Stage.TOTAL, total);
      samples.next();
    }
    return samples;
  }

  /** What a reporter wrote and said. */
  record Export(Rendering rendering, Map<String, String> files) {
    /** Returns the only file. */
    String text() {
      return files.values().iterator().next();
    }
  }

  /** Renders a run in a folder that has its samples. */
  static Export export(ExportReporter reporter, RunResult run, InvalidCases invalid, Path folder)
      throws Exception {
    writeSamples(folder, run);
    return exportWithoutSamples(reporter, run, invalid, folder);
  }

  static Export exportWithoutSamples(
      ExportReporter reporter, RunResult run, InvalidCases invalid, Path folder) throws Exception {
    Rendering rendering = reporter.render(run, OutputTree.of(folder), invalid);
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : rendering.files()) {
      files.put(name, Files.readString(folder.resolve(name)));
    }
    return new Export(rendering, files);
  }
}
