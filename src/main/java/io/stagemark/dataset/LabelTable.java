package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Images with class names in a table of two columns, {@code file,label}, in UTF-8, the names of the
 * columns in the first line. Several labels stand with {@code ;} between them; an empty one means
 * none. The comma before the label is the last of its line, so that a file's name may have one.
 */
final class LabelTable {
  private static final String HEADER = "file,label";

  private final DatasetSettings settings;
  private final Path table;
  private final FoundProblems problems = new FoundProblems();
  private final ClassNames names;
  private final Set<String> files = new HashSet<>();

  private LabelTable(DatasetSettings settings, Optional<LabelMap> labels) {
    this.settings = settings;
    this.table = settings.annotations().orElseThrow();
    this.names = new ClassNames(labels, problems);
  }

  /**
   * Returns the images in the order of the table.
   *
   * @param labels the model's; empty if no model is known: then labels are not mapped
   */
  static List<Example> read(DatasetSettings settings, Optional<LabelMap> labels)
      throws BadInputException {
    LabelTable read = new LabelTable(settings, labels);
    List<String> lines = read.lines();
    List<Example> examples = new ArrayList<>();
    int most = settings.limit().orElse(Integer.MAX_VALUE);
    for (int i = 1; i < lines.size() && examples.size() < most; i++) {
      if (!lines.get(i).isBlank()) {
        read.example(lines.get(i), read.table + ":" + (i + 1)).ifPresent(examples::add);
      }
    }
    if (examples.isEmpty() && read.problems.isEmpty()) {
      read.refuse(read.table.toString(), "no line after the first");
    }
    examples.forEach(example -> ImageFolder.check(example.file(), read.problems));
    read.problems.throwIfAny(read.table.toString());
    return examples;
  }

  private List<String> lines() {
    try {
      List<String> lines = Files.readAllLines(table, StandardCharsets.UTF_8);
      if (lines.isEmpty() || !lines.get(0).replace("\uFEFF", "").strip().equals(HEADER)) {
        refuse(table + ":1", lines.isEmpty() ? "nothing" : lines.get(0));
      }
      return lines;
    } catch (IOException e) {
      refuse(table.toString(), "no readable file in UTF-8");
      return List.of();
    }
  }

  private Optional<Example> example(String line, String where) {
    int comma = line.lastIndexOf(',');
    if (comma < 1) {
      refuse(where, line);
      return Optional.empty();
    }
    String name = line.substring(0, comma).strip();
    Optional<Path> file = inFolder(name, where);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (!files.add(name)) {
      problems.add(
          where,
          name + " a second time",
          "each file once, several labels with ';' between them",
          name + ",first;second");
    }
    List<Integer> classIds = new ArrayList<>();
    for (String label : line.substring(comma + 1).split(";", -1)) {
      if (!label.isBlank()) {
        names
            .id(label.strip(), where)
            .filter(id -> !classIds.contains(id))
            .ifPresent(classIds::add);
      }
    }
    return Optional.of(new Example(name, file.get(), List.of(), new Truth.Label(classIds)));
  }

  private Optional<Path> inFolder(String name, String where) {
    try {
      Path file = settings.path().resolve(name).normalize();
      if (file.startsWith(settings.path().normalize())) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // told below: it is no path of a file in the folder either
    }
    refuse(where, name);
    return Optional.empty();
  }

  private void refuse(String where, String found) {
    problems.add(
        where,
        found.length() > 60 ? found.substring(0, 60) + "…" : found,
        "the line " + HEADER + ", then a line for each image in " + settings.path(),
        "first.png,cat");
  }
}
