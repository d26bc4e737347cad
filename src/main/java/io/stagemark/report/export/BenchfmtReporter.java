package io.stagemark.report.export;

import io.stagemark.data.PlainText;
import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code benchfmt.txt}: the text of Go's benchmarks (golang.org/design/14313-benchmark-format), one
 * line for each trial and stage, so that benchstat sees how far trials differ: {@code benchstat
 * -col /engine benchfmt.txt}, or {@code benchstat old/benchfmt.txt new/benchfmt.txt}.
 *
 * <p>The file has one {@code key: value} line alone, the processor: benchstat puts runs whose keys
 * differ into different tables. What else is known of the run is in comments.
 */
public final class BenchfmtReporter implements ExportReporter {
  private static final String FILE = "benchfmt.txt";

  @Override
  public String name() {
    return "benchfmt";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException {
    ExportedRun run = ExportedRun.of(result, invalid);
    StringBuilder text = new StringBuilder();
    comment(text, "Stagemark " + result.environment().stagemark() + ", run " + result.name());
    comment(text, "started " + result.startedAt() + ", JDK " + result.environment().jdk());
    comment(text, "ns/op is the mean of a trial's batches; a percentile with too few is absent");
    run.comments().forEach(line -> comment(text, line));
    String cpu = PlainText.line(result.environment().cpu()).strip();
    if (!cpu.isEmpty()) {
      text.append("cpu: ").append(cpu).append('\n');
    }
    for (String unit : units(run)) {
      text.append(unit).append('\n');
    }
    for (ExportedCase one : run.cases()) {
      one.times().keySet().forEach(stage -> trials(text, one, stage));
    }
    folder.write(FILE, text.toString());
    return run.rendering(name(), List.of(FILE));
  }

  private static void comment(StringBuilder text, String line) {
    text.append("# ").append(PlainText.line(line)).append('\n');
  }

  /** Which direction is better: benchstat knows it of {@code ns/op} alone. */
  private static List<String> units(ExportedRun run) {
    List<String> lines = new ArrayList<>();
    run.cases().stream()
        .flatMap(one -> one.times().values().stream())
        .findFirst()
        .ifPresent(
            times -> {
              lines.add("Unit ns/op better=lower assume=nothing");
              for (Quantile quantile : times.quantiles()) {
                lines.add("Unit " + unit(quantile) + " better=lower assume=nothing");
              }
              lines.add("Unit img/s better=higher assume=nothing");
            });
    return lines;
  }

  private static String unit(Quantile quantile) {
    return quantile.label() + "-ns/op";
  }

  private static void trials(StringBuilder text, ExportedCase one, String stage) {
    List<Measured> trials = one.trials();
    List<Distribution> times = one.timesOfTrials(stage);
    for (int i = 0; i < times.size(); i++) {
      Distribution trial = times.get(i);
      text.append(benchmark(one.name(), stage))
          .append(' ')
          .append(trial.count())
          .append(' ')
          .append(PlainNumber.of(trial.meanNanos()))
          .append(" ns/op");
      for (Quantile quantile : trial.quantiles()) {
        quantile
            .nanos()
            .ifPresent(nanos -> text.append(' ').append(nanos).append(' ').append(unit(quantile)));
      }
      if (stage.equals(Stage.TOTAL.label()) && times.size() == trials.size()) {
        Measured.Window window = trials.get(i).window();
        if (window.wallNanos() > 0) {
          double rate = window.images() / (window.wallNanos() / 1e9);
          text.append(' ').append(PlainNumber.of(rate)).append(" img/s");
        }
      }
      text.append('\n');
    }
  }

  /** Returns such as {@code BenchmarkStage/model=net/engine=onnxruntime/…/stage=forward}. */
  private static String benchmark(CaseName name, String stage) {
    Map<String, String> parts = name.labels();
    if (!name.underLoad()) {
      parts.keySet().removeAll(List.of("scenario", "streams"));
    }
    parts.put("stage", SafeName.of(stage));
    StringBuilder text = new StringBuilder("BenchmarkStage");
    parts.forEach((key, value) -> text.append('/').append(key).append('=').append(value));
    return text.toString();
  }
}
