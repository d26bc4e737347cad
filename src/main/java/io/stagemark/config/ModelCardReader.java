package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.task.TaskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads {@code models/NAME/model.yaml}; the digests of its files are another matter. */
public final class ModelCardReader {
  private static final String WHAT = "a model card, model.yaml (models/README.md says how)";

  /**
   * A card and where its parts stand.
   *
   * @param card as read
   * @param files where each format's file is named
   * @param task where the task is named
   */
  record Located(ModelCard card, Map<String, Place> files, Place task) {}

  /**
   * Reads one card.
   *
   * @param file such as {@code models/NAME/model.yaml}
   * @throws BadInputException with everything that is wrong with it
   */
  public ModelCard read(Path file) throws BadInputException {
    Problems problems = new Problems();
    Optional<Located> card = read(file, problems);
    problems.throwIfAny();
    return card.orElseThrow().card();
  }

  /** Returns the card; empty if something is wrong with it, which is then told. */
  Optional<Located> read(Path file, Problems problems) {
    int before = problems.count();
    Optional<MappingNode> root =
        YamlFile.of(problems, FilePaths.shown(file), CardKeys.TITLE.line())
            .read(file, WHAT, "name a model's folder");
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Section section = new Section(problems, root.get(), "").knowing(CardKeys.ROOT);
    Map<String, Place> places = new LinkedHashMap<>();
    List<ModelCard.Port> inputs = ports(section, CardKeys.INPUTS, problems);
    List<ModelCard.Port> outputs = ports(section, CardKeys.OUTPUTS, problems);
    Optional<PreprocessSettings> preprocess = preprocess(section, problems);
    LabelMap labels = new LabelMap(new LabelReader(file, problems).read(section));
    String task = section.get(CardKeys.TASK);
    ModelCard card =
        new ModelCard(
            section.find(CardKeys.NAME).orElse(folderName(file)),
            section.get(CardKeys.TITLE),
            section.get(CardKeys.LICENCE),
            section.get(CardKeys.PROVENANCE),
            file.toAbsolutePath().normalize(),
            files(file, section, problems, places),
            inputs,
            outputs,
            new TaskSettings(
                task,
                preprocess,
                new DecoderReader(problems, task, inputs, outputs, preprocess)
                    .read(section, labels.size(), problems.count() == before),
                labels,
                activations(outputs),
                new CarryReader(problems, inputs, outputs).read(section)));
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(new Located(card, places, section.placeOf(CardKeys.TASK)));
  }

  private static String folderName(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null || folder.getFileName() == null
        ? "model"
        : folder.getFileName().toString();
  }

  private static Map<String, ModelArtifact> files(
      Path card, Section section, Problems problems, Map<String, Place> places) {
    Map<String, ModelArtifact> files = new LinkedHashMap<>();
    Optional<Section> formats = section.child(CardKeys.FILES);
    if (formats.isEmpty()) {
      return files;
    }
    for (Map.Entry<String, NodeTuple> format : formats.get().tuples().entrySet()) {
      Key<MappingNode> key =
          Key.required(format.getKey(), Kind.section(), "{path: model.onnx, sha256: <64 digits>}");
      Optional<Section> file = formats.get().child(key).map(it -> it.knowing(CardKeys.FILE_KEYS));
      if (file.isEmpty()) {
        continue;
      }
      String digest = file.get().find(CardKeys.SHA256).orElse("");
      file.get()
          .entry(CardKeys.FILE_PATH)
          .flatMap(written -> resolved(card, written, problems))
          .ifPresent(path -> files.put(format.getKey(), new ModelArtifact(path, digest)));
      places.put(format.getKey(), file.get().placeOf(CardKeys.FILE_PATH));
    }
    return files;
  }

  private static Optional<Path> resolved(
      Path card, Section.Entry<String> written, Problems problems) {
    Optional<Path> path = FilePaths.beside(card, written.value());
    if (path.isEmpty()) {
      problems.add(
          written.place(),
          YamlText.oneLine(written.value()),
          CardKeys.FILE_PATH.expected(),
          CardKeys.FILE_PATH.line());
    }
    return path;
  }

