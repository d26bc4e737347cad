package io.stagemark.config;

import io.stagemark.data.ShownPath;
import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the class names of a model card: a list in it, or a text file next to it. */
final class LabelReader {
  private static final Key<String> INLINE =
      Key.required(CardKeys.LABELS.name(), ValueRange.text("a class name"), "[face]").listOrEmpty();

  private static final long MAX_BYTES = 16L << 20;

  private final Path card;
  private final Problems problems;

  LabelReader(Path card, Problems problems) {
    this.card = card;
    this.problems = problems;
  }

  List<String> read(Section section) {
    if (!section.has(CardKeys.LABELS)) {
      return List.of();
    }
    Node node = section.get(CardKeys.LABELS);
    if (node instanceof MappingNode mapping) {
      Section file = new Section(problems, mapping, section.child(CardKeys.LABELS.name()));
      return file.knowing(CardKeys.LABELS_KEYS)
          .entry(CardKeys.LABELS_FILE)
          .map(this::fromFile)
          .orElse(List.of());
    }
    List<Section.Entry<String>> names = section.list(INLINE);
    Set<String> seen = new LinkedHashSet<>();
    for (Section.Entry<String> name : names) {
      if (!seen.add(name.value())) {
        refuseTwice(name.place(), name.value());
      }
    }
    return List.copyOf(seen);
  }

  private List<String> fromFile(Section.Entry<String> written) {
    Path file = FilePaths.beside(card, written.value()).orElse(card);
    try {
      return checked(file, TextFile.read(file, MAX_BYTES).lines().toList());
    } catch (TextFault e) {
      problems.add(
          written.place(),
          e.where(ShownPath.of(file)) + ": " + e.found(),
          "a text file (UTF-8) with one class name a line, of at most 16 MiB",
          e.line() > 0 ? e.tryThis() : CardKeys.LABELS_FILE.line());
      return List.of();
    }
  }

  private List<String> checked(Path file, List<String> lines) {
    Set<String> seen = new LinkedHashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).strip();
      Place place = new Place(ShownPath.of(file), i + 1, "");
      if (name.isEmpty()) {
        problems.add(place, "an empty line", "a class name", "remove the line");
      } else if (!seen.add(name)) {
        refuseTwice(place, name);
      }
      names.add(name);
    }
    return names;
  }

  private void refuseTwice(Place place, String name) {
    problems.add(
        place, name + " a second time", "each class name once", "give one of the two another name");
  }
}
