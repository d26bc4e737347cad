package io.stagemark.config;

import io.stagemark.data.NearestName;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.LayoutException;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.postprocess.nms.RotatedNms;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads the section {@code decoder} of a card, and compares it with the card's own outputs and
 * class names: what binding would refuse later is reported here with its line.
 */
final class DecoderReader {
  static final String DETECTION = "detection";

  private static final String TENSORS = "tensors";

  /** What a card may say of a task whose outputs stay as they are. */
  private static final String NONE = "none";

  private static final Map<String, List<String>> OTHER_DECODERS =
      Map.of(
          "classification",
          List.of("binary", "classification"),
          "segmentation",
          List.of("binary", "classification"),
          TENSORS,
          List.of(NONE));

  private static final List<Key<?>> NMS_KEYS =
      List.of(
          CardKeys.NMS, CardKeys.NMS_PARAMETER, CardKeys.IOU_THRESHOLD, CardKeys.CLASS_AGNOSTIC);

  private final Problems problems;
  private final String task;
  private final List<ModelCard.Port> inputs;
  private final List<ModelCard.Port> outputs;
  private final Optional<PreprocessSettings> preprocess;

  /**
   * @param task of the card
   * @param preprocess of the card, which says which axes of the input are its sides
   */
  DecoderReader(
      Problems problems,
      String task,
      List<ModelCard.Port> inputs,
      List<ModelCard.Port> outputs,
      Optional<PreprocessSettings> preprocess) {
    this.problems = problems;
    this.task = task;
    this.inputs = inputs;
    this.outputs = outputs;
    this.preprocess = preprocess;
  }

  /**
   * Returns the settings; empty if the card has none, says {@code type: none}, or they are wrong,
   * which is then reported.
   *
   * @param classes number of class names
   * @param cardIsFine whether nothing was wrong with the rest of the card: layouts are compared
   *     only with cards that are otherwise right
   */
  Optional<DecoderSettings> read(Section card, int classes, boolean cardIsFine) {
    return card.child(CardKeys.DECODER)
        .map(it -> it.knowing(CardKeys.DECODER_KEYS))
        .flatMap(it -> checked(it, classes, cardIsFine));
  }

  private Optional<DecoderSettings> checked(Section section, int classes, boolean cardIsFine) {
    int before = problems.count();
    Map<String, String> parameters = parameters(section);
    DecoderSettings settings =
        new DecoderSettings(
            name(section.get(CardKeys.DECODER_TYPE)),
            section.get(CardKeys.SCORE_THRESHOLD),
            section.get(CardKeys.IOU_THRESHOLD),
            section.get(CardKeys.PRE_NMS_TOP_K).intValue(),
            section.get(CardKeys.MAX_DETECTIONS).intValue(),
            parameters,
            section.has(CardKeys.NMS) ? section.get(CardKeys.NMS) : usualNms(section),
            section.find(CardKeys.NMS_PARAMETER).stream().mapToDouble(each -> each).findFirst(),
            section.get(CardKeys.CLASS_AGNOSTIC),
            section.get(CardKeys.MULTI_LABEL),
            section.list(CardKeys.CLASS_IDS).stream()
                .map(each -> each.value().intValue())
                .toList());
    boolean boxes = knowsType(section, settings.type());
    if (!boxes && problems.count() == before && OTHER_DECODERS.containsKey(task)) {
      refuseBoxKeys(section, settings.type());
    }
    if (!boxes || problems.count() > before) {
      boolean none = problems.count() > before || task.equals(TENSORS);
      return none ? Optional.empty() : Optional.of(settings);
    }
    checkNms(section, settings);
    checkMultiLabel(section, settings);
    checkClassIds(section, classes);
    if (cardIsFine && problems.count() == before) {
      checkLayout(section, settings, classes);
    }
    return problems.count() == before ? Optional.of(settings) : Optional.empty();
  }

  private NmsMethod usualNms(Section section) {
    return task.equals(DETECTION)
        ? Decoders.find(section.get(CardKeys.DECODER_TYPE))
            .map(Decoder::usualNms)
            .orElse(NmsMethod.HARD)
        : section.get(CardKeys.NMS);
  }

  /** Returns the present name of a decoder that a card calls by a former one. */
  private String name(String type) {
    return task.equals(DETECTION) ? Decoders.find(type).map(Decoder::name).orElse(type) : type;
  }

