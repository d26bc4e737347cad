package io.stagemark.compare;

import io.stagemark.report.ResultFiles;
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
