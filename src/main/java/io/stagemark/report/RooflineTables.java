package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.Figures;
import io.stagemark.result.OperatorTimes;
import io.stagemark.result.OperatorTimes.Ceiling;
import io.stagemark.result.OperatorTimes.RooflinePoint;
import java.util.ArrayList;
import java.util.List;

/** Time by operator under the machine's ceilings, in Markdown. */
final class RooflineTables {
  private RooflineTables() {}

  static String of(String label, OperatorTimes times) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            ROOT,
            "\n### Time by operator: %s\n\nOne profiled pass of %s, %d threads, that no latency above"
                + " comes from; FLOPs here are flopsTotal + 2 × intMacs of a batch.\n\n",
            label,
            times.engine(),
            times.threads()));
    for (Ceiling peak : times.peaks()) {
      text.append(
          ceiling(
              "peak " + peak.of(), peak, OperatorTimes.isInteger(peak.of()) ? "GOP/s" : "GFLOP/s"));
    }
    text.append(ceiling("bandwidth", times.bandwidth(), "GB/s"));
    String unit = times.hasIntegers() ? "OP" : "FLOP";
    text.append(table("operator", "Model and its heaviest operators", unit, heaviest(times)));
    text.append(table("kind", "By kind", unit, times.kinds()));
    times.warnings().forEach(warning -> text.append("\n- warning: ").append(warning).append('\n'));
    return text.toString();
  }

  private static List<RooflinePoint> heaviest(OperatorTimes times) {
    List<RooflinePoint> all = new ArrayList<>(List.of(times.model()));
    all.addAll(times.heaviest());
    return all;
  }

  private static String ceiling(String name, Ceiling rate, String unit) {
    return String.format(
        ROOT,
        "- %s: %.1f %s, spread %.0f %%, n %d (%s)\n",
        name,
        rate.median() / 1e9,
        unit,
        100 * rate.spread(),
        rate.samples(),
        rate.at());
  }

  private static String table(String first, String title, String unit, List<RooflinePoint> points) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            ROOT,
            """

            %1$s:

            | %2$s | type | ms | M%3$s | %3$s/B | G%3$s/s | attainable | %% of it |
            |---|---|---:|---:|---:|---:|---:|---:|
            """,
            title,
            first,
            unit));
    for (RooflinePoint point : points) {
      double intensity =
          point.bytesMoved() == 0 ? 0 : (double) point.flopsTotal() / point.bytesMoved();
      boolean known = point.attainableFlopsPerSecond() > 0;
      text.append(
          String.format(
              ROOT,
              "| %s | %s | %.3f | %.1f | %.2f | %.1f | %s | %s |\n",
              point.name().isEmpty() ? point.operator() : point.name(),
              point.type(),
              1e3 * point.seconds(),
              point.flopsTotal() / 1e6,
              intensity,
              point.flopsPerSecond() / 1e9,
              known
                  ? String.format(ROOT, "%.1f", point.attainableFlopsPerSecond() / 1e9)
                  : Figures.ABSENT,
              known ? String.format(ROOT, "%.1f", 100 * point.fraction()) : Figures.ABSENT));
    }
    return text.toString();
  }
}