  /** Returns whether this is a box decoder; reports a name that the task does not have. */
  private boolean knowsType(Section section, String type) {
    List<String> names =
        task.equals(DETECTION) ? Decoders.names() : OTHER_DECODERS.getOrDefault(task, List.of());
    boolean known = task.equals(DETECTION) ? Decoders.find(type).isPresent() : names.contains(type);
    if (section.has(CardKeys.DECODER_TYPE) && !names.isEmpty() && !known) {
      problems.add(
          section.placeOf(CardKeys.DECODER_TYPE),
          YamlText.oneLine(type) + ": task " + task + " has no such decoder",
          "one of: " + String.join(", ", names),
          type.equals(NONE)
              ? "task: tensors, whose outputs stay as they are"
              : task.equals(TENSORS) && Decoders.find(type).isPresent()
                  ? "task: detection"
                  : "type: " + NearestName.of(type, names).orElse(names.get(0)));
    }
    return task.equals(DETECTION) && known;
  }

  /** Classes and pixels have one threshold at most, and nothing of what boxes need. */
  private void refuseBoxKeys(Section section, String type) {
    for (Key<?> key : CardKeys.DECODER_KEYS) {
      boolean used =
          key.equals(CardKeys.DECODER_TYPE)
              || (key.equals(CardKeys.SCORE_THRESHOLD) && type.equals("binary"));
      if (section.has(key) && !used) {
        problems.add(
            section.placeOf(key),
            "a key that decoder " + type + " does not use",
            type.equals("binary") ? "type and scoreThreshold" : "type alone",
            "remove this key");
      }
    }
  }

