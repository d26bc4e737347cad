package io.stagemark.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Notes what is in the folders of a data set whose files are listed in a table or in JSON. */
public final class FolderRest {
  private FolderRest() {}

  /**
   * Counts pictures that are not listed, and names other files and folders.
   *
   * @param folder of the data set
   * @param listed every file of the list, whether it is used or not
   * @param list its name, such as {@code instances.json}
   */
  public static void note(Path folder, Set<Path> listed, String list, FoundNotes notes) {
    Set<Path> folders = new TreeSet<>(Set.of(folder.normalize()));
    listed.forEach(file -> folders.add(parent(file)));
    for (Path each : folders) {
      try {
        FolderFiles content = FolderFiles.of(each);
        List<Path> others =
            content.others().stream()
                .filter(it -> !listed.contains(it) && !it.endsWith(list))
                .toList();
        List<Path> unread =
            content.folders().stream().filter(it -> !holdsOneOf(it, folders)).toList();
        List<Path> pictures = content.images().stream().filter(it -> !listed.contains(it)).toList();
        notes.count(
            String.valueOf(each.getFileName()),
            "1 picture is not in " + list + " and left out",
            "%d pictures are not in " + list + " and left out",
            FolderFiles.names(pictures));
        new FolderFiles(List.of(), unread, others).noteRest(notes, each);
      } catch (IOException e) {
        // a folder that cannot be listed: each listed file in it is a problem of its own
      }
    }
  }

  private static boolean holdsOneOf(Path folder, Set<Path> folders) {
    return folders.stream().anyMatch(it -> it.startsWith(folder));
  }

  private static Path parent(Path file) {
    Path parent = file.normalize().getParent();
    return parent == null ? Path.of("") : parent;
  }
}
