package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
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
 * Images that a text file names, one path a line, relative to the folder of images. Blank lines and
 * lines that begin with {@code #} are read over. Scored where there is a folder of target tensors.
 */
final class ImageList {
  private static final long MAX_BYTES = 256L << 20;
  private static final String EXPECTED = "the path of an image, relative to the folder of images";

  private ImageList() {}

  /** Returns the images in the order of the list. */
  static List<Example> read(DatasetSettings settings) throws BadInputException {
    Path list = settings.annotations().orElseThrow();
    FoundProblems problems = new FoundProblems();
    HeaderReads reads = HeaderReads.of(settings);
    List<Example> examples = new ArrayList<>();
    Set<String> known = new HashSet<>();
    int most = settings.limit().orElse(Integer.MAX_VALUE);
    int number = 0;
    for (String line : lines(list, problems)) {
      number++;
      String name = line.strip();
      if (name.isEmpty() || name.startsWith("#") || examples.size() >= most) {
        continue;
      }
      String where = list + ":" + number;
      if (!known.add(name)) {
        problems.add(where, name + " a second time", "each image once", "remove the line");
        continue;
      }
      Optional<Path> file = inFolder(settings.path(), name);
      if (file.isEmpty()) {
        problems.add(where, name, EXPECTED + " " + settings.path(), "val/first.jpg");
        continue;
      }
      Truth truth =
          reads.includes(name) ? ImageTargets.of(settings, name, problems) : new Truth.Unknown();
      examples.add(new Example(name, file.get(), List.of(), truth));
    }
    if (examples.isEmpty() && problems.isEmpty()) {
      problems.add(list.toString(), "no line with a path", EXPECTED, "val/first.jpg");
    }
    List<Example> checked =
        examples.stream().map(example -> ImageFolder.checked(example, reads, problems)).toList();
    problems.throwIfAny(list.toString());
    return checked;
  }

  private static List<String> lines(Path list, FoundProblems problems) {
    try {
      return TextFile.read(list, MAX_BYTES).lines().toList();
    } catch (TextFault e) {
      problems.add(e.where(list.toString()), e.found(), "a text file, a path a line", e.tryThis());
      return List.of();
    }
  }

  private static Optional<Path> inFolder(Path folder, String name) {
    try {
      Path file = folder.resolve(name).normalize();
      return file.startsWith(folder.normalize()) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
