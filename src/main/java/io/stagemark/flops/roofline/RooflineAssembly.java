package io.stagemark.flops.roofline;

import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts operations, times and ceilings together. */
final class RooflineAssembly {
  private static final int HEAVIEST = 10;
  private static final String FALLBACK = "float32";

  private final MachinePeak peak;
  private final String dominant;

  private RooflineAssembly(OperationCount count, MachinePeak peak) {
    this.peak = peak;
    this.dominant = types(count).get(0);
  }

  /**
   * Returns what the MACs of a count are done in, most MACs first; {@code float32} if there are
   * none. Weights of a few bits are a type of their own: their product is neither a float's nor a
   * byte's.
   */
  static List<String> types(OperationCount count) {
    Map<String, Long> macs = new LinkedHashMap<>();
    for (NodeCount node : count.perOp()) {
      long all = node.operations().macs() + node.operations().intMacs();
      if (all > 0) {
        macs.merge(type(node), all, Math::addExact);
      }
    }
    List<String> types = new ArrayList<>(macs.keySet());
    types.sort(Comparator.comparingLong((String type) -> -macs.getOrDefault(type, 0L)));
    return types.isEmpty() ? List.of(FALLBACK) : types;
  }

  private static String type(NodeCount node) {
    boolean packed =
        List.of("com.microsoft.MatMulNBits", "com.microsoft.MatMulBnb4", "com.microsoft.MatMulFpQ4")
            .contains(node.operator());
    return packed ? node.type() + " x packed" : node.type();
  }

  /**
   * Assembles a roofline.
   *
   * @param seconds by name of an operator; one that the count does not have is shown with no
   *     operations
   * @param notes warnings that come before its own
   */
  static Roofline of(
      String engine,
      OperationCount count,
      Map<String, Double> seconds,
      MachinePeak peak,
      List<String> notes) {
    RooflineAssembly assembly = new RooflineAssembly(count, peak);
    List<Roofline.OperatorPoint> points = assembly.points(count, seconds);
    Map<String, Roofline.OperatorPoint> kinds = new LinkedHashMap<>();
    points.forEach(point -> kinds.merge(point.operator(), point, assembly::joined));
    points.sort(Comparator.comparingDouble(Roofline.OperatorPoint::seconds).reversed());
    List<Roofline.OperatorPoint> byKind = new ArrayList<>(kinds.values());
    byKind.replaceAll(p -> renamed(p, p.operator()));
    byKind.sort(Comparator.comparingDouble(Roofline.OperatorPoint::seconds).reversed());
    Roofline.OperatorPoint whole =
        points.stream()
            .reduce(assembly::joined)
            .map(p -> renamed(p, "model"))
            .orElse(new Roofline.OperatorPoint("model", "", assembly.dominant, 0, 0, 0, 0));
    List<Roofline.OperatorPoint> heaviest = points.subList(0, Math.min(HEAVIEST, points.size()));
    List<String> warnings = new ArrayList<>(notes);
    warnings.addAll(assembly.warnings(count, whole, heaviest, byKind));
    return new Roofline(engine, peak, whole, heaviest, byKind, warnings);
  }

  /** One point for each name: one line of a program can apply several operators. */
  private List<Roofline.OperatorPoint> points(OperationCount count, Map<String, Double> seconds) {
    Map<String, Roofline.OperatorPoint> byName = new LinkedHashMap<>();
    for (NodeCount node : count.perOp()) {
      if (seconds.containsKey(node.name())) {
        byName.merge(node.name(), point(node, seconds.get(node.name())), this::sameName);
      }
    }
    seconds.forEach(
        (name, time) ->
            byName.computeIfAbsent(
                name, n -> new Roofline.OperatorPoint(n, kindOf(n), dominant, 0, 0, time, 0)));
    return new ArrayList<>(byName.values());
  }

  /** An operator that only the profile knows is its own kind. */
  private static String kindOf(String name) {
    return name.replaceAll("[_:#]\\d+$", "");
  }

