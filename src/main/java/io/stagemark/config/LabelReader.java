package io.stagemark.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the class names of a model card: a list in it, or a text file beside it. */
final class LabelReader {
  private static final Key<String> INLINE =
      Key.required(CardKeys.LABELS.name(), Kind.text("a class name"), "[face]").listOrEmpty();

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
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      refuse(written, "a file that is not UTF-8: " + FilePaths.shown(file));
      return List.of();
    } catch (IOException e) {
      refuse(written, "no readable file: " + FilePaths.shown(file));
      return List.of();
    }
    return checked(file, lines);
  }

  private void refuse(Section.Entry<String> written, String found) {
    problems.add(
        written.place(),
        found,
        "a text file (UTF-8) with one class name a line",
        CardKeys.LABELS_FILE.line());
  }

  private List<String> checked(Path file, List<String> lines) {
    Set<String> seen = new LinkedHashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).strip();
      Place place = new Place(FilePaths.shown(file), i + 1, "");
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
