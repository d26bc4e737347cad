package io.stagemark.config;

import io.stagemark.config.CaseAxes.Named;
import io.stagemark.config.Section.Entry;
import io.stagemark.data.NearestName;
import io.stagemark.data.Sha256;
import io.stagemark.data.ShownPath;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineInfo;
import io.stagemark.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a case that can run from a named one, or reports why it cannot. */
final class CaseChecks {
  private final Catalog catalog;
  private final Problems problems;
  private final Models models;
  private final Map<String, Map<String, String>> options;
  private final Optional<String> format;
  private final Set<ModelArtifact> digested = new HashSet<>();
  private final Set<String> ids = new HashSet<>();

  /**
   * @param options by engine, defaults filled in
   * @param format of the data set; empty if it is wrong
   */
  CaseChecks(
      Catalog catalog,
      Problems problems,
      Models models,
      Map<String, Map<String, String>> options,
      Optional<String> format) {
    this.catalog = catalog;
    this.problems = problems;
    this.models = models;
    this.options = options;
    this.format = format;
  }

  /** Returns the case; empty where the model or the engine is not there. */
  Optional<CaseSpec> resolve(Named named, int mostThreads) {
    Optional<ModelCardReader.Located> card = models.find(named.model());
    Optional<Engine> engine = engine(named.engine());
    engine.ifPresent(it -> checkDevice(named, it.info()));
    checkThreads(named, mostThreads);
    card.ifPresent(it -> checkTask(it));
    card.ifPresent(it -> checkBatch(named, it.card()));
    card.ifPresent(it -> checkExamples(named, it.card()));
    if (card.isEmpty() || engine.isEmpty()) {
      return Optional.empty();
    }
    checkSizes(named, card.get().card(), engine.get());
    engine.get().info().format().ifPresent(format -> checkFile(named, card.get(), format));
    EngineSettings settings =
        new EngineSettings(
            named.device().value(),
            named.threads().value().intValue(),
            options.getOrDefault(engine.get().name(), Map.of()));
    CaseSpec spec =
        new CaseSpec(
            card.get().card(), engine.get().name(), settings, named.batch().value().intValue());
    refuseTwice(named, spec.id());
    return Optional.of(spec);
  }

  private void refuseTwice(Named named, String id) {
    if (!ids.add(id)) {
      problems.add(
          named.model().place(),
          "the case " + id + " a second time",
          "each case once",
          "remove the repeated value, or the include");
    }
  }

  private void checkExamples(Named named, ModelCard card) {
    boolean takesImages = card.task().preprocess().isPresent();
    if (format.isPresent() && takesImages == Datasets.formats().get(format.get()).holdsTensors()) {
      problems.add(
          named.model().place(),
          "model %s, which takes %s, with a data set of format %s"
              .formatted(card.name(), takesImages ? "images" : "tensors", format.get()),
          takesImages
              ? "a data set of images: any format but " + tensorFormats()
              : "a data set of format " + tensorFormats(),
          takesImages ? "dataset.format: images" : "dataset.format: tensors");
    }
  }

  private static String tensorFormats() {
    return Datasets.formats().all().stream()
        .filter(DatasetFormat::holdsTensors)
        .map(DatasetFormat::name)
        .collect(Collectors.joining(" or "));
  }

  /** Reports names that do not exist, where no case can be made of them. */
  void checkNames(CaseAxes axes) {
    axes.models().forEach(models::find);
    axes.engines().forEach(this::engine);
  }

  private Optional<Engine> engine(Entry<String> written) {
    String name = written.value();
    List<String> names = catalog.engines().names();
    if (names.contains(name)) {
      return Optional.of(catalog.engines().get(name));
    }
    problems.add(
        written.place(),
        YamlText.oneLine(name) + ": no such engine",
        "one of: " + String.join(", ", names),
        "engine: ["
            + NearestName.of(name, names).or(() -> names.stream().findFirst()).orElse("onnxruntime")
            + "]");
    return Optional.empty();
  }

  private void checkDevice(Named named, EngineInfo info) {
    if (!info.devices().contains(named.device().value().kind())) {
      problems.add(
          named.device().place(),
          named.device().value() + " with engine " + named.engine().value(),
          "one of: " + String.join(", ", info.devices()),
          "device: [" + info.devices().get(0) + "]");
    }
  }

