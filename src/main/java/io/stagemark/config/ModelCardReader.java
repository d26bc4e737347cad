package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Sha256;
import io.stagemark.data.ShownPath;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.task.Task;
import io.stagemark.task.TaskSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads {@code models/NAME/model.yaml}; the digests of its files are checked elsewhere. */
public final class ModelCardReader {
  private static final String WHAT = "a model card, model.yaml (models/README.md says how)";

  /**
   * A card and the places of its parts.
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

  /** Returns the card; empty if something is wrong with it, which is then reported. */
  Optional<Located> read(Path file, Problems problems) {
    int before = problems.count();
    Optional<MappingNode> root =
        YamlFile.of(problems, ShownPath.of(file), CardKeys.TITLE.line())
            .read(file, WHAT, "name a model's folder");
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Section section = new Section(problems, root.get(), "").knowing(CardKeys.ROOT);
    Map<String, Place> places = new LinkedHashMap<>();
    Map<String, ModelArtifact> files = files(file, section, problems, places);
    CardFile own = new CardFile(files, section, problems);
    PortReader ports = new PortReader(problems);
    List<ModelCard.Port> inputs =
        section.has(CardKeys.INPUTS) ? ports.inputs(section) : own.inputs();
    List<ModelCard.Port> outputs =
        section.has(CardKeys.OUTPUTS) ? ports.outputs(section) : own.outputs();
    Optional<PreprocessSettings> preprocess = new PreprocessReader(problems).read(section);
    LabelMap labels =
        new LabelMap(
            section.has(CardKeys.LABELS)
                ? new LabelReader(file, problems).read(section)
                : section.has(CardKeys.DECODER) ? own.labels() : List.of());
    ports.checkDerived(inputs, preprocess);
    List<ModelCard.Port> filled = ports.filled(inputs);
    preprocess.ifPresent(
        settings ->
            new PreprocessReader(problems)
                .checkSides(
                    section,
                    settings,
                    filled,
                    inputs.stream().filter(port -> !filled.contains(port)).toList()));
    String task = section.get(CardKeys.TASK);
    TaskSections.check(section, task, problems);
    ModelCard card =
        new ModelCard(
            section.find(CardKeys.NAME).orElse(folderName(file)),
            section.find(CardKeys.TITLE).orElseGet(own::title),
            section.find(CardKeys.LICENCE).orElseGet(own::licence),
            section.find(CardKeys.PROVENANCE).orElseGet(own::provenance),
            file.toAbsolutePath().normalize(),
            files,
            inputs,
            outputs,
            new TaskSettings(
                task,
                preprocess,
                new DecoderReader(problems, task, filled, asRead(outputs), preprocess)
                    .read(section, labels.size(), problems.count() == before),
                labels,
                activations(outputs),
                new CarryReader(problems, inputs, outputs).read(section),
                ports.quantizations(),
                ports.derived(),
                Optional.empty()));
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(new Located(card, places, section.placeOf(CardKeys.TASK)));
  }

  /** Returns the outputs as a decoder reads them. */
  private static List<ModelCard.Port> asRead(List<ModelCard.Port> outputs) {
    return outputs.stream()
        .map(
            port ->
                new ModelCard.Port(
                    port.name(), Task.readAs(port.type()), port.shape(), port.activation()))
        .toList();
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
          Key.required(
              format.getKey(), ValueRange.section(), "{path: model.onnx, sha256: <64 digits>}");
      Optional<Section> file = formats.get().child(key).map(it -> it.knowing(CardKeys.FILE_KEYS));
      if (file.isEmpty()) {
        continue;
      }
      Optional<String> digest = file.get().find(CardKeys.SHA256);
      boolean stated = file.get().has(CardKeys.SHA256);
      file.get()
          .entry(CardKeys.FILE_PATH)
          .flatMap(written -> resolved(card, written, problems))
          .ifPresent(
              path ->
                  files.put(
                      format.getKey(),
                      new ModelArtifact(path, stated ? digest.orElse("") : digest(path))));
      places.put(format.getKey(), file.get().placeOf(CardKeys.FILE_PATH));
    }
    return files;
  }

  /** A file that is not there, or cannot be read, is reported where it is used. */
  private static String digest(Path file) {
    try {
      return Files.isRegularFile(file) ? Sha256.of(file) : "";
    } catch (IOException e) {
      return "";
    }
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

  private static Map<String, Activation> activations(List<ModelCard.Port> outputs) {
    Map<String, Activation> activations = new LinkedHashMap<>();
    outputs.forEach(port -> port.activation().ifPresent(it -> activations.put(port.name(), it)));
    return activations;
  }
}