  private Map<String, String> parameters(Section decoder) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Optional<Section> section = decoder.child(CardKeys.PARAMETERS);
    String type = decoder.find(CardKeys.DECODER_TYPE).orElse("");
    boolean boxes = task.equals(DETECTION) && Decoders.find(type).isPresent();
    if (section.isEmpty() || !boxes) {
      return parameters;
    }
    List<DecoderParameter> known = Decoders.get(type).parameters();
    for (Map.Entry<String, NodeTuple> each : section.get().tuples().entrySet()) {
      String name = each.getKey();
      Place place = Place.of(each.getValue().getKeyNode(), section.get().child(name));
      Optional<DecoderParameter> parameter =
          known.stream().filter(it -> it.name().equals(name)).findFirst();
      if (parameter.isEmpty()) {
        refuseParameter(place, type, known, name, each.getValue().getValueNode());
        continue;
      }
      Optional<String> value = value(section.get(), parameter.get());
      value.ifPresent(text -> parameters.put(name, text));
      value.ifPresent(text -> checkParameter(place, parameter.get(), text));
    }
    return parameters;
  }

  /** Returns a value as text; empty if it is of another form, which is then reported. */
  private static Optional<String> value(Section section, DecoderParameter parameter) {
    String name = parameter.name();
    String example = parameter.written();
    return switch (parameter.form()) {
      case WORD -> section.find(Key.required(name, ValueRange.text(parameter.expected()), example));
      case NUMBER ->
          section
              .find(Key.required(name, ValueRange.finite(), example))
              .map(DecoderParameter::text);
      case NUMBERS ->
          Optional.of(
              section.list(Key.required(name, ValueRange.finite(), "[1]").list()).stream()
                  .map(each -> DecoderParameter.text(each.value()))
                  .collect(Collectors.joining(" ")));
    };
  }

  private void refuseParameter(
      Place place, String type, List<DecoderParameter> known, String name, Node value) {
    List<String> names = known.stream().map(DecoderParameter::name).toList();
    problems.add(
        place,
        "a parameter that decoder " + type + " does not have",
        names.isEmpty() ? "no parameters" : "one of: " + String.join(", ", names),
        NearestName.of(name, names)
            .filter(near -> value instanceof ScalarNode)
            .map(near -> near + ": " + YamlText.oneLine(((ScalarNode) value).getValue()))
            .orElse("remove it"));
  }

  private void checkParameter(Place place, DecoderParameter parameter, String value) {
    if (!parameter.allows(value)) {
      String fallback = parameter.written();
      problems.add(
          place,
          YamlText.oneLine(value),
          parameter.expected() + (fallback.isEmpty() ? "" : " (default " + fallback + ")"),
          fallback.isEmpty() ? "remove it" : parameter.name() + ": " + fallback);
    }
  }

  private void checkNms(Section section, DecoderSettings settings) {
    if (!Decoders.needsNms(settings.type())) {
      refuseNms(section, settings.type());
      return;
    }
    Set<ObjectPart> parts = Decoders.parts(settings.type(), settings.parameters());
    boolean rotated = parts.contains(ObjectPart.ROTATED_BOX);
    if (rotated && !RotatedNms.METHODS.contains(settings.nms())) {
      problems.add(
          section.placeOf(CardKeys.NMS),
          "%s for decoder %s, whose boxes are rotated"
              .formatted(PreprocessSettings.configName(settings.nms()), settings.type()),
          "a rule for rotated boxes: hard, fast, ultralytics or none",
          "nms: ultralytics");
    } else if (settings.nms() == NmsMethod.WEIGHTED_FUSION && !parts.isEmpty()) {
      problems.add(
          section.placeOf(CardKeys.NMS),
          "weighted-fusion for decoder %s: a fused box has no mask and no key points of its own"
              .formatted(settings.type()),
          "a rule that keeps boxes as they are, such as hard",
          "nms: hard");
    }
    if (section.has(CardKeys.NMS_PARAMETER) && !settings.nms().hasParameter()) {
      problems.add(
          section.placeOf(CardKeys.NMS_PARAMETER),
          "a parameter of rule "
              + PreprocessSettings.configName(settings.nms())
              + ", which has none",
          "a parameter for soft-gaussian, matrix-gaussian, opencv-soft or diou alone",
          "remove this key");
    }
    if (section.has(CardKeys.IOU_THRESHOLD) && !settings.nms().hasIouThreshold()) {
      problems.add(
          section.placeOf(CardKeys.IOU_THRESHOLD),
          "a threshold of rule "
              + PreprocessSettings.configName(settings.nms())
              + ", which has none",
          "a threshold for a rule that compares overlaps with it, such as hard",
          "remove this key");
    }
    if (settings.nmsParameter().isPresent() && settings.nmsParameter().getAsDouble() == 0) {
      problems.add(
          section.placeOf(CardKeys.NMS_PARAMETER),
          "0",
          "a number in (0, 1000]: it divides, or is an exponent",
          CardKeys.NMS_PARAMETER.line());
    }
  }

  private void checkMultiLabel(Section section, DecoderSettings settings) {
    if (settings.multiLabel() && !Decoders.get(settings.type()).hasMultiLabel()) {
      problems.add(
          section.placeOf(CardKeys.MULTI_LABEL),
          "true for decoder " + settings.type() + ", whose boxes have one class each",
          "multiLabel for a decoder with a score a class, such as yolov8",
          "remove this key");
    }
    if (settings.classAgnostic() && settings.nms() == NmsMethod.NONE) {
      problems.add(
          section.placeOf(CardKeys.CLASS_AGNOSTIC),
          "true for rule none, which suppresses nothing",
          "classAgnostic for a rule that suppresses, such as hard",
          "remove this key");
    }
  }

  private void refuseNms(Section section, String type) {
    for (Key<?> key : NMS_KEYS) {
      if (section.has(key)) {
        problems.add(
            section.placeOf(key),
            "a rule for decoder " + type + ", whose boxes are not suppressed",
            "no rule",
            "remove this key");
      }
    }
  }

  private void checkClassIds(Section section, int classes) {
    for (Section.Entry<Long> id : section.list(CardKeys.CLASS_IDS)) {
      if (id.value() >= classes) {
        problems.add(
            id.place(),
            "class " + id.value() + " of a model with " + classes + " class names",
            classes == 0 ? "no class: the card has no labels" : "from 0 to " + (classes - 1),
            "classIds: []");
      }
    }
  }

  /** Checks that the card's outputs are those that the decoder reads; a problem names both. */
  private void checkLayout(Section section, DecoderSettings settings, int classes) {
    List<TensorSpec> specs = outputs.stream().map(port -> port.withBatch(1)).toList();
    // an input with a value is none that an image fills
    List<ModelCard.Port> images = inputs.stream().filter(port -> port.value().isEmpty()).toList();
    boolean known =
        preprocess.isPresent()
            && images.size() == 1
            && images.get(0).shape().size() == 4
            && !images.get(0).shape().contains(TensorSpec.DYNAMIC);
    boolean selected = !Decoders.needsNms(settings.type());
    if (!known || !(selected || specs.stream().allMatch(TensorSpec::isStatic))) {
      return; // a shape that depends on the data is known only to the engine
    }
    boolean channelsFirst = preprocess.get().layout() == Layout.NCHW;
    try {
      Decoders.create(
          new Head(
              settings.type(),
              classes,
              specs,
              Math.toIntExact(images.get(0).shape().get(channelsFirst ? 3 : 2)),
              Math.toIntExact(images.get(0).shape().get(channelsFirst ? 2 : 1)),
              settings.parameters()));
    } catch (LayoutException e) {
      problems.add(
          section.placeOf(CardKeys.DECODER_TYPE),
          "outputs %s; labels: %d".formatted(specs, classes),
          e.expected(),
          e.tryThis());
    } catch (IllegalArgumentException e) { // of a decoder that this program does not know
      problems.add(
          section.placeOf(CardKeys.DECODER_TYPE),
          "outputs %s; labels: %d".formatted(specs, classes),
          "what decoder " + settings.type() + " reads: " + e.getMessage(),
          "the decoder of this model (decoder.type)");
    }
  }
}