  private static List<ModelCard.Port> ports(
      Section section, Key<MappingNode> key, Problems problems) {
    List<ModelCard.Port> ports = new ArrayList<>();
    for (Section port : section.children(key)) {
      port.knowing(CardKeys.PORT_KEYS);
      if (key.equals(CardKeys.INPUTS) && port.has(CardKeys.ACTIVATION)) {
        problems.add(
            port.placeOf(CardKeys.ACTIVATION),
            "the activation of an input",
            "nothing here: an activation is the last step of an output",
            "remove this key");
      }
      ports.add(
          new ModelCard.Port(
              port.get(CardKeys.PORT_NAME),
              port.get(CardKeys.TYPE),
              port.list(CardKeys.SHAPE).stream().map(Section.Entry::value).toList(),
              port.find(CardKeys.ACTIVATION)));
    }
    return ports;
  }

  private static Map<String, Activation> activations(List<ModelCard.Port> outputs) {
    Map<String, Activation> activations = new LinkedHashMap<>();
    outputs.forEach(port -> port.activation().ifPresent(it -> activations.put(port.name(), it)));
    return activations;
  }

  private static Optional<PreprocessSettings> preprocess(Section section, Problems problems) {
    return section
        .child(CardKeys.PREPROCESS)
        .map(it -> it.knowing(CardKeys.PREPROCESS_KEYS))
        .map(
            it ->
                new PreprocessSettings(
                    it.get(CardKeys.RESIZE),
                    it.get(CardKeys.INTERPOLATION),
                    it.get(CardKeys.COLOR),
                    it.get(CardKeys.LAYOUT),
                    it.get(CardKeys.SCALE),
                    channels(it, CardKeys.MEAN, problems),
                    channels(it, CardKeys.STD, problems),
                    it.get(CardKeys.PAD_VALUE),
                    it.get(CardKeys.SCALE_UP),
                    pixels(it, CardKeys.PAD_STRIDE_PX),
                    pixels(it, CardKeys.SHORTER_SIDE_PX),
                    longerSide(it, problems),
                    it.get(CardKeys.MAX_SOURCE_PIXELS)));
  }

  private static OptionalInt pixels(Section section, Key<Long> key) {
    return section.find(key).stream().mapToInt(Long::intValue).findFirst();
  }

  /** Returns the limit; one that is not more than the shorter side is told, and left out. */
  private static OptionalInt longerSide(Section section, Problems problems) {
    OptionalInt longer = pixels(section, CardKeys.LONGER_SIDE_PX);
    OptionalInt shorter = pixels(section, CardKeys.SHORTER_SIDE_PX);
    if (longer.isPresent() && longer.getAsInt() <= shorter.orElse(0)) {
      problems.add(
          section.placeOf(CardKeys.LONGER_SIDE_PX),
          longer.getAsInt() + ", not more than shorterSidePx " + shorter.orElse(0),
          "more than shorterSidePx",
          "longerSidePx: " + 2 * shorter.orElse(0));
      return OptionalInt.empty();
    }
    return longer;
  }

  /** Returns one value or three; one that does no harm where they are wrong. */
  private static List<Double> channels(Section section, Key<Double> key, Problems problems) {
    int before = problems.count();
    List<Section.Entry<Double>> entries = section.list(key);
    if (entries.size() == 2 || entries.size() > 3) {
      problems.add(
          section.placeOf(key),
          entries.size() + " values",
          "1 value, or 3: one a channel",
          key.line());
    }
    for (Section.Entry<Double> entry : entries) {
      if (key.equals(CardKeys.STD) && entry.value() == 0) {
        problems.add(entry.place(), "0", "a number that is not 0: it divides", key.line());
      }
    }
    return problems.count() > before
        ? List.of(1.0)
        : entries.stream().map(Section.Entry::value).toList();
  }
}
