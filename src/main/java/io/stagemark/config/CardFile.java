package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Problem;
import io.stagemark.inspect.InspectedPort;
import io.stagemark.inspect.Inspector;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.fact.Grade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the file of a card says itself, for the keys that the card leaves out. */
final class CardFile {
  private static final List<String> FORMATS = List.of("onnx", "torchscript");

  private final Map<String, ModelArtifact> files;
  private final Section card;
  private final Problems problems;
  private boolean inspected;
  private Optional<ModelInspection> inspection = Optional.empty();
  private List<Problem> refusals = List.of();

  CardFile(Map<String, ModelArtifact> files, Section card, Problems problems) {
    this.files = files;
    this.card = card;
    this.problems = problems;
  }

  /** Returns what the file states or what follows; an assumed size is asked for. */
  List<ModelCard.Port> inputs() {
    Optional<ModelInspection> found = found(CardKeys.INPUTS);
    boolean assumed =
        found.isPresent()
            && found.get().inputs().stream()
                .anyMatch(input -> input.shape().grade() == Grade.ASSUMED);
    if (assumed) {
      problems.add(
          card.placeOf(CardKeys.INPUTS),
          "no inputs on the card, and sides of an image that the file leaves open",
          "the inputs with their shapes",
          CardKeys.INPUTS.line());
      return List.of();
    }
    return found.map(it -> ports(it.inputPorts(), CardKeys.INPUTS)).orElse(List.of());
  }

  List<ModelCard.Port> outputs() {
    return found(CardKeys.OUTPUTS)
        .map(it -> ports(it.outputPorts(), CardKeys.OUTPUTS))
        .orElse(List.of());
  }

  /** Returns the names of the classes that the file, or a file next to it, states. */
  List<String> labels() {
    return inspection().flatMap(ModelInspection::names).map(fact -> fact.value()).orElse(List.of());
  }

  String title() {
    return path().map(file -> String.valueOf(file.getFileName())).orElse("no title");
  }

  String licence() {
    return inspection()
        .flatMap(found -> found.declared().metadata().licence())
        .orElse("not stated");
  }

  String provenance() {
    return inspection()
        .map(found -> found.declared().origin())
        .filter(origin -> !origin.isBlank())
        .orElse("not stated");
  }

  private List<ModelCard.Port> ports(List<InspectedPort> found, Key<?> key) {
    List<ModelCard.Port> ports = new ArrayList<>();
    for (InspectedPort port : found) {
      Optional<ElementType> type = ElementType.of(port.type());
      if (type.isEmpty()) {
        problems.add(
            card.placeOf(key),
            "'%s' of type '%s' in the file".formatted(YamlText.oneLine(port.name()), port.type()),
            "tensors of numbers or of bool",
            key.line());
        return List.of();
      }
      List<Long> shape = new ArrayList<>(port.shape());
      if (port.batched()) {
        shape.set(0, ModelCard.Port.BATCH);
      }
      ports.add(new ModelCard.Port(port.name(), type.get(), shape));
    }
    return ports;
  }

  /** Returns the inspection; where there is no file to inspect, the key is missing. */
  private Optional<ModelInspection> found(Key<?> key) {
    if (path().isEmpty()) {
      problems.add(
          card.placeOf(key),
          "nothing: the key is missing, and there is no file that says it",
          key.expected(),
          key.line());
    }
    Optional<ModelInspection> found = inspection();
    problems.addAll(refusals);
    refusals = List.of();
    return found;
  }

  private Optional<ModelInspection> inspection() {
    if (!inspected) {
      inspected = true;
      inspection = path().flatMap(this::inspect);
    }
    return inspection;
  }

  private Optional<ModelInspection> inspect(Path file) {
    try {
      return Optional.of(Inspector.inspect(file, List.of(), Optional.empty()));
    } catch (BadInputException e) {
      refusals = e.problems(); // reported where the card needs what the file says
      return Optional.empty();
    }
  }

  private Optional<Path> path() {
    return FORMATS.stream()
        .flatMap(format -> Stream.ofNullable(files.get(format)))
        .map(ModelArtifact::path)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
