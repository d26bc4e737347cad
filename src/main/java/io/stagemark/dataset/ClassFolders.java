package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of images for each class, with the class's name: ImageNet's way. */
final class ClassFolders {
  private ClassFolders() {}

  /**
   * Returns the images, class folders in the order of their names and so the files in them. An id
   * is such as {@code cat/first.png}.
   *
   * @param labels the model's; empty if no model is known: then folders are not mapped
   */
  static List<Example> read(DatasetSettings settings, Optional<LabelMap> labels, FoundNotes notes)
      throws BadInputException {
    FoundProblems problems = new FoundProblems();
    ClassNames names = new ClassNames(labels, settings, "images", problems);
    List<Example> examples = new ArrayList<>();
    for (Path folder : folders(settings.path(), problems, notes)) {
      String name = String.valueOf(folder.getFileName());
      List<Path> files = ImageFolder.files(folder, folder, problems, notes);
      Optional<Integer> classId = names.id(name, folder.toString(), files.size());
      if (classId.isEmpty()) {
        continue;
      }
      List<Integer> classIds = List.of(classId.get());
      for (Path file : files) {
        String id = name + "/" + file.getFileName();
        examples.add(new Example(id, file, List.of(), new Truth.Label(classIds)));
      }
    }
    HeaderReads reads = HeaderReads.of(settings);
    List<Example> used =
        examples.stream()
            .limit(settings.limit().orElse(Integer.MAX_VALUE))
            .map(example -> ImageFolder.checked(example, reads, problems))
            .toList();
    names.finish(settings.path().toString(), notes);
    problems.throwIfAny(settings.path().toString());
    return used;
  }

  private static List<Path> folders(Path root, FoundProblems problems, FoundNotes notes) {
    try {
      FolderFiles content = FolderFiles.of(root);
      if (content.folders().isEmpty()) {
        refuse(problems, root, "no folder in it");
      }
      String where = String.valueOf(root.getFileName());
      notes.count(
          where,
          "1 picture that is in no class's folder is left out",
          "%d pictures that are in no class's folder are left out",
          FolderFiles.names(content.images()));
      new FolderFiles(List.of(), List.of(), content.others()).noteRest(notes, root);
      return content.folders();
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