  private void checkThreads(Named named, int most) {
    if (named.threads().value() > most) {
      problems.add(
          named.threads().place(),
          named.threads().value() + " threads on a machine of " + cores(most),
          "a whole number in [1, %s], or measure.allowOversubscription: true".formatted(most),
          "threads: [" + most + "]");
    }
  }

  private static String cores(int count) {
    return count == 1 ? "1 core" : count + " cores";
  }

  private void checkTask(ModelCardReader.Located located) {
    String name = located.card().task().task();
    List<String> names = catalog.tasks().names();
    if (!names.contains(name)) {
      problems.add(
          located.task(),
          YamlText.oneLine(name) + ": no such task",
          "one of: " + String.join(", ", names),
          NearestName.of(name, names)
              .map(near -> "task: " + near)
              .orElse("another model; tasks that this build knows: ./stagemark list tasks"));
    }
  }

  /** Returns the batch that the model was made for, from its first input. */
  private void checkBatch(Named named, ModelCard card) {
    List<Long> shape = card.inputs().get(0).shape();
    long axis = shape.isEmpty() || shape.get(0) < 0 ? 1 : shape.get(0);
    boolean open = !shape.isEmpty() && shape.get(0) == ModelCard.Port.BATCH;
    if (!open && named.batch().value() != axis) {
      problems.add(
          named.batch().place(),
          "batch %s of model %s".formatted(named.batch().value(), card.name()),
          "%s: the first axis of its input '%s' is fixed"
              .formatted(axis, card.inputs().get(0).name()),
          "batch: [" + axis + "]");
    }
  }

  /** Sizes by image need an engine that runs a model at several of them, one image at a time. */
  private void checkSizes(Named named, ModelCard card, Engine engine) {
    if (!card.sizesByImage()) {
      return;
    }
    if (!engine.opensOtherShapes()) {
      List<String> able =
          catalog.engines().all().stream()
              .filter(Engine::opensOtherShapes)
              .map(Engine::name)
              .toList();
      problems.add(
          named.engine().place(),
          "engine %s with model %s, whose input has a size by image"
              .formatted(engine.name(), card.name()),
          "an engine that runs a model at several sizes: " + String.join(", ", able),
          "a card with known sides in inputs, or another engine");
    }
    if (named.batch().value() != 1) {
      problems.add(
          named.batch().place(),
          "batch %s of model %s, whose input has a size by image"
              .formatted(named.batch().value(), card.name()),
          "1: the images of a batch would have to be of one size",
          "batch: [1]");
    }
  }

  private void checkFile(Named named, ModelCardReader.Located located, String format) {
    ModelCard card = located.card();
    ModelArtifact file = card.files().get(format);
    if (file == null) {
      problems.add(
          named.engine().place(),
          "engine %s, which reads %s, with model %s"
              .formatted(named.engine().value(), format, card.name()),
          "an engine that reads one of its files: "
              + String.join(", ", card.files().keySet().stream().sorted().toList()),
          "exclude: [{model: %s, engine: %s}]"
              .formatted(named.model().value(), named.engine().value()));
    } else if (digested.add(file)) {
      checkDigest(located.files().getOrDefault(format, located.task()), file);
    }
  }

  private void checkDigest(Place place, ModelArtifact file) {
    String shown = ShownPath.of(file.path());
    try {
      if (!Files.isRegularFile(file.path())) {
        problems.add(
            place,
            shown + ": no such file",
            "the model's file",
            "fetch the file, or mend the path");
        return;
      }
      String actual = Sha256.of(file.path());
      if (!actual.equals(file.sha256())) {
        problems.add(
            place,
            "%s: %s bytes with sha256 %s".formatted(shown, Files.size(file.path()), actual),
            "sha256 " + file.sha256() + ": the file is cut off, or another one",
            "fetch the file again (git checkout -- " + shown + ")");
      }
    } catch (IOException e) {
      problems.add(
          place, shown + ": unreadable: " + e.getMessage(), "a readable file", "mend its rights");
    }
  }
}
