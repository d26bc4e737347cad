package io.stagemark.report.export;

import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.result.RunResult;
import java.io.IOException;
import java.util.List;

/**
 * {@code loadgen-summary.txt}: each case in the lines of MLPerf LoadGen's {@code
 * mlperf_log_summary.txt}, for eyes and scripts that know those. It is no MLPerf result, and says
 * so.
 */
public final class LoadgenSummaryReporter implements ExportReporter {
  private static final String FILE = "loadgen-summary.txt";

  @Override
  public String name() {
    return "loadgen-summary";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException {
    ExportedRun run = ExportedRun.of(result, invalid);
    StringBuilder text = new StringBuilder();
    for (ExportedCase one : run.cases()) {
      text.append(new LoadgenSummary(one, result.config()).text()).append('\n');
    }
    if (run.cases().isEmpty()) {
      text.append(LoadgenSummary.title()).append("No case has figures to show.\n");
    }
    run.comments().forEach(line -> text.append(line).append('\n'));
    folder.write(FILE, text.toString());
    return run.rendering(name(), List.of(FILE));
  }
}
