package io.stagemark.report;

import io.stagemark.output.OutputTree;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.util.List;

/** {@code result.json}, which every run writes: named here so that a config can ask for it. */
public final class JsonReporter implements Reporter {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder) {
    return new Rendering("", List.of(ResultFiles.RESULT));
  }
}
