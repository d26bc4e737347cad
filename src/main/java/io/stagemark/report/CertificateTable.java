package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.Certificate;
import java.util.List;

/** A certificate's figures for the console. */
public final class CertificateTable {
  private CertificateTable() {}

  /** Returns a row for each figure: reported, true, the error and what is allowed. */
  public static String of(Certificate certificate) {
    TextTable table = new TextTable();
    table.row(
        List.of("calibration", "figure", "reported", "truth", "error", "allowed", "machine", ""));
    for (Certificate.Line line : certificate.lines()) {
      boolean rate = line.figure().equals("FPS");
      table.row(
          List.of(
              line.pattern(),
              line.figure(),
              rate ? String.format(ROOT, "%.1f", line.reported()) : ms(line.reported()),
              rate ? String.format(ROOT, "%.1f", line.truth()) : ms(line.truth()),
              String.format(ROOT, "%+.3f %%", line.errorPercent()),
              String.format(ROOT, "%.1f %%", line.allowedPercent()),
              String.format(ROOT, "%+.2f %%", line.machinePercent()),
              line.holds() ? "ok" : "FAILED"));
    }
    return table.text();
  }

  private static String ms(double nanos) {
    return String.format(ROOT, "%.4f ms", nanos / 1e6);
  }
}
