package io.stagemark.draft;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Problem;
import io.stagemark.inspect.InspectedInput;
import io.stagemark.inspect.InspectedPort;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.head.Head;
import io.stagemark.inspect.prep.InputFill;
import io.stagemark.inspect.prep.Preparation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the card of an inspected model. What was assumed is marked, line by line. */
final class CardDraft {
  private static final int CATEGORIES = 91;

  private final ModelInspection found;
  private final boolean images;
  private final StringBuilder text = new StringBuilder();

  private CardDraft(ModelInspection found) {
    this.found = found;
    this.images = takesImages(found);
  }

  /** Returns whether the examples are images: their preparation is known, stated or assumed. */
  static boolean takesImages(ModelInspection found) {
    return found.preparation().isPresent();
  }

  /**
   * Writes a card.
   *
   * @param name of the model
   * @param path of the model file, as the card names it
   * @throws BadInputException if an input or output has a type or a rank that no card can say
   */
  static String of(ModelInspection found, String name, String path) throws BadInputException {
    return new CardDraft(found).write(name, path);
  }

  /**
   * Returns the names of the classes: the file's, else one made of its number for each class of a
   * head that has scores by class. A network that selects its detections does not say how many
   * classes it has: as many as COCO's category numbers reach.
   */
  static List<String> names(ModelInspection found) {
    if (found.names().isPresent()) {
      return distinct(found.names().get().value());
    }
    int classes =
        decoded(found)
            .map(head -> head.classes().orElse(head.isDetector() ? CATEGORIES : 0))
            .orElse(0);
    return IntStream.range(0, classes).mapToObj(each -> "class-" + each).toList();
  }

  /** A name that is empty or was there before gets its number: a line each, each one once. */
  private static List<String> distinct(List<String> stated) {
    List<String> names = new ArrayList<>();
    for (String name : stated) {
      String line = name.replaceAll("\\p{Cntrl}+", " ").strip();
      boolean usable = !line.isEmpty() && !names.contains(line);
      names.add(usable ? line : (line.isEmpty() ? "class" : line) + "-" + names.size());
    }
    return names;
  }

  private static Optional<Head> decoded(ModelInspection found) {
    return found.head().filter(head -> head.decoder().isPresent());
  }

  private String write(String name, String path) throws BadInputException {
    line(
        "# Drafted by ./stagemark init from the file alone. \"assumed: check\" marks a convention");
    line("# that nothing in the file confirms. Every key: models/README.md.");
    line("name: " + YamlValue.text(name));
    line("title: " + YamlValue.text(String.valueOf(found.file().getFileName())));
    Optional<String> licence = found.declared().metadata().licence();
    line(
        "licence: "
            + YamlValue.text(licence.orElse("not stated by the file"))
            + (licence.isPresent() ? " # stated: metadata license" : " # check"));
    line("provenance: " + YamlValue.text(provenance()));
    line("task: %s %s".formatted(found.task().value(), mark(found.task())));
    line("");
    line("files:");
    line("  %s:".formatted(found.declared().format()));
    line("    path: " + YamlValue.text(path));
    line("    sha256: " + found.sha256());
    line("");
    inputs();
    outputs();
    if (images) {
      preprocess(found.preparation().orElseThrow());
    }
    decoded(found).ifPresentOrElse(this::decoder, this::noDecoder);
    labels();
    return text.toString();
  }

  private String provenance() {
    String origin = found.declared().origin();
    return origin.isBlank() ? "not stated by the file" : origin;
  }

  private void inputs() throws BadInputException {
    line("inputs:");
    for (int i = 0; i < found.inputs().size(); i++) {
      InspectedPort port = found.inputPorts().get(i);
      InspectedInput input = found.inputs().get(i);
      line(
          "  - {name: %s, type: %s, shape: %s%s} %s"
              .formatted(
                  YamlValue.text(port.name()),
                  type("input", port),
                  shape(port),
                  filled(input),
                  YamlValue.comment(notes(input))));
    }
  }

  /**
   * Returns what the card writes of an input that no image fills. With images an example fills the
   * picture alone: what would be drawn is 0 then.
   */
  private Optional<Fact<InputFill>> written(InspectedInput input) {
    return input
        .fill()
        .map(
            fill ->
                images && fill.value().value().isEmpty()
                    ? Fact.assumed(new InputFill(List.of(0.0), List.of()), "an example is an image")
                    : fill)
        .filter(fill -> !fill.value().isUnknown());
  }

  private String filled(InspectedInput input) {
    return written(input)
        .map(Fact::value)
        .map(
            fill ->
                fill.value().isEmpty()
                    ? ", range: " + YamlValue.numbers(fill.range())
                    : ", value: " + YamlValue.numbers(fill.value()))
        .orElse("");
  }

