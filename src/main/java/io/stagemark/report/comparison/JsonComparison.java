package io.stagemark.report.comparison;

import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;

/** A comparison as its record. */
public final class JsonComparison implements ComparisonReporter {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public String render(Comparison comparison) throws IOException {
    return ResultFiles.text(comparison) + "\n";
  }
}
