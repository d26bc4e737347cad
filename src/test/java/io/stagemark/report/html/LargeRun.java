package io.stagemark.report.html;

import io.stagemark.data.ElementType;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.output.OutputTree;
import io.stagemark.report.SampleRun;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A run of many cases and many samples, drawn from a seed: not measured. {@code main FOLDER CASES
 * SAMPLES} writes one, {@code main FOLDER} renders it and prints how long that took.
 */
public final class LargeRun {
  private static final int TRIALS = 2;

  private LargeRun() {}

  /** Writes {@code result.json} and the samples into a folder, and returns the result. */
  public static RunResult write(Path folder, int cases, int samplesOfACase) throws IOException {
    Files.createDirectories(folder.resolve("samples"));
    RunResult model = SampleRun.complete();
    List<CaseResult> all = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      all.add(one(folder, model.cases().get(i % 2), i, samplesOfACase / TRIALS));
    }
    RunResult result =
        new RunResult(
            model.schemaVersion(),
            "large",
            model.status(),
            model.startedAt(),
            model.wallSeconds(),
            model.dataset(),
            model.environment(),
            model.config(),
            all,
            List.of(),
            List.of(),
            model.proof(),
            model.calibration());
    Files.writeString(folder.resolve(ResultFiles.RESULT), ResultFiles.text(result));
    return result;
  }

  private static CaseResult one(Path folder, CaseResult model, int index, int samples)
      throws IOException {
    CaseResult.Key key =
        new CaseResult.Key(
            model.key().model(),
            model.key().engine(),
            "cpu",
            1 + index % 10,
            1 << (index / 10 % 10),
            model.key().options());
    String id =
        key.model()
            + "/"
            + key.engine()
            + "/cpu/t"
            + key.threads()
            + "/b"
            + key.batch()
            + "-"
            + index;
    List<TrialResult> trials = new ArrayList<>();
    Map<String, Distribution> stages = new LinkedHashMap<>();
    for (int trial = 1; trial <= TRIALS; trial++) {
      String file = "samples/case" + index + "-trial" + trial + ".npy";
      stages = samples(folder.resolve(file), new Random(1000L * index + trial), samples);
      Measured m = model.trials().get(0).measured().orElseThrow();
      Measured.Window window =
          new Measured.Window(samples, samples, 0, m.window().wallNanos(), 0, stages);
      trials.add(
          new TrialResult(
              trial,
              Optional.empty(),
              Optional.of(
                  new Measured(
                      m.preparation(),
                      window,
                      m.outputs(),
                      file,
                      m.circumstances(),
                      m.proof(),
                      Optional.empty(),
                      List.of()))));
    }
    CaseProof proof = model.proof().orElseThrow();
    return new CaseResult(
        id,
        key,
        CaseResult.Status.OK,
        new CaseResult.Timed(
            stages,
            Optional.of(20.0 + index % 17),
            model.timed().detail(),
            Optional.empty(),
            List.of()),
        model.operations(),
        new CaseResult.Scored(
            List.of(new Score("coco-ap", 0.3 + 0.001 * index, "ratio", false, 4)),
            List.of(),
            true,
            curves(new Random(index))),
        trials,
        Optional.of(proof));
  }

  /** Falling curves of full precision, different in each case. */
  private static List<PrecisionRecallCurve> curves(Random random) {
    List<PrecisionRecallCurve> curves = new ArrayList<>();
    for (String iou : List.of("0.50", "0.75", "0.50:0.95")) {
      curves.add(new PrecisionRecallCurve(Optional.empty(), iou, 400, falling(random)));
    }
    for (int i = 0; i < 5; i++) {
      curves.add(
          new PrecisionRecallCurve(Optional.of("class" + i), "0.50", 90 - i, falling(random)));
    }
    return curves;
  }

  private static List<Double> falling(Random random) {
    return random
        .doubles(PrecisionRecallCurve.POINTS)
        .map(d -> -d)
        .sorted()
        .map(d -> -d)
        .boxed()
        .toList();
  }

  /** Heavy-tailed times; each cause touches some batches. */
  private static Map<String, Distribution> samples(Path file, Random random, int count)
      throws IOException {
    Tensor rows =
        Tensor.allocate(new TensorSpec("samples", ElementType.INT64, List.of((long) count, 6L)));
    long[][] columns = new long[5][count];
    for (int i = 0; i < count; i++) {
      double spike = random.nextInt(500) == 0 ? 5 : 1;
      long forward = (long) (40e6 * spike * Math.exp(0.05 * random.nextGaussian()));
      long[] row = {3_000_000, 900_000, forward, 800_000, forward + 4_700_400};
      for (int c = 0; c < 5; c++) {
        columns[c][i] = row[c];
        rows.longs().put(6 * i + c, row[c]);
      }
      long bits = spike > 1 ? 1 | 2 : random.nextInt(50) == 0 ? 4 | 64 : 0;
      rows.longs().put(6 * i + 5, bits);
    }
    NpyWriter.write(file, rows);
    Map<String, Distribution> stages = new LinkedHashMap<>();
    String[] names = {"decode", "preprocess", "forward", "postprocess"};
    for (int c = 0; c < names.length; c++) {
      stages.put(names[c], Distribution.of(columns[c]));
    }
    stages.put(CaseResult.GAP, Distribution.of(new long[] {400, 400, 400}));
    stages.put("total", Distribution.of(columns[4]));
    return stages;
  }

  @SuppressWarnings("SystemOut") // a tool for a person
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    if (args.length > 1) {
      write(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      return;
    }
    RunResult result = ResultFiles.readRun(folder);
    long began = System.nanoTime();
    new HtmlReporter().render(result, OutputTree.of(folder));
    System.out.printf(
        "%.2f s, %,d bytes, heap of %,d MiB%n",
        (System.nanoTime() - began) / 1e9,
        Files.size(folder.resolve(HtmlReporter.FILE)),
        Runtime.getRuntime().maxMemory() >> 20);
  }
}
