package io.stagemark.config;

import io.stagemark.data.ElementType;
import io.stagemark.data.Quantization;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.DrawRange;
import io.stagemark.preprocess.DerivedValue;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the inputs and outputs of a model card. */
final class PortReader {
  private static final List<Key<?>> OF_INPUTS =
      List.of(CardKeys.VALUE, CardKeys.DRAWN_FROM, CardKeys.DERIVE);
  private static final Set<ElementType> QUANTIZED =
      EnumSet.of(ElementType.INT8, ElementType.UINT8, ElementType.INT16, ElementType.UINT16);

  private final Problems problems;
  private final Map<String, Quantization> quantizations = new LinkedHashMap<>();
  private final Map<String, DerivedValue> derived = new LinkedHashMap<>();
  private final Map<String, Section> derivedPorts = new LinkedHashMap<>();

  PortReader(Problems problems) {
    this.problems = problems;
  }

  List<ModelCard.Port> inputs(Section card) {
    List<ModelCard.Port> ports = new ArrayList<>();
    for (Section port : sections(card, CardKeys.INPUTS)) {
      if (port.has(CardKeys.ACTIVATION)) {
        refuseKey(
            port,
            CardKeys.ACTIVATION,
            "the activation of an input",
            "nothing here: an activation is the last step of an output");
      }
      quantization(port);
      derived(port);
      ports.add(
          new ModelCard.Port(
              port.get(CardKeys.PORT_NAME),
              port.get(CardKeys.TYPE),
              shape(port),
              Optional.empty(),
              value(port),
              range(port)));
    }
    return ports;
  }

  List<ModelCard.Port> outputs(Section card) {
    List<ModelCard.Port> ports = new ArrayList<>();
    for (Section port : sections(card, CardKeys.OUTPUTS)) {
      for (Key<?> key : OF_INPUTS) {
        if (port.has(key)) {
          refuseKey(
              port, key, "the " + key.name() + " of an output", "nothing here: it is computed");
        }
      }
      quantization(port);
      ports.add(
          new ModelCard.Port(
              port.get(CardKeys.PORT_NAME),
              port.get(CardKeys.TYPE),
              shape(port),
              port.find(CardKeys.ACTIVATION)));
    }
    return ports;
  }

  /** Returns how the inputs and outputs that were read stand for real numbers, by name. */
  Map<String, Quantization> quantizations() {
    return quantizations;
  }

  /** Returns what the inputs that were read are made from, by name. */
  Map<String, DerivedValue> derived() {
    return derived;
  }

  private void quantization(Section port) {
    Optional<Section> section = port.child(CardKeys.QUANTIZATION);
    if (section.isEmpty()) {
      return;
    }
    Section keys = section.get().knowing(CardKeys.QUANTIZATION_KEYS);
    ElementType type = port.get(CardKeys.TYPE);
    if (!QUANTIZED.contains(type)) {
      refuseKey(
          port,
          CardKeys.QUANTIZATION,
          "the quantization of " + type.text(),
          "nothing here: only int8, uint8, int16 and uint16 are quantised");
      return;
    }
    quantizations.put(
        port.get(CardKeys.PORT_NAME),
        new Quantization(
            keys.get(CardKeys.QUANTIZATION_SCALE), keys.get(CardKeys.ZERO_POINT).intValue()));
  }

  private void derived(Section port) {
    Optional<DerivedValue> derive = port.find(CardKeys.DERIVE);
    if (derive.isEmpty()) {
      return;
    }
    String name = PreprocessSettings.configName(derive.get());
    for (Key<?> key : List.of(CardKeys.VALUE, CardKeys.DRAWN_FROM, CardKeys.QUANTIZATION)) {
      if (port.has(key)) {
        refuseKey(
            port, key, key.name() + " beside derive: " + name, "one of the two: derive fills it");
      }
    }
    ElementType type = port.get(CardKeys.TYPE);
    if (derive.get().isFraction() && !type.isFloating()) {
      refuse(
          port,
          CardKeys.DERIVE,
          name + " in " + type.text() + ", which holds no fractions",
          "a type of floating point, or sizes in whole pixels");
      return;
    }
    derived.put(port.get(CardKeys.PORT_NAME), derive.get());
    derivedPorts.put(port.get(CardKeys.PORT_NAME), port);
  }

  /** Returns the inputs that examples fill. */
  List<ModelCard.Port> filled(List<ModelCard.Port> inputs) {
    return inputs.stream()
        .filter(port -> port.value().isEmpty() && !derived.containsKey(port.name()))
        .toList();
  }

