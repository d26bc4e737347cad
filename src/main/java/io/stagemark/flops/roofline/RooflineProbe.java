package io.stagemark.flops.roofline;

import io.stagemark.data.BadInputException;
import io.stagemark.engine.EngineException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.NodeTimes;
import io.stagemark.flops.onnx.OnnxFlops;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a model's roofline on ONNX Runtime, in passes of its own. */
public final class RooflineProbe {
  private static final int HEAVIEST = 10;

  private RooflineProbe() {}

  /**
   * Measures the machine's ceilings and the time of every operator of the graph that runs.
   *
   * @param model an ONNX file
   * @param inputs as for {@link OnnxFlops#countFilled}
   * @param threads for one operator, at least 1
   * @throws BadInputException if the model cannot be read
   * @throws EngineException if it cannot be run
   * @throws InterruptedException if somebody gave up waiting
   */
  public static Roofline measure(Path model, Map<String, ModelInput> inputs, int threads)
      throws BadInputException, EngineException, InterruptedException {
    OperationCount count = OnnxFlops.countExecuted(model, inputs);
    Map<String, Double> seconds = NodeTimes.measure(model, inputs, threads);
    MachinePeak peak =
        new MachinePeak(GemmPeak.measure(threads), TriadBandwidth.measure(threads), threads);
    return assemble(count, seconds, peak);
  }

  /** Puts operations, times and ceilings together. */
  static Roofline assemble(OperationCount count, Map<String, Double> seconds, MachinePeak peak) {
    List<Roofline.Point> points = new ArrayList<>();
    Map<String, Roofline.Point> kinds = new LinkedHashMap<>();
    Map<String, Double> left = new HashMap<>(seconds);
    for (NodeCount node : count.perOp()) {
      Double time = left.remove(node.name());
      if (time != null) {
        Roofline.Point point =
            point(node.name(), node.operator(), flops(node), node.bytesMoved(), time, peak);
        points.add(point);
        kinds.merge(node.operator(), point, (a, b) -> joined(a, b, peak));
      }
    }
    points.sort(Comparator.comparingDouble(Roofline.Point::seconds).reversed());
    List<Roofline.Point> byKind = new ArrayList<>(kinds.values());
    byKind.replaceAll(p -> renamed(p, p.operator()));
    byKind.sort(Comparator.comparingDouble(Roofline.Point::seconds).reversed());
    Roofline.Point whole =
        points.stream()
            .reduce((a, b) -> joined(a, b, peak))
            .map(p -> renamed(p, "model"))
            .orElse(point("model", "", 0, 0, 0, peak));
    List<Roofline.Point> heaviest = points.subList(0, Math.min(HEAVIEST, points.size()));
    return new Roofline(peak, whole, heaviest, byKind, warnings(count, whole, heaviest, peak));
  }

  private static long flops(NodeCount node) {
    Operations all = node.operations();
    return Math.addExact(all.flopsTotal(), Math.multiplyExact(2, all.intMacs()));
  }

  private static Roofline.Point point(
      String name, String operator, long flops, long bytes, double seconds, MachinePeak peak) {
    double intensity = bytes == 0 ? 0 : (double) flops / bytes;
    return new Roofline.Point(
        name, operator, flops, bytes, seconds, flops == 0 ? 0 : peak.attainable(intensity));
  }

  private static Roofline.Point joined(Roofline.Point a, Roofline.Point b, MachinePeak peak) {
    return point(
        a.name(),
        a.operator(),
        Math.addExact(a.flopsTotal(), b.flopsTotal()),
        Math.addExact(a.bytesMoved(), b.bytesMoved()),
        a.seconds() + b.seconds(),
        peak);
  }

  private static Roofline.Point renamed(Roofline.Point point, String name) {
    return new Roofline.Point(
        name,
        point.operator(),
        point.flopsTotal(),
        point.bytesMoved(),
        point.seconds(),
        point.attainable());
  }

  private static List<String> warnings(
      OperationCount count, Roofline.Point whole, List<Roofline.Point> heaviest, MachinePeak peak) {
    List<String> warnings = new ArrayList<>();
    if (!peak.flops().steady() || !peak.bandwidth().steady()) {
      warnings.add(
          "this machine is not steady: GEMM spread %.0f %%, bandwidth spread %.0f %%; repeat when it is quiet"
              .formatted(100 * peak.flops().spread(), 100 * peak.bandwidth().spread()));
    }
    List<Roofline.Point> all = new ArrayList<>(heaviest);
    all.add(0, whole);
    for (Roofline.Point point : all) {
      if (point.fraction() > 1) {
        warnings.add(
            "%s reaches %.2f of what was thought attainable: its data stays in a cache, or the peak was measured too low"
                .formatted(point.name(), point.fraction()));
      }
    }
    if (!count.complete()) {
      warnings.add("not every operator is counted: " + count.uncounted());
    }
    return warnings;
  }
}
