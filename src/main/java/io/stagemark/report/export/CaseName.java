package io.stagemark.report.export;

import io.stagemark.result.CaseResult;
import io.stagemark.result.LoadFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What other programs know a case by: the same in every run of the same case, unique in a run, and
 * of {@link SafeName}s alone.
 *
 * @param model name of the model card
 * @param engine name of the engine
 * @param device such as {@code cpu}
 * @param threads intra-op threads of the engine
 * @param batch examples in a forward
 * @param scenario how load was applied, such as {@code single-stream}
 * @param streams sessions side by side; empty where the run looks for their number, so that it may
 *     differ from run to run
 */
record CaseName(
    String model,
    String engine,
    String device,
    int threads,
    int batch,
    String scenario,
    OptionalInt streams) {
  private static final String SINGLE_STREAM = "single-stream";

  /**
   * Returns the name of a case; two cases with equal parts have equal names.
   *
   * @param config of its run, as a tree: whether it says how many streams there are
   */
  static CaseName of(CaseResult one, Map<String, Object> config) {
    CaseResult.Key key = one.key();
    Optional<LoadFigures.Applied> load = one.timed().load().map(LoadFigures::applied);
    String scenario = load.map(LoadFigures.Applied::scenario).orElse(SINGLE_STREAM);
    boolean searched = scenario.equals("offline") && !hasStreams(config);
    return new CaseName(
        SafeName.of(key.model()),
        SafeName.of(key.engine()),
        SafeName.of(key.device()),
        key.threads(),
        key.batch(),
        SafeName.of(scenario),
        searched
            ? OptionalInt.empty()
            : OptionalInt.of(load.map(LoadFigures.Applied::streams).orElse(1)));
  }

  private static boolean hasStreams(Map<String, Object> config) {
    return config.get("measure") instanceof Map<?, ?> measure
        && measure.get("load") instanceof Map<?, ?> load
        && load.get("streams") instanceof Number;
  }

  /** Returns the same for the second, third, … case with equal parts. */
  CaseName numbered(int number) {
    return new CaseName(model + "_" + number, engine, device, threads, batch, scenario, streams);
  }

  /** Returns whether anything but one batch after another was measured. */
  boolean underLoad() {
    return !scenario.equals(SINGLE_STREAM) || streams.orElse(1) != 1;
  }

  /** Returns its parts, such as {@code [yolov8n, onnxruntime, cpu, t2, b1]}. */
  List<String> parts() {
    List<String> parts =
        new ArrayList<>(List.of(model, engine, device, "t" + threads, "b" + batch));
    if (underLoad()) {
      parts.add(scenario + (streams.isPresent() ? "-s" + streams.getAsInt() : ""));
    }
    return parts;
  }

  /** Returns its parts by their keys; a number of streams that may differ is not among them. */
  Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("model", model);
    labels.put("engine", engine);
    labels.put("device", device);
    labels.put("threads", String.valueOf(threads));
    labels.put("batch", String.valueOf(batch));
    labels.put("scenario", scenario);
    streams.ifPresent(count -> labels.put("streams", String.valueOf(count)));
    return labels;
  }

  /** Returns such as {@code yolov8n/onnxruntime/cpu/t2/b1}; load has one part more. */
  String path() {
    return String.join("/", parts());
  }

  /** Returns such as {@code yolov8n/onnxruntime/cpu/t2/b1/forward}. */
  String path(String stage) {
    return path() + "/" + SafeName.of(stage);
  }
}
