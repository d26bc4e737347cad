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
    Path folder = settings.path();
    List<Path> files = List.of();
    try (Stream<Path> entries = Files.list(folder)) {
      files =
          entries
              .filter(file -> ENDINGS.stream().anyMatch(end -> lower(file).endsWith(end)))
              .sorted()
              .limit(settings.limit().orElse(Integer.MAX_VALUE))
              .toList();
      if (files.isEmpty()) {
        refuse(problems, folder, "no image in it");
      }
    } catch (IOException e) {
      refuse(problems, folder, "no readable folder");
    }
    for (Path file : files) {
      ImageFileCheck.fault(file)
          .ifPresent(
              fault ->
                  problems.add(
                      file.toString(), fault, ImageFileCheck.EXPECTED, ImageFileCheck.TRY));
    }
    problems.throwIfAny(folder.toString());
    return files.stream()
        .map(
            file ->
                new Example(
                    String.valueOf(file.getFileName()), file, List.of(), new Truth.Unknown()))
        .toList();
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
