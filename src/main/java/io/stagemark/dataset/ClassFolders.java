package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of images for each class, with the class's name: ImageNet's way. */
final class ClassFolders {
  private ClassFolders() {}

  /**
   * Returns the images, class folders in the order of their names and so the files in them. An id
   * is such as {@code cat/first.png}.
   *
   * @param labels the model's; empty if no model is known: then folders are not mapped
   */
  static List<Example> read(DatasetSettings settings, Optional<LabelMap> labels)
      throws BadInputException {
    FoundProblems problems = new FoundProblems();
    ClassNames names = new ClassNames(labels, problems);
    List<Example> examples = new ArrayList<>();
    for (Path folder : folders(settings.path(), problems)) {
      String name = String.valueOf(folder.getFileName());
      List<Integer> classIds = names.id(name, folder.toString()).stream().toList();
      for (Path file : ImageFolder.files(folder, problems)) {
        String id = name + "/" + file.getFileName();
        examples.add(new Example(id, file, List.of(), new Truth.Label(classIds)));
      }
    }
    List<Example> used =
        examples.stream().limit(settings.limit().orElse(Integer.MAX_VALUE)).toList();
    used.forEach(example -> ImageFolder.check(example.file(), problems));
    problems.throwIfAny(settings.path().toString());
    return used;
  }

  private static List<Path> folders(Path root, FoundProblems problems) {
    try (Stream<Path> entries = Files.list(root)) {
      List<Path> folders = entries.filter(Files::isDirectory).sorted().toList();
      if (folders.isEmpty()) {
        refuse(problems, root, "no folder in it");
      }
      return folders;
    } catch (IOException e) {
      refuse(problems, root, "no readable folder");
      return List.of();
    }
  }

  private static void refuse(FoundProblems problems, Path root, String found) {
    problems.add(
        root.toString(),
        found,
        "a folder with one folder of images for each class, named as the class",
        "images: data/orientation, with data/orientation/upright/first.png");
  }
}
