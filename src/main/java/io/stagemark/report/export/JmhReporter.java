package io.stagemark.report.export;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.result.Environment;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * {@code jmh.json}: what JMH's {@code -rf json} writes, for JMH Visualizer, the Jenkins plugin,
 * Bencher ({@code java_jmh}) and github-action-benchmark ({@code jmh}).
 *
 * <p>A benchmark is {@code stagemark.STAGE.CASE}, without params, which some readers pass over: its
 * class is the stage, so that Visualizer draws the cases of a stage side by side. A fork is a
 * trial, an iteration all its batches, an operation a batch; {@code stagemark.fps.CASE} has images
 * a second as {@code ops/s}. {@code scoreError} and {@code scoreConfidence} are of 95 %, not of
 * JMH's 99.9 %.
 */
public final class JmhReporter implements ExportReporter {
  private static final String FILE = "jmh.json";

  @Override
  public String name() {
    return "jmh-json";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException, BadInputException {
    ExportedRun run = ExportedRun.of(result, invalid);
    List<Map<String, Object>> benchmarks = new ArrayList<>();
    Notes notes = new Notes();
    for (ExportedCase one : run.cases()) {
      StageHistograms histograms = StageHistograms.of(folder.path(), one);
      histograms.note().ifPresent(note -> notes.add(note, one.name().path()));
      for (Map.Entry<String, Distribution> stage : one.times().entrySet()) {
        JmhMetric metric =
            JmhMetric.ofTimes(one, stage.getKey(), stage.getValue(), histograms.of(stage.getKey()));
        benchmarks.add(benchmark(result, one, stage.getKey(), metric));
      }
      if (one.result().timed().framesPerSecond().isPresent()) {
        benchmarks.add(benchmark(result, one, "fps", JmhMetric.ofFrames(one)));
      }
    }
    folder.write(FILE, ResultFiles.text(benchmarks) + "\n");
    return run.rendering(name(), List.of(FILE), notes);
  }

  private static Map<String, Object> benchmark(
      RunResult result, ExportedCase one, String stage, JmhMetric metric) {
    Environment environment = result.environment();
    String jvm =
        environment
            .machine()
            .map(MachineRecord::software)
            .map(MachineRecord.Software::jvm)
            .orElse(environment.jdk());
    int version = jvm.lastIndexOf(' ') + 1;
    Map<String, Object> benchmark = new LinkedHashMap<>();
    benchmark.put("jmhVersion", "Stagemark " + environment.stagemark());
    benchmark.put("benchmark", benchmarkName(one.name(), stage));
    benchmark.put("mode", metric.mode());
    benchmark.put("threads", one.streams());
    benchmark.put("forks", one.trials().size());
    benchmark.put("jvm", "java");
    benchmark.put("jvmArgs", environment.jvmFlags());
    benchmark.put("jdkVersion", environment.jdk());
    benchmark.put("vmName", jvm.substring(0, version).strip());
    benchmark.put("vmVersion", jvm.substring(version));
    benchmark.put("warmupIterations", 1);
    benchmark.put("warmupTime", millis(one, trial -> trial.preparation().warmupNanos()));
    benchmark.put("warmupBatchSize", one.name().batch());
    benchmark.put("measurementIterations", 1);
    benchmark.put("measurementTime", millis(one, trial -> trial.window().wallNanos()));
    benchmark.put("measurementBatchSize", one.name().batch());
    benchmark.put("primaryMetric", metric.tree());
    benchmark.put("secondaryMetrics", Map.of());
    return benchmark;
  }

  /** Dots separate packages, class and method: there is none in a part. */
  private static String benchmarkName(CaseName name, String stage) {
    return "stagemark."
        + SafeName.withoutDots(stage)
        + "."
        + name.parts().stream().map(SafeName::withoutDots).collect(Collectors.joining("/"));
  }

  private static String millis(ExportedCase one, ToLongFunction<Measured> nanos) {
    double mean = one.trials().stream().mapToLong(nanos).average().orElse(0);
    return String.format(ROOT, "%d ms", Math.round(mean / 1e6));
  }
}
