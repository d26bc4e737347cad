package io.stagemark.output;

import io.stagemark.data.ScratchTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders in an {@link OutputTree} that each are for one process, which writes files of its own
 * there. When it has ended they are listed; until then they are known by the folder.
 */
public final class ChildFolders {
  private final OutputTree tree;

  ChildFolders(OutputTree tree) {
    this.tree = tree;
  }

  /**
   * Makes an empty one.
   *
   * @param name in the tree, such as {@code trials/a-trial1}; it gets a number behind it where the
   *     name is taken
   * @return the name that it has
   */
  public String make(String name) throws OutputException {
    try {
      OwnFiles list = tree.opened();
      tree.makeFolders(name);
      String free = name;
      for (int number = 2; !isMade(path(free)); number++) {
        free = name + "-" + number;
      }
      list.addChild(free);
      return free;
    } catch (IOException e) {
      throw tree.failed(name + " cannot be made", e);
    }
  }

  private static boolean isMade(Path path) throws IOException {
    try {
      Files.createDirectory(path);
      return true;
    } catch (FileAlreadyExistsException e) {
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && OutputTree.isEmpty(path);
    }
  }

  /** Returns the names of those that are there, the newest last. */
  public List<String> names() throws OutputException {
    try {
      return tree.opened().children().stream().filter(tree::isFolder).toList();
    } catch (IOException e) {
      throw tree.failed("cannot be read", e);
    }
  }

  /** Deletes the temporary files of a process that has ended, and lists its other files. */
  public void close(String name) throws OutputException {
    try {
      OwnFiles list = tree.opened();
      if (!list.isOpen(name) || !tree.isFolder(name)) {
        return;
      }
      deleteScratch(list, name);
      for (String file : files(name)) {
        if (list.owns(file)) {
          list.addFile(file, Print.of(tree.path().resolve(file)));
        }
      }
      list.addFolder(name); // by name: so it is known in a copy of the whole folder, too
      list.addClosed(name);
    } catch (IOException e) {
      throw tree.failed(name + " cannot be listed", e);
    }
  }

  /** Closes all of them. */
  void closeAll() throws OutputException {
    for (String name : names()) {
      close(name);
    }
  }

  /** Deletes what is ours in one of them, and the folder if it is then empty. */
  public void delete(String name) throws OutputException {
    try {
      OwnFiles list = tree.opened();
      deleteScratch(list, name);
      for (String file : files(name)) {
        if (list.owns(file)) {
          Files.deleteIfExists(tree.path().resolve(file));
        }
      }
      if (list.owns(name)) {
        FolderRemoval.ifEmpty(path(name));
      }
    } catch (IOException e) {
      throw tree.failed(name + " cannot be deleted", e);
    }
  }

  private void deleteScratch(OwnFiles list, String name) throws IOException {
    String scratch = name + "/" + ChildFiles.SCRATCH;
    if (tree.isFolder(scratch) && list.owns(scratch)) {
      ScratchTree.delete(path(scratch));
    }
  }

  /**
   * Removes the folder that they are in, if it is ours and empty.
   *
   * @return whether it is gone
   */
  public boolean removeParent(String name) throws OutputException {
    try {
      return !Files.exists(path(name), LinkOption.NOFOLLOW_LINKS)
          || (tree.opened().owns(name) && FolderRemoval.ifEmpty(path(name)));
    } catch (IOException e) {
      throw tree.failed(name + " cannot be deleted", e);
    }
  }

  /** Entries that are no folders; nothing below them. */
  private List<String> files(String name) throws IOException {
    if (!tree.isFolder(name)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path(name))) {
      return entries
          .filter(entry -> !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .map(entry -> Survey.name(tree.path(), entry))
          .toList();
    }
  }

  private Path path(String name) {
    return tree.path().resolve(name);
  }
}