  private String notes(InspectedInput input) {
    List<String> notes = new ArrayList<>();
    notes.add(words(input.shape()));
    written(input).ifPresent(fill -> notes.add(fill.value().text() + ", " + words(fill)));
    return String.join("; ", notes);
  }

  private void outputs() throws BadInputException {
    line("outputs:");
    for (OutputSignature output : found.trace().outputs()) {
      if (!output.ranked()) {
        throw problem(
            "output '" + output.name() + "'",
            "an output whose number of axes neither the file nor its graph gives",
            "a known number of axes");
      }
    }
    List<InspectedPort> ports = found.outputPorts();
    for (int i = 0; i < ports.size(); i++) {
      InspectedPort port = ports.get(i);
      Optional<String> last =
          i == 0 ? activation(found.trace().outputs().get(0)) : Optional.empty();
      line(
          "  - {name: %s, type: %s, shape: %s%s}%s"
              .formatted(
                  YamlValue.text(port.name()),
                  type("output", port),
                  shape(port),
                  last.map(each -> ", activation: " + each).orElse(""),
                  last.isPresent() ? " # assumed: check, the graph does not end in it" : ""));
    }
  }

  /** The scores of a classifier are logits where its graph does not end in a softmax. */
  private Optional<String> activation(OutputSignature output) {
    String decoder = decoded(found).flatMap(Head::decoder).orElse("");
    if (output.endsIn("Softmax", "Sigmoid", "LogSoftmax")) {
      return Optional.empty();
    }
    return switch (decoder) {
      case "classification" -> Optional.of("softmax");
      case "binary" -> Optional.of("sigmoid");
      default -> Optional.empty();
    };
  }

  private static String shape(InspectedPort port) {
    List<String> extents = new ArrayList<>();
    for (int axis = 0; axis < port.shape().size(); axis++) {
      long extent = port.shape().get(axis);
      boolean batch = axis == 0 && port.batched();
      extents.add(batch ? "N" : extent < 0 ? "\"?\"" : Long.toString(extent));
    }
    return extents.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  private String type(String what, InspectedPort port) throws BadInputException {
    if (ElementType.of(port.type()).isPresent()) {
      return port.type();
    }
    throw problem(
        "%s '%s'".formatted(what, port.name()),
        port.type().isEmpty() ? "no type of elements" : "elements of type " + port.type(),
        "a tensor of numbers or of bool");
  }

  private BadInputException problem(String where, String what, String expected) {
    return new BadInputException(
        new Problem(found.file() + ": " + where, what, expected, "export the model again"));
  }

  private void preprocess(Preparation prep) {
    line("");
    line("preprocess:");
    line("  resize: %s %s".formatted(prep.resize().value(), mark(prep.resize())));
    line("  interpolation: opencv-linear # assumed: check");
    line("  color: %s %s".formatted(prep.color().value(), mark(prep.color())));
    line("  layout: %s %s".formatted(prep.layout().value(), mark(prep.layout())));
    String values = mark(prep.normalisation());
    line("  scale: %s %s".formatted(number(prep.normalisation().value().scale()), values));
    line("  mean: %s".formatted(YamlValue.numbers(prep.normalisation().value().mean())));
    line("  std: %s".formatted(YamlValue.numbers(prep.normalisation().value().std())));
    prep.padValue().ifPresent(pad -> line("  padValue: " + number(pad)));
  }

  private void decoder(Head head) {
    line("");
    line("decoder: " + YamlValue.comment(words(head.grade(), head.source())));
    String type = head.decoder().orElseThrow();
    line("  type: " + type);
    if (!head.parameters().isEmpty()) {
      line("  parameters:");
      Map<String, String> sorted = new TreeMap<>(head.parameters());
      sorted.forEach((name, value) -> line("    %s: %s".formatted(name, parameter(value))));
    }
  }

  /** Returns a parameter as YAML: several numbers are a list. */
  private static String parameter(String value) {
    return value.contains(" ") ? "[" + value.replace(" ", ", ") + "]" : value;
  }

  /** Says that images are timed through a network whose outputs stay as they are. */
  private void noDecoder() {
    if (images) {
      line("");
      line("decoder: {type: none} # the outputs stay as they are: timed, and scored as tensors");
    }
  }

  private void labels() {
    if (names(found).isEmpty()) {
      return;
    }
    line("");
    line(
        "labels: {file: %s} %s"
            .formatted(
                ModelDraft.CLASSES,
                found
                    .names()
                    .map(CardDraft::mark)
                    .orElse("# assumed: check, the file has no names")));
  }

  private static String mark(Fact<?> fact) {
    return YamlValue.comment(words(fact));
  }

  private static String words(Fact<?> fact) {
    return words(fact.grade(), fact.source());
  }

  private static String words(Grade grade, String source) {
    String graded = grade == Grade.ASSUMED ? "assumed: check" : grade.text();
    return source.isEmpty() ? graded : graded + " (" + source + ")";
  }

  private static String number(double value) {
    return InputFill.number(value);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
