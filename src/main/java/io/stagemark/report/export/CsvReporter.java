package io.stagemark.report.export;

import io.stagemark.data.PlainText;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.result.CaseResult;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.RunResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code cases.csv}: one row for each case, stage and statistic, after RFC 4180 with line feeds, in
 * UTF-8. docs/results.md has its columns. A text that a spreadsheet would take for a formula begins
 * with an apostrophe.
 */
public final class CsvReporter implements ExportReporter {
  private static final String FILE = "cases.csv";
  private static final String HEADER =
      "run,started_at,machine,case,model,engine,device,threads,batch,scenario,streams,stage,"
          + "statistic,value,lower,upper,interval,unit,n,better,valid\n";
  private static final String FORMULA = "=+-@\t\r";

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException {
    ExportedRun run = ExportedRun.of(result, invalid);
    StringBuilder text = new StringBuilder(HEADER);
    String start =
        row(
            cell(result.name()),
            cell(result.startedAt()),
            cell(result.environment().machine().map(MachineRecord::fingerprint).orElse("")));
    for (ExportedCase one : run.cases()) {
      CaseResult.Key key = one.result().key();
      String caseCells =
          row(
              start,
              cell(one.result().id()),
              cell(key.model()),
              cell(key.engine()),
              cell(key.device()),
              String.valueOf(key.threads()),
              String.valueOf(key.batch()),
              cell(one.name().scenario()),
              String.valueOf(one.streams()));
      String valid = one.valid().map(String::valueOf).orElse("");
      for (Figure figure : CaseFigures.of(one)) {
        text.append(row(caseCells, figure(figure), valid)).append('\n');
      }
    }
    folder.write(FILE, text.toString());
    return run.rendering(name(), List.of(FILE));
  }

  private static String figure(Figure figure) {
    Optional<Figure.Bounds> bounds = figure.bounds();
    return row(
        cell(figure.stage()),
        cell(figure.statistic()),
        PlainNumber.of(figure.value()),
        bounds.map(each -> PlainNumber.of(each.lower())).orElse(""),
        bounds.map(each -> PlainNumber.of(each.upper())).orElse(""),
        bounds.map(each -> each.ofTrials() ? "trials" : "batches").orElse(""),
        cell(figure.unit()),
        String.valueOf(figure.count()),
        figure.better().word());
  }

  private static String row(String... cells) {
    return String.join(",", cells);
  }

  /** Returns a text as a cell: on one line, quoted where it must be, and never a formula. */
  static String cell(String text) {
    String line = PlainText.line(text);
    if (!line.isEmpty() && FORMULA.indexOf(line.charAt(0)) >= 0) {
      line = "'" + line;
    }
    boolean quoted = line.chars().anyMatch(c -> c == '"' || c == ',' || c == ';' || c == '\'');
    return quoted ? '"' + line.replace("\"", "\"\"") + '"' : line;
  }
}
