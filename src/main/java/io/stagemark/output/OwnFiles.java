package io.stagemark.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the program wrote into a folder, by the list {@value #NAME} in it, which marks the folder,
 * too. Each line is written before the file that it names appears.
 *
 * <pre>
 *   file BYTES SHA256 NAME    a file, as it was written
 *   part NAME                 a file of a random name, while it is being written
 *   folder NAME               a folder that was not there, or was empty
 *   child INODE NAME          a folder for a process that writes files of its own
 *   closed NAME               that process has ended, its files are in the list
 * </pre>
 *
 * <p>Names are relative, with slashes. Not thread-safe.
 */
final class OwnFiles {
  static final String NAME = ".stagemark";

  private final Path folder;
  private final ListFile list;
  private final Map<String, Set<Print>> files = new HashMap<>();
  private final Set<String> parts = new HashSet<>();
  private final Set<String> folders = new HashSet<>();
  private final Map<String, String> children = new LinkedHashMap<>();
  private final Set<String> open = new HashSet<>();

  private OwnFiles(Path folder, ListFile list) {
    this.folder = folder;
    this.list = list;
  }

  /** Returns what a folder's list says; empty if it has none, or something else has its name. */
  static Optional<OwnFiles> read(Path folder) throws IOException {
    Optional<ListFile> list = ListFile.at(folder.resolve(NAME));
    if (list.isEmpty()) {
      return Optional.empty();
    }
    OwnFiles own = new OwnFiles(folder, list.get());
    list.get().lines().forEach(own::take);
    return Optional.of(own);
  }

  /** Begins the list of a folder that has none. */
  static OwnFiles begin(Path folder) throws IOException {
    return new OwnFiles(folder, ListFile.create(folder.resolve(NAME)));
  }

  private void take(String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "file" -> {
        String[] file = words[1].split(" ", 3);
        files
            .computeIfAbsent(file[2], name -> new HashSet<>())
            .add(new Print(Long.parseLong(file[0]), file[1]));
      }
      case "part" -> parts.add(words[1]);
      case "folder" -> folders.add(words[1]);
      case "child" -> {
        String[] child = words[1].split(" ", 2);
        children.put(child[1], child[0]);
        open.add(child[1]);
      }
      case "closed" -> open.remove(words[1]);
      default -> {
        // a note, or what a later version says: it claims nothing
      }
    }
  }

  private void add(String line) throws IOException {
    list.append(line);
    take(line);
  }

  void addFile(String name, Print print) throws IOException {
    add("file " + print.bytes() + " " + print.sha256() + " " + name);
  }

  void addPart(String name) throws IOException {
    add("part " + name);
  }

  void addFolder(String name) throws IOException {
    if (!folders.contains(name)) {
      add("folder " + name);
    }
  }

  /** Adds a folder that is there, and empty. */
  void addChild(String name) throws IOException {
    add("child " + Inode.of(folder.resolve(name)) + " " + name);
  }

  void addClosed(String child) throws IOException {
    add("closed " + child);
  }

  /** Returns the folders for processes, the newest last. */
  List<String> children() {
    return List.copyOf(children.keySet());
  }

  boolean isOpen(String child) {
    return open.contains(child);
  }

  /**
   * Returns whether what is under a name is ours, and still as we wrote it; false if nothing is
   * there. The folders above it are not looked at: they must not be links.
   */
  boolean owns(String name) throws IOException {
    try {
      return owns(
          name,
          Files.readAttributes(
              folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  boolean owns(String name, BasicFileAttributes attributes) throws IOException {
    if (inScratch(name)) {
      return true; // links too: they are deleted, never followed
    }
    if (attributes.isDirectory()) {
      return folders.contains(name) || isChild(name);
    }
    return attributes.isRegularFile()
        && (name.equals(NAME)
            || (parts.contains(name) && NewFile.isPart(last(name)))
            || inOpenChild(name)
            || isAsListed(name, attributes.size()));
  }

  private boolean isAsListed(String name, long bytes) throws IOException {
    Set<Print> known = files.getOrDefault(name, Set.of());
    try {
      return known.stream().anyMatch(print -> print.bytes() == bytes)
          && known.contains(Print.of(folder.resolve(name)));
    } catch (AccessDeniedException e) {
      return false;
    }
  }

  /** A copy of a folder has its list, but not its inodes: what was never listed is not ours. */
  private boolean isChild(String name) throws IOException {
    String inode = children.get(name);
    return inode != null && inode.equals(Inode.of(folder.resolve(name)));
  }

  private boolean inOpenChild(String name) throws IOException {
    String child = above(name);
    return open.contains(child) && ChildFiles.isOne(last(name)) && isChild(child);
  }

  /** Whether it is among the temporary files of a process that was not seen to end. */
  private boolean inScratch(String name) throws IOException {
    for (String child : open) {
      String scratch = child + "/" + ChildFiles.SCRATCH;
      if (name.equals(scratch) || name.startsWith(scratch + "/")) {
        return Files.isDirectory(folder.resolve(scratch), LinkOption.NOFOLLOW_LINKS)
            && isChild(child);
      }
    }
    return false;
  }

  private static String above(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
