package io.stagemark.report.export;

import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code bencher.json} in Bencher Metric Format: {@code bencher run --adapter json --file}. A
 * benchmark is a stage of a case. Bencher's own measure {@code latency} is the mean in ns, and
 * {@code throughput} the images a second; {@code latency-p50}, {@code peak-rss}, scores and others
 * are measures that Bencher makes when it first reads them.
 */
public final class BencherReporter implements ExportReporter {
  private static final String FILE = "bencher.json";
  private static final double NANOS_IN_A_MILLI = 1e6;

  @Override
  public String name() {
    return "bencher";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException {
    ExportedRun run = ExportedRun.of(result, invalid);
    Map<String, Map<String, Object>> benchmarks = new LinkedHashMap<>();
    for (ExportedCase one : run.cases()) {
      for (Figure figure : CaseFigures.of(one)) {
        if (figure.better() != Figure.Better.NEITHER) {
          benchmarks
              .computeIfAbsent(one.name().path(figure.stage()), key -> new LinkedHashMap<>())
              .put(measure(figure), metric(figure));
        }
      }
    }
    folder.write(FILE, ResultFiles.text(benchmarks) + "\n");
    return run.rendering(name(), List.of(FILE));
  }

  /** Bencher derives a slug of lower-case letters, digits and hyphens from it. */
  private static String measure(Figure figure) {
    if (figure.unit().equals("img/s")) {
      return "throughput";
    }
    if (isTime(figure) && !figure.stage().equals(CaseFigures.CASE)) {
      return figure.statistic().equals("mean")
          ? "latency"
          : "latency-" + figure.statistic().replace('.', '-');
    }
    return SafeName.of(figure.statistic()).replace('_', '-');
  }

  private static boolean isTime(Figure figure) {
    return figure.unit().equals("ms");
  }

  private static Map<String, BigDecimal> metric(Figure figure) {
    double factor = isTime(figure) ? NANOS_IN_A_MILLI : 1;
    Map<String, BigDecimal> metric = new LinkedHashMap<>();
    metric.put("value", PlainNumber.rounded(figure.value() * factor));
    figure
        .bounds()
        .map(bounds -> bounds.scaled(factor))
        .ifPresent(
            bounds -> {
              metric.put("lower_value", PlainNumber.rounded(bounds.lower()));
              metric.put("upper_value", PlainNumber.rounded(bounds.upper()));
            });
    return metric;
  }
}
