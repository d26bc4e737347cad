package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the data set that a config names. */
public final class Datasets {
  private static volatile @Nullable Registry<DatasetFormat> found;

  private Datasets() {}

  /**
   * Returns every format on the class path.
   *
   * @throws IllegalStateException if two have one name
   */
  public static Registry<DatasetFormat> formats() {
    Registry<DatasetFormat> known = found; // no static initializer: its failures have no message
    if (known == null) {
      known = Registry.discover(DatasetFormat.class, Datasets.class.getClassLoader());
      found = known;
    }
    return known;
  }

  /**
   * Returns the format of settings.
   *
   * @throws IllegalArgumentException if there is none of that name; the message lists those there
   *     are
   */
  public static DatasetFormat format(DatasetSettings settings) {
    return formats().get(settings.format());
  }

  /**
   * Opens a data set for one model and checks every file of it.
   *
   * @param settings which examples
   * @param model its classes and inputs
   * @throws BadInputException with the first 20 problems and the number of the others
   */
  public static Dataset open(DatasetSettings settings, ModelView model) throws BadInputException {
    DatasetFormat format = format(settings);
    Dataset read = format.open(settings, Optional.of(model));
    requireExamples(settings, read.examples());
    FoundNotes notes = new FoundNotes();
    read.notes().forEach(notes::add);
    List<Example> chosen =
        settings.only().isEmpty()
            ? read.examples()
            : ChosenExamples.of(read.examples(), settings.only());
    List<Example> used = format.holdsTensors() ? chosen : withHeaders(settings, chosen);
    PictureNotes.add(notes, read.name(), used);
    return new Dataset(read.name(), used, notes.list());
  }

  /**
   * Lists every example of a data set with its truth, without looking at the pictures.
   *
   * @throws BadInputException with the first 20 problems of what was read
   */
  public static Dataset list(DatasetSettings settings, ModelView model) throws BadInputException {
    Dataset read = format(settings).open(settings.only(HeaderReads.NONE), Optional.of(model));
    requireExamples(settings, read.examples());
    return read;
  }

  /** Reads the header of each image whose format has not done it. */
  private static List<Example> withHeaders(DatasetSettings settings, List<Example> examples)
      throws BadInputException {
    FoundProblems problems = new FoundProblems();
    List<Example> checked =
        examples.stream()
            .map(each -> each.image().isPresent() ? each : ImageFolder.checked(each, problems))
            .toList();
    problems.throwIfAny(settings.path().toString());
    return checked;
  }

  private static void requireExamples(DatasetSettings settings, List<Example> examples)
      throws BadInputException {
    Set<String> ids = new HashSet<>();
    for (Example example : examples) {
      if (!ids.add(example.id())) {
        throw new BadInputException(
            new Problem(
                settings.path().toString(),
                "two examples with the id " + example.id(),
                "an id for each example",
                "mend the data set, or what reads format " + settings.format()));
      }
    }
    if (examples.isEmpty()) {
      throw new BadInputException(
          new Problem(
              settings.path().toString(),
              "no example of format " + settings.format(),
              "at least one",
              "another folder or another format"));
    }
  }

  /** Returns what is wrong with a data set whatever the model, for a config whose models are. */
  public static List<Problem> problems(DatasetSettings settings) {
    try {
      DatasetFormat format = format(settings);
      Dataset read = format.open(settings, Optional.empty());
      if (!format.holdsTensors()) {
        withHeaders(settings, read.examples());
      }
      return List.of();
    } catch (BadInputException e) {
      return e.problems();
    }
  }

  /**
   * Returns the digest of ids, truth and bytes of every example: two runs with the same digest saw
   * the same data. Reads every file once.
   */
  public static String digest(Dataset dataset) throws IOException {
    return DatasetDigest.of(dataset.examples(), 0);
  }

  /** Returns every file that the examples and their truth come from, each once, in order. */
  public static List<Path> files(DatasetSettings settings, Dataset dataset) throws IOException {
    Set<Path> all = new LinkedHashSet<>();
    for (Path each : format(settings).files(settings, dataset)) {
      all.addAll(DatasetDigest.files(each));
    }
    return List.copyOf(all);
  }
}