  /** Checks that derived inputs have the extents of their values. */
  void checkDerived(List<ModelCard.Port> inputs, Optional<PreprocessSettings> preprocess) {
    Optional<TensorSpec> image = filled(inputs).stream().map(port -> port.withBatch(1)).findFirst();
    derived.forEach(
        (name, value) -> {
          Section port = Objects.requireNonNull(derivedPorts.get(name));
          if (preprocess.isEmpty() || image.isEmpty()) {
            refuse(
                port,
                CardKeys.DERIVE,
                "a value of pictures, of a model without preprocess",
                "a card whose preprocess fills the image input");
            return;
          }
          List<Long> shape = image.get().shape();
          boolean channelsFirst = preprocess.get().layout() == Layout.NCHW;
          TensorSpec spec =
              inputs.stream()
                  .filter(it -> it.name().equals(name))
                  .map(it -> it.withBatch(1))
                  .findFirst()
                  .orElseThrow();
          if (shape.size() == 4 && image.get().isStatic() && spec.isStatic()) {
            checkExtents(
                port,
                spec,
                value,
                shape.get(channelsFirst ? 3 : 2),
                shape.get(channelsFirst ? 2 : 1));
          }
        });
  }

  private void checkExtents(
      Section port, TensorSpec spec, DerivedValue value, long widthPx, long heightPx) {
    long batch = spec.shape().isEmpty() ? 1 : spec.shape().get(0);
    if (!value.fits(spec, 1, widthPx, heightPx) && !value.fits(spec, batch, widthPx, heightPx)) {
      refuse(
          port,
          CardKeys.SHAPE,
          spec + ", derived as " + PreprocessSettings.configName(value),
          value.expected(widthPx, heightPx));
    }
  }

  private static List<Section> sections(Section card, Key<MappingNode> key) {
    return card.children(key).stream().map(port -> port.knowing(CardKeys.PORT_KEYS)).toList();
  }

  private static List<Long> shape(Section port) {
    return port.list(CardKeys.SHAPE).stream().map(Section.Entry::value).toList();
  }

  /** Returns one number, or one for each element of an example; none where they do not fit. */
  private List<Double> value(Section port) {
    List<Double> value = numbers(port, CardKeys.VALUE);
    if (value.isEmpty()) {
      return value;
    }
    List<Long> shape = shape(port);
    if (shape.contains(TensorSpec.DYNAMIC)) {
      refuse(
          port,
          CardKeys.VALUE,
          "a value of an input whose extents depend on the data",
          "a known shape, such as [N, 2]");
      return List.of();
    }
    long elements = 1;
    for (long extent : shape) {
      elements = saturated(elements, extent == ModelCard.Port.BATCH ? 1 : extent);
    }
    if (value.size() != 1 && value.size() != elements) {
      refuse(
          port,
          CardKeys.VALUE,
          value.size() + " numbers",
          "1 number, or %d: one for each element of an example".formatted(elements));
      return List.of();
    }
    return value;
  }

  private Optional<DrawRange> range(Section port) {
    List<Double> ends = numbers(port, CardKeys.DRAWN_FROM);
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    if (ends.size() != 2 || ends.get(0) > ends.get(1)) {
      refuse(
          port,
          CardKeys.DRAWN_FROM,
          ends.size() == 2 ? "a lowest value above the highest" : ends.size() + " numbers",
          "the lowest and the highest value");
      return Optional.empty();
    }
    return Optional.of(new DrawRange(ends.get(0), ends.get(1)));
  }

  /** Returns the numbers of a key; none where the input's type does not hold one of them. */
  private List<Double> numbers(Section port, Key<Double> key) {
    if (!port.has(key)) {
      return List.of();
    }
    ElementType type = port.get(CardKeys.TYPE);
    List<Double> numbers = new ArrayList<>();
    for (Section.Entry<Double> entry : port.list(key)) {
      if (!TensorElements.holds(type, entry.value())) {
        problems.add(
            entry.place(),
            ValueRange.shortest(entry.value()),
            "a number that " + type.text() + " holds",
            key.line());
        return List.of();
      }
      numbers.add(entry.value());
    }
    return numbers;
  }

  private void refuse(Section port, Key<?> key, String found, String expected) {
    problems.add(port.placeOf(key), found, expected, key.line());
  }

  /** A key of the other kind of tensor. */
  private void refuseKey(Section port, Key<?> key, String found, String expected) {
    problems.add(port.placeOf(key), found, expected, "remove this key");
  }

  private static long saturated(long product, long extent) {
    return Math.multiplyHigh(product, extent) == 0 && product * extent > 0
        ? product * extent
        : Long.MAX_VALUE;
  }
}