  private Roofline.OperatorPoint point(NodeCount node, double seconds) {
    Operations all = node.operations();
    long flops = Math.addExact(all.flopsTotal(), Math.multiplyExact(2, all.intMacs()));
    // elementwise work has no peak of its own: that of the products is above it
    String type = all.macs() + all.intMacs() > 0 ? type(node) : dominant;
    return point(
        new Roofline.OperatorPoint(
            node.name(), node.operator(), type, flops, node.bytesMoved(), seconds, 0));
  }

  private Roofline.OperatorPoint sameName(Roofline.OperatorPoint a, Roofline.OperatorPoint b) {
    Roofline.OperatorPoint main = a.flopsTotal() >= b.flopsTotal() ? a : b;
    return point(
        new Roofline.OperatorPoint(
            a.name(),
            main.operator(),
            main.type(),
            Math.addExact(a.flopsTotal(), b.flopsTotal()),
            Math.addExact(a.bytesMoved(), b.bytesMoved()),
            a.seconds(),
            0));
  }

  private Roofline.OperatorPoint joined(Roofline.OperatorPoint a, Roofline.OperatorPoint b) {
    return point(
        new Roofline.OperatorPoint(
            a.name(),
            a.operator(),
            a.flopsTotal() >= b.flopsTotal() ? a.type() : b.type(),
            Math.addExact(a.flopsTotal(), b.flopsTotal()),
            Math.addExact(a.bytesMoved(), b.bytesMoved()),
            a.seconds() + b.seconds(),
            0));
  }

  private Roofline.OperatorPoint point(Roofline.OperatorPoint p) {
    double attainable =
        p.flopsTotal() == 0 ? 0 : peak.attainable(p.type(), p.intensity()).orElse(0.0);
    return new Roofline.OperatorPoint(
        p.name(), p.operator(), p.type(), p.flopsTotal(), p.bytesMoved(), p.seconds(), attainable);
  }

  private static Roofline.OperatorPoint renamed(Roofline.OperatorPoint p, String name) {
    return new Roofline.OperatorPoint(
        name, p.operator(), p.type(), p.flopsTotal(), p.bytesMoved(), p.seconds(), p.attainable());
  }

  private List<String> warnings(
      OperationCount count,
      Roofline.OperatorPoint whole,
      List<Roofline.OperatorPoint> heaviest,
      List<Roofline.OperatorPoint> kinds) {
    List<String> warnings = new ArrayList<>();
    List<String> unsteady = new ArrayList<>();
    peak.flops().forEach((type, rate) -> addUnsteady(unsteady, type + " GEMM", rate));
    addUnsteady(unsteady, "bandwidth", peak.bandwidth());
    if (!unsteady.isEmpty()) {
      warnings.add(
          "this machine is not steady (%s); repeat when it is quiet"
              .formatted(String.join(", ", unsteady)));
    }
    for (String type : types(count)) {
      if (!peak.flops().containsKey(type)) {
        warnings.add("no peak for %s: this engine has no plain product of it".formatted(type));
      }
    }
    String above =
        Stream.of(List.of(whole), heaviest, kinds)
            .flatMap(List::stream)
            .filter(point -> point.fraction() > 1)
            .map(point -> "%s %.2f".formatted(point.name(), point.fraction()))
            .distinct()
            .collect(Collectors.joining(", "));
    if (!above.isEmpty()) {
      warnings.add(
          "more than was thought attainable (%s): data stays in a cache, or the peak was measured too low"
              .formatted(above));
    }
    count.incompleteBecause().forEach(because -> warnings.add("the count: " + because));
    if (!count.uncounted().isEmpty()) {
      warnings.add("not every operator is counted: " + count.uncounted());
    }
    return warnings;
  }

  private static void addUnsteady(List<String> unsteady, String what, Rate rate) {
    if (!rate.steady()) {
      unsteady.add("%s spread %.0f %%".formatted(what, 100 * rate.spread()));
    }
  }
}
