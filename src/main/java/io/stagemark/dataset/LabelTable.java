package io.stagemark.dataset;

import static java.util.stream.Collectors.toSet;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import io.stagemark.data.Truth;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Images with class names in a table of two columns, file and label, in UTF-8 and quoted as RFC
 * 4180 says. The first line may be {@code file,label}. Several labels are written with {@code ;}
 * between them; an empty one means none.
 */
final class LabelTable {
  private static final List<String> HEADER = List.of("file", "label");
  private static final long MAX_BYTES = 64L << 20;

  private final DatasetSettings settings;
  private final Path table;
  private final FoundProblems problems = new FoundProblems();
  private final ClassNames names;
  private final Set<String> files = new HashSet<>();

  private LabelTable(DatasetSettings settings, Optional<LabelMap> labels) {
    this.settings = settings;
    this.table = settings.annotations().orElseThrow();
    this.names = new ClassNames(labels, settings, "labels", problems);
  }

  /**
   * Returns the images in the order of the table.
   *
   * @param labels the model's; empty if no model is known: then labels are not mapped
   */
  static List<Example> read(DatasetSettings settings, Optional<LabelMap> labels, FoundNotes notes)
      throws BadInputException {
    LabelTable read = new LabelTable(settings, labels);
    List<CsvRows.Row> rows = read.rows();
    List<Example> examples = new ArrayList<>();
    int most = settings.limit().orElse(Integer.MAX_VALUE);
    for (int i = 0; i < rows.size() && examples.size() < most; i++) {
      if (i > 0 || !isHeader(rows.get(0).fields())) {
        read.example(rows.get(i)).ifPresent(examples::add);
      }
    }
    read.names.finish(read.table.toString(), notes);
    if (examples.isEmpty() && read.problems.isEmpty()) {
      read.refuse(read.table.toString(), "no line of a file");
    }
    HeaderReads reads = HeaderReads.of(settings);
    List<Example> checked =
        examples.stream()
            .map(example -> ImageFolder.checked(example, reads, read.problems))
            .toList();
    read.problems.throwIfAny(read.table.toString());
    if (!reads.isNone()) {
      Set<Path> listed = rows.stream().flatMap(row -> read.listed(row).stream()).collect(toSet());
      FolderRest.note(settings.path(), listed, String.valueOf(read.table.getFileName()), notes);
    }
    return checked;
  }

  private static boolean isHeader(List<String> fields) {
    return fields.stream().map(String::strip).toList().equals(HEADER);
  }

  private List<CsvRows.Row> rows() {
    try {
      return CsvRows.of(TextFile.read(table, MAX_BYTES));
    } catch (TextFault e) {
      problems.add(e.where(table.toString()), e.found(), expected(), e.tryThis());
      return List.of();
    }
  }

  private Optional<Example> example(CsvRows.Row row) {
    String where = table + ":" + row.line();
    if (!row.fault().isEmpty() || row.fields().size() != 2) {
      refuse(where, row.fault().isEmpty() ? columns(row.fields()) : row.fault());
      return Optional.empty();
    }
    String name = row.fields().get(0).strip();
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
    int written = 0;
    for (String label : row.fields().get(1).split(";", -1)) {
      if (!label.isBlank()) {
        written++;
        names
            .id(label.strip(), where, 1)
            .filter(id -> !classIds.contains(id))
            .ifPresent(classIds::add);
      }
    }
    // an image all of whose labels are left out would count as one of no class
    return written > 0 && classIds.isEmpty()
        ? Optional.empty()
        : Optional.of(new Example(name, file.get(), List.of(), new Truth.Label(classIds)));
  }

  private static String columns(List<String> fields) {
    return fields.size() == 1
        ? fields.get(0)
        : fields.size() + " columns: " + String.join(" | ", fields);
  }

  /** Returns the file of a row, used or not. */
  private Optional<Path> listed(CsvRows.Row row) {
    try {
      return Optional.of(settings.path().resolve(row.fields().get(0).strip()).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<Path> inFolder(String name, String where) {
    try {
      Path file = settings.path().resolve(name).normalize();
      if (!name.isEmpty() && file.startsWith(settings.path().normalize())) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // reported below: it is no path of a file in the folder either
    }
    refuse(where, name);
    return Optional.empty();
  }

  private void refuse(String where, String found) {
    problems.add(
        where,
        found.length() > 60 ? found.substring(0, 60) + "…" : found,
        expected(),
        "first.png,cat or \"one, two.png\",cat");
  }

  private String expected() {
    return "a line file,label for each image in "
        + settings.path()
        + "; a name with a comma or a quote in it is written in quotes";
  }
}
