package io.stagemark.run.record;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.Stage;
import io.stagemark.data.TensorSpec;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.StageFormulas;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.result.StageOperations;
import io.stagemark.scoring.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operations of each stage of a case, of a batch: the forward from its graph, the stages around it
 * by the formulas of {@link StageFormulas}. Decoding a file is not counted: its work depends on the
 * data.
 */
final class StageCounting {
  private StageCounting() {}

  static List<StageOperations> of(CaseSpec spec, OperationCount forward) {
    List<StageOperations> stages = new ArrayList<>();
    preprocess(spec).ifPresent(stages::add);
    stages.add(
        record(
            Stage.FORWARD,
            forward.total(),
            "the graph" + (forward.complete() ? "" : ", not complete: see the count's remarks")));
    postprocess(spec).ifPresent(stages::add);
    return stages;
  }

  private static StageOperations record(Stage stage, Operations o, String note) {
    return new StageOperations(
        stage.label(),
        Math.addExact(o.macs(), o.intMacs()),
        o.elementwise(),
        o.special(),
        o.comparisons(),
        note);
  }

  private static Optional<StageOperations> preprocess(CaseSpec spec) {
    Optional<PreprocessSettings> settings = spec.model().task().preprocess();
    List<TensorSpec> inputs = spec.model().openInputs(spec.batch());
    if (settings.isEmpty() || inputs.isEmpty() || !inputs.get(0).isStatic()) {
      return Optional.empty();
    }
    long elements = inputs.get(0).elements();
    Operations all = resize(settings.get(), elements);
    String note = "%s of every input element".formatted(name(settings.get()));
    if (normalises(settings.get())) {
      all = all.plus(StageFormulas.normalise(elements));
      note += " + normalisation";
    }
    return Optional.of(record(Stage.PREPROCESS, all, note));
  }

  private static String name(PreprocessSettings settings) {
    String name = PreprocessSettings.configName(settings.interpolation());
    return switch (settings.interpolation()) {
      case PILLOW_BILINEAR, AREA ->
          name + " (a lower bound: as if the source were no larger than the input)";
      default -> name;
    };
  }

  private static Operations resize(PreprocessSettings settings, long elements) {
    return switch (settings.interpolation()) {
      case NEAREST -> Operations.NONE;
      case CUBIC -> StageFormulas.cubicResize(elements);
      case OPENCV_LINEAR, PILLOW_BILINEAR, AREA -> StageFormulas.bilinearResize(elements);
    };
  }

  private static boolean normalises(PreprocessSettings settings) {
    return settings.scale() != 1
        || settings.mean().stream().anyMatch(mean -> mean != 0)
        || settings.std().stream().anyMatch(std -> std != 1);
  }

  private static Optional<StageOperations> postprocess(CaseSpec spec) {
    List<TensorSpec> outputs = spec.model().outputs(spec.batch());
    if (spec.model().task().task().equals("tensors")) {
      return Optional.empty();
    }
    if (!outputs.stream().allMatch(TensorSpec::isStatic)) {
      return Optional.empty();
    }
    Optional<DecoderSettings> boxDecoder = // classifiers and masks have a decoder section, no boxes
        spec.model().task().decoder().filter(it -> Decoders.find(it.type()).isPresent());
    return Optional.of(
        boxDecoder
            .map(it -> boxes(it, outputs, spec.batch()))
            .orElseGet(() -> classes(spec, outputs)));
  }

  /** The last step that the network leaves out, and one comparison for each score. */
  private static StageOperations classes(CaseSpec spec, List<TensorSpec> outputs) {
    Operations all = Operations.NONE;
    String note = "one comparison for each score";
    for (TensorSpec output : outputs) {
      long scores = output.elements();
      all = all.plus(StageFormulas.threshold(scores, 1));
      Activation last = spec.model().task().activations().get(output.name());
      long n = Math.max(1, spec.model().task().labels().names().size());
      if (last == Activation.SIGMOID) {
        all = all.plus(StageFormulas.sigmoid(scores));
        note += " + sigmoid";
      } else if (last == Activation.SOFTMAX) {
        all = all.plus(StageFormulas.softmax(scores / n, n));
        note += " + softmax";
      }
    }
    return record(Stage.POSTPROCESS, all, note);
  }

  /**
   * One comparison for each output element; then as many boxes as may enter the suppression, each
   * decoded, each pair compared: what really runs depends on the data, and is less.
   */
  private static StageOperations boxes(
      DecoderSettings decoder, List<TensorSpec> outputs, int batch) {
    long elements = outputs.stream().mapToLong(TensorSpec::elements).sum();
    long candidates = Math.min(decoder.preNmsTopK(), elements / batch);
    Operations each = StageFormulas.decodeBoxes(candidates);
    String note = "an upper bound: one comparison for each output element, ";
    if (Decoders.find(decoder.type()).filter(it -> !it.needsNms()).isPresent()) {
      note += "%d boxes decoded".formatted(candidates);
    } else {
      each = each.plus(StageFormulas.suppress(candidates));
      note += "%d boxes decoded and every pair of them compared".formatted(candidates);
    }
    return record(
        Stage.POSTPROCESS, StageFormulas.threshold(elements, 1).plus(each.times(batch)), note);
  }
}
