package io.stagemark.config;

import io.stagemark.config.Section.Entry;
import io.stagemark.data.NearestName;
import io.stagemark.data.ShownPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the card that a config means and reads each one once. */
final class Models {
  private static final String CARD = "model.yaml";

  private final Path folder;
  private final Path config;
  private final Problems problems;
  private final Map<Path, Optional<ModelCardReader.Located>> read = new HashMap<>();

  /**
   * @param folder holds one folder a model
   * @param config the file that names models
   */
  Models(Path folder, Path config, Problems problems) {
    this.folder = folder;
    this.config = config;
    this.problems = problems;
  }

  /** Returns the card; empty if there is none or it is wrong, which is then reported. */
  Optional<ModelCardReader.Located> find(Entry<String> model) {
    boolean isPath = model.value().contains("/");
    Optional<Path> named =
        isPath
            ? FilePaths.beside(config, model.value())
            : FilePaths.beside(folder.resolve(CARD), model.value());
    // a name is first one of the config's own checkout
    Optional<Path> own =
        isPath
            ? Optional.empty()
            : card(FilePaths.beside(Checkout.modelsOf(config).resolve(CARD), model.value()));
    Optional<Path> file = own.or(() -> card(named));
    if (file.isEmpty()) {
      refuse(model, named);
      return Optional.empty();
    }
    return read.computeIfAbsent(file.get(), it -> new ModelCardReader().read(it, problems));
  }

  private static Optional<Path> card(Optional<Path> named) {
    return named
        .map(path -> Files.isDirectory(path) ? path.resolve(CARD) : path)
        .filter(Files::isRegularFile);
  }

  private void refuse(Entry<String> model, Optional<Path> named) {
    List<String> names =
        Stream.concat(names(Checkout.modelsOf(config)).stream(), names(folder).stream())
            .distinct()
            .sorted()
            .toList();
    String looked = named.map(path -> "; looked at " + ShownPath.of(path)).orElse("");
    problems.add(
        model.place(),
        YamlText.oneLine(model.value()) + ": no such model" + looked,
        "one of: " + String.join(", ", names) + "; or a path with a '/' to a folder with a " + CARD,
        NearestName.of(model.value(), names)
            .or(() -> names.stream().findFirst())
            .map(near -> "model: [" + near + "]")
            .orElse("put a folder with a " + CARD + " into " + ShownPath.of(folder)));
  }

  /** Returns the folders that hold a card, in alphabetical order. */
  static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve(CARD)))
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // no folder: no names to suggest
    }
  }
}
