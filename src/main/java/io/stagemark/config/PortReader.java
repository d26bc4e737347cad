package io.stagemark.config;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.DrawRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the inputs and outputs of a model card. */
final class PortReader {
  private static final List<Key<?>> OF_INPUTS = List.of(CardKeys.VALUE, CardKeys.DRAWN_FROM);

  private final Problems problems;

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
      ports.add(
          new ModelCard.Port(
              port.get(CardKeys.PORT_NAME),
              port.get(CardKeys.TYPE),
              shape(port),
              port.find(CardKeys.ACTIVATION)));
    }
    return ports;
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
