package io.stagemark.output;

import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that the program writes into. Files are written under a new name and renamed; one that
 * is there already is replaced if it is ours and as we wrote it, and no link is followed. Names are
 * relative, with slashes; folders in them are made. Nothing is made before the first file is.
 *
 * <p>Whatever fails is an {@link OutputException} that names the folder. Not thread-safe.
 */
public final class OutputTree {
  private final Path folder;
  private @Nullable OwnFiles own;
  private String inode = "";

  private OutputTree(Path folder) {
    this.folder = folder;
  }

  /** Returns the tree of a folder, which need not exist. */
  public static OutputTree of(Path folder) {
    return new OutputTree(folder.toAbsolutePath().normalize());
  }

  /** Returns the folder, to read from. */
  public Path path() {
    return folder;
  }

  /** Writes a text. */
  public void write(String name, String text) throws OutputException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file. */
  public void write(String name, byte[] content) throws OutputException {
    put(name, Print.of(content), part -> NewFile.create(part, content, false));
  }

  /** Writes a file that is on the disk, whole, on return: what a run is resumed from. */
  public void writeDurably(String name, byte[] content) throws OutputException {
    put(name, Print.of(content), part -> NewFile.create(part, content, true));
  }

  /** Moves a file of the program's own to its place in this folder. */
  public void take(Path source, String name) throws OutputException {
    try {
      Print print = Print.of(source);
      Path file = freed(name);
      opened().addFile(name, print);
      try {
        NewFile.rename(source, file);
      } catch (AtomicMoveNotSupportedException e) { // from another file system
        put(name, print, part -> Files.copy(source, part));
        Files.delete(source);
      }
    } catch (IOException e) {
      throw failed(name + " cannot be written", e);
    }
  }

  /**
   * Puts a file on the list that is known to be the program's by what is in it: older versions kept
   * no list.
   */
  public void claim(String name) throws OutputException {
    try {
      opened().addFile(name, Print.of(folder.resolve(name)));
    } catch (IOException e) {
      throw failed(name + " cannot be read", e);
    }
  }

  /** How a file comes to be under its first name. */
  private interface Making {
    void make(Path part) throws IOException;
  }

  private void put(String name, Print print, Making making) throws OutputException {
    try {
      Path file = freed(name);
      Path part = NewFile.part(file);
      opened().addPart(Survey.name(folder, part));
      try {
        making.make(part);
        opened().addFile(name, print);
        NewFile.rename(part, file);
      } catch (IOException e) {
        Files.deleteIfExists(part); // a full disk: nobody else has a file of that name
        throw e;
      }
    } catch (IOException e) {
      throw failed(name + " cannot be written", e);
    }
  }

  /** Returns the place of a file whose folders are there, and where nothing foreign is. */
  private Path freed(String name) throws IOException {
    OwnFiles list = opened();
    Path file = folder.resolve(name);
    makeFolders(name);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !list.owns(name) && !isListed(name)) {
      throw inTheWay(name);
    }
    return file;
  }

  /** Another command may have written it since this one read the list. */
  private boolean isListed(String name) throws IOException {
    Optional<OwnFiles> now = OwnFiles.read(folder);
    return now.isPresent() && now.get().owns(name);
  }

  private OutputException inTheWay(String name) {
    return new OutputException(
        new Problem(
            ShownPath.of(folder.resolve(name)),
            "not written by Stagemark (no list says so), or changed since",
            "nothing there, or what Stagemark wrote: nothing else is replaced",
            "move it elsewhere"));
  }

  /** Makes the folders above a file or folder; a link among them is refused. */
  void makeFolders(String name) throws IOException {
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      String above = name.substring(0, slash);
      Path path = folder.resolve(above);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(path);
      } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw inTheWay(above);
      }
      if (isEmpty(path)) {
        opened().addFolder(above); // an empty one is as good as a new one
      }
    }
  }

  /** Returns whether a folder is there, with no link on the way to it from this one. */
  boolean isFolder(String name) {
    Path path = folder;
    for (String part : name.split("/", -1)) {
      path = path.resolve(part);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  /**
   * Returns the list of the folder, both of which are made if need be.
   *
   * @throws IOException if the folder is no longer the one that it was at the first call
   */
  OwnFiles opened() throws IOException {
    OwnFiles list = own;
    if (list != null) {
      checkUnchanged();
      return list;
    }
    if (Files.isSymbolicLink(folder)) {
      throw new OutputException(OutputFolders.linkProblem(folder));
    }
    Files.createDirectories(folder);
    Optional<OwnFiles> found = OwnFiles.read(folder);
    list = found.isPresent() ? found.get() : OwnFiles.begin(folder);
    own = list;
    inode = Inode.of(folder);
    return list;
  }

  /**
   * Looks whether the folder is still the one that was written to.
   *
   * @throws OutputException if it was deleted, moved or replaced
   */
  public void checkUnchanged() throws OutputException {
    if (own == null) {
      return;
    }
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new OutputException(
          folder, "the output folder is gone: deleted or moved while it was written to");
    }
    boolean same;
    try {
      same = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && inode.equals(Inode.of(folder));
    } catch (IOException e) {
      throw new OutputException(folder, "the output folder cannot be read", e);
    }
    if (!same) {
      throw new OutputException(
          folder, "the output folder was replaced by something else while it was written to");
    }
  }

  /** Returns what went wrong, for the user: the folder's own fate before that of a file in it. */
  public OutputException failed(String what, IOException cause) {
    if (cause instanceof OutputException known) {
      return known;
    }
    try {
      checkUnchanged();
    } catch (OutputException changed) {
      changed.addSuppressed(cause);
      return changed;
    }
    return new OutputException(folder, what, cause);
  }

  /** Returns the folders in it that processes write files of their own into. */
  public ChildFolders children() {
    return new ChildFolders(this);
  }
}
