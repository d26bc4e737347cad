package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder of images without truth: they can be timed, not scored. */
final class ImageFolder {
  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".webp", ".bmp");

  private ImageFolder() {}

  /** Returns the images in the order of their names; files with other endings are passed over. */
  static List<Example> read(DatasetSettings settings) throws BadInputException {
    FoundProblems problems = new FoundProblems();
    List<Path> files =
        files(settings.path(), problems).stream()
            .limit(settings.limit().orElse(Integer.MAX_VALUE))
            .toList();
    files.forEach(file -> check(file, problems));
    problems.throwIfAny(settings.path().toString());
    return files.stream()
        .map(
            file ->
                new Example(
                    String.valueOf(file.getFileName()), file, List.of(), new Truth.Unknown()))
        .toList();
  }

  /** Returns the images of a folder in the order of their names; that there is none is told. */
  static List<Path> files(Path folder, FoundProblems problems) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries
              .filter(file -> ENDINGS.stream().anyMatch(end -> lower(file).endsWith(end)))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        refuse(problems, folder, "no image in it");
      }
      return files;
    } catch (IOException e) {
      refuse(problems, folder, "no readable folder");
      return List.of();
    }
  }

  /** Tells what is wrong with an image file. */
  static void check(Path file, FoundProblems problems) {
    ImageFileCheck.fault(file)
        .ifPresent(
            fault ->
                problems.add(file.toString(), fault, ImageFileCheck.EXPECTED, ImageFileCheck.TRY));
  }

  private static void refuse(FoundProblems problems, Path folder, String found) {
    problems.add(
        folder.toString(),
        found,
        "a folder with images: " + String.join(", ", ENDINGS),
        "images: data/quickstart");
  }

  private static String lower(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }
}
