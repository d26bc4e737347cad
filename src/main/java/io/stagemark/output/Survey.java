package io.stagemark.output;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a folder, by type; no link is followed. Names are relative, with slashes.
 *
 * @param files ours, without the list itself
 * @param folders ours; what is in one comes before it
 * @param foreign files, links and others that are not ours
 * @param foreignFolders folders that are not ours
 */
record Survey(
    List<String> files, List<String> folders, List<String> foreign, List<String> foreignFolders) {
  Survey {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
    foreign = List.copyOf(foreign);
    foreignFolders = List.copyOf(foreignFolders);
  }

  /** Looks through a folder; one that is not there holds nothing. */
  static Survey of(Path folder) throws IOException {
    Visitor visitor = new Visitor(folder, OwnFiles.read(folder));
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(folder, visitor);
    }
    return new Survey(visitor.files, visitor.folders, visitor.foreign, visitor.foreignFolders);
  }

  /** Returns whether there is nothing but what is ours. */
  boolean allOurs() {
    return foreign.isEmpty() && foreignFolders.isEmpty();
  }

  /** Returns the name of a path in a folder. */
  static String name(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    final List<String> files = new ArrayList<>();
    final List<String> folders = new ArrayList<>();
    final List<String> foreign = new ArrayList<>();
    final List<String> foreignFolders = new ArrayList<>();
    private final Path root;
    private final Optional<OwnFiles> own;

    Visitor(Path root, Optional<OwnFiles> own) {
      this.root = root;
      this.own = own;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = name(root, file);
      if (!owns(name, attributes)) {
        foreign.add(name);
      } else if (!name.equals(OwnFiles.NAME)) {
        files.add(name);
      }
      return FileVisitResult.CONTINUE;
    }

    /** What cannot be read is not known to be ours. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(root)) {
        throw e;
      }
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        foreign.add(name(root, file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (!folder.equals(root)) {
        String name = name(root, folder);
        try {
          BasicFileAttributes attributes =
              Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          (owns(name, attributes) ? folders : foreignFolders).add(name);
        } catch (NoSuchFileException gone) {
          // a child that lost its parent may be deleting its own
        }
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean owns(String name, BasicFileAttributes attributes) throws IOException {
      try {
        return own.isPresent() && own.get().owns(name, attributes);
      } catch (NoSuchFileException gone) {
        return true; // nobody's any more
      }
    }
  }
}
