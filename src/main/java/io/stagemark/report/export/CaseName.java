package io.stagemark.report.export;

import io.stagemark.result.CaseResult;
import io.stagemark.result.LoadFigures;
import java.util.List;

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
 * @param streams sessions side by side
 */
record CaseName(
    String model,
    String engine,
    String device,
    int threads,
    int batch,
    String scenario,
    int streams) {
  private static final String SINGLE_STREAM = "single-stream";

  /** Returns the name of a case; two cases with equal parts have equal names. */
  static CaseName of(CaseResult one) {
    CaseResult.Key key = one.key();
    return new CaseName(
        SafeName.of(key.model()),
        SafeName.of(key.engine()),
        SafeName.of(key.device()),
        key.threads(),
        key.batch(),
        one.load().map(load -> SafeName.of(load.applied().scenario())).orElse(SINGLE_STREAM),
        one.load().map(LoadFigures::applied).map(LoadFigures.Applied::streams).orElse(1));
  }

  /** Returns the same for the second, third, … case with equal parts. */
  CaseName numbered(int number) {
    return new CaseName(model + "_" + number, engine, device, threads, batch, scenario, streams);
  }

  /** Returns whether anything but one batch after another was measured. */
  boolean underLoad() {
    return !scenario.equals(SINGLE_STREAM) || streams != 1;
  }

  /** Returns its parts, such as {@code [yolov8n, onnxruntime, cpu, t2, b1]}. */
  List<String> parts() {
    return underLoad()
        ? List.of(model, engine, device, "t" + threads, "b" + batch, scenario + "-s" + streams)
        : List.of(model, engine, device, "t" + threads, "b" + batch);
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
