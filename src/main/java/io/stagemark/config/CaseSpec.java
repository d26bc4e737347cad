package io.stagemark.config;

import io.stagemark.engine.EngineSettings;
import io.stagemark.scoring.detection.CocoSettings;

/**
 * One model, engine, device, thread count and batch size: what a trial measures.
 *
 * @param model the model's card
 * @param engine name of the engine
 * @param settings what is asked of the engine
 * @param batch examples in one forward, at least 1
 */
public record CaseSpec(ModelCard model, String engine, EngineSettings settings, int batch) {

  /** Returns the same case with another evaluation of AP. */
  CaseSpec with(CocoSettings evaluation) {
    ModelCard scored =
        new ModelCard(
            model.name(),
            model.title(),
            model.licence(),
            model.provenance(),
            model.file(),
            model.files(),
            model.inputs(),
            model.outputs(),
            model.task().with(evaluation));
    return new CaseSpec(scored, engine, settings, batch);
  }

  /** Returns such as {@code centernet-mbv3-coco/onnxruntime/cpu/t2/b1}: unique within a run. */
  public String id() {
    return "%s/%s/%s/t%s/b%s"
        .formatted(model.name(), engine, settings.device(), settings.threads(), batch);
  }
}
