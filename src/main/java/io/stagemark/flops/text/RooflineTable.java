package io.stagemark.flops.text;

import io.stagemark.data.PlainText;
import io.stagemark.flops.roofline.Rate;
import io.stagemark.flops.roofline.Roofline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A roofline as a table of at most 100 columns, and as a tree for JSON. */
public final class RooflineTable {
  private RooflineTable() {}

  /** Returns the table. */
  public static String render(Roofline roofline) {
    List<String> lines = new ArrayList<>();
    Rate bandwidth = roofline.peak().bandwidth();
    lines.add(format("roofline, %s, %d threads", roofline.engine(), roofline.peak().threads()));
    roofline
        .peak()
        .flops()
        .forEach(
            (type, rate) ->
                lines.add(
                    format(
                        "  peak %s %.1f GFLOP/s, spread %.0f %% of %d (%s)",
                        type,
                        rate.median() / 1e9,
                        100 * rate.spread(),
                        rate.samples(),
                        rate.at())));
    lines.add(
        format(
            "  bandwidth %.1f GB/s, spread %.0f %% of %d",
            bandwidth.median() / 1e9, 100 * bandwidth.spread(), bandwidth.samples()));
    lines.add("  by triad over " + bandwidth.at());
    lines.add("");
    lines.add(
        format(
            "%-38s %9s %8s %8s %9s %9s %8s",
            "operator", "ms", "MFLOP", "FLOP/B", "GFLOP/s", "roof", "% roof"));
    lines.add(row(roofline.whole(), roofline));
    roofline.heaviest().forEach(point -> lines.add(row(point, roofline)));
    lines.add("by kind");
    roofline.kinds().forEach(point -> lines.add(row(point, roofline)));
    roofline.warnings().forEach(warning -> lines.add("warning: " + warning));
    return lines.stream().map(PlainText::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Roofline.OperatorPoint point, Roofline roofline) {
    String name = point.name().isEmpty() ? point.operator() : point.name();
    String shown = name.length() > 38 ? "…" + name.substring(name.length() - 37) : name;
    String bound = roofline.peak().memoryBound(point.type(), point.intensity()) ? "m" : "c";
    return format(
        "%-38s %9.3f %8.1f %8.2f %9.1f %8.1f%s %8.1f",
        shown,
        1e3 * point.seconds(),
        point.flopsTotal() / 1e6,
        point.intensity(),
        point.achieved() / 1e9,
        point.attainable() / 1e9,
        point.attainable() == 0 ? " " : bound,
        100 * point.fraction());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** Returns the roofline as maps, lists, strings and numbers. */
  public static Map<String, Object> tree(Roofline roofline) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("engine", roofline.engine());
    tree.put("threads", roofline.peak().threads());
    Map<String, Object> peaks = new LinkedHashMap<>();
    roofline.peak().flops().forEach((type, peak) -> peaks.put(type, rate(peak)));
    tree.put("peakFlopsPerSecond", peaks);
    tree.put("bytesPerSecond", rate(roofline.peak().bandwidth()));
    tree.put("model", point(roofline.whole()));
    tree.put("heaviest", roofline.heaviest().stream().map(RooflineTable::point).toList());
    tree.put("kinds", roofline.kinds().stream().map(RooflineTable::point).toList());
    tree.put("warnings", roofline.warnings());
    return tree;
  }

  private static Map<String, Object> rate(Rate rate) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("median", rate.median());
    tree.put("spread", rate.spread());
    tree.put("samples", rate.samples());
    tree.put("at", rate.at());
    return tree;
  }

  private static Map<String, Object> point(Roofline.OperatorPoint point) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", point.name());
    tree.put("operator", point.operator());
    tree.put("type", point.type());
    tree.put("seconds", point.seconds());
    tree.put("flopsTotal", point.flopsTotal());
    tree.put("bytesMoved", point.bytesMoved());
    tree.put("arithmeticIntensity", point.intensity());
    tree.put("flopsPerSecond", point.achieved());
    tree.put("attainableFlopsPerSecond", point.attainable());
    tree.put("fraction", point.fraction());
    return tree;
  }
}
