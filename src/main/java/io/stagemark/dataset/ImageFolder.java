package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import io.stagemark.image.ImageFault;
import io.stagemark.image.ImageHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder of images: timed, and scored against a folder of target tensors where there is one. */
public final class ImageFolder {
  static final String EXPECTED = "a whole " + ImageHeader.READ + " file";

  private ImageFolder() {}

  /** Returns the images in the order of their names; what else is in the folder is noted. */
  static List<Example> read(DatasetSettings settings, FoundNotes notes) throws BadInputException {
    FoundProblems problems = new FoundProblems();
    HeaderReads reads = HeaderReads.of(settings);
    List<Example> examples =
        files(settings.path(), settings.path(), problems, notes).stream()
            .limit(settings.limit().orElse(Integer.MAX_VALUE))
            .map(file -> example(file, settings, reads, problems))
            .map(example -> checked(example, reads, problems))
            .toList();
    problems.throwIfAny(settings.path().toString());
    return examples;
  }

  private static Example example(
      Path file, DatasetSettings settings, HeaderReads reads, FoundProblems problems) {
    String name = String.valueOf(file.getFileName());
    Truth truth =
        reads.includes(name) ? ImageTargets.of(settings, name, problems) : new Truth.Unknown();
    return new Example(name, file, List.of(), truth);
  }

  /**
   * Returns the images of a folder in the order of their names. That there is none is a problem;
   * what else is there is noted.
   *
   * @param own a folder in it that the data set reads too; the folder itself if there is none
   */
  public static List<Path> files(Path folder, Path own, FoundProblems problems, FoundNotes notes) {
    try {
      FolderFiles content = FolderFiles.of(folder);
      if (content.images().isEmpty()) {
        refuse(problems, folder, "no image in it");
      }
      content.without(own).noteRest(notes, folder);
      return content.images();
    } catch (IOException e) {
      refuse(problems, folder, "no readable folder");
      return List.of();
    }
  }

  /** Returns the example with its image's header; what is wrong with the file is a problem. */
  public static Example checked(Example example, FoundProblems problems) {
    return header(example.file(), problems).map(example::with).orElse(example);
  }

  /** Does the same for an example that is among those whose pictures are looked at. */
  static Example checked(Example example, HeaderReads reads, FoundProblems problems) {
    return reads.includes(example.id()) ? checked(example, problems) : example;
  }

  /** Returns the header of an image file; what is wrong with the file is a problem. */
  public static Optional<ImageHeader> header(Path file, FoundProblems problems) {
    try {
      return Optional.of(ImageHeader.readWhole(file));
    } catch (ImageFault e) {
      problems.add(file.toString(), e.reason(), EXPECTED, e.tryThis());
      return Optional.empty();
    }
  }

  private static void refuse(FoundProblems problems, Path folder, String found) {
    problems.add(
        folder.toString(),
        found,
        "a folder with images: " + ImageHeader.READ,
        "images: data/quickstart");
  }
}
