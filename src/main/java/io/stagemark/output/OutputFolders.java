package io.stagemark.output;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a folder may be written into, and where what a former run left there goes: as {@code
 * NAME.previous} next to it, without what is not ours.
 */
public final class OutputFolders {
  private static final int SHOWN = 3;

  private OutputFolders() {}

  /**
   * Returns why nothing may be written into a folder; changes nothing.
   *
   * @param stays whether what is ours there stays: a run is resumed, a comparison is written again;
   *     if not, it must be possible to move it aside
   */
  public static List<Problem> problems(Path folder, OutputKind kind, boolean stays) {
    try {
      if (Files.isSymbolicLink(folder)) {
        return List.of(linkProblem(folder));
      }
      Path there = existing(folder.toAbsolutePath());
      if (!Files.isDirectory(there)) {
        return List.of(
            new Problem(
                ShownPath.of(folder),
                (there.equals(folder.toAbsolutePath()) ? "" : ShownPath.of(there) + ": ")
                    + "not a folder",
                "a folder, or a name under which nothing is there yet",
                other(folder, kind)));
      }
      Survey survey = Survey.of(folder);
      List<Problem> problems = new ArrayList<>();
      List<String> inTheWay = inTheWay(survey, kind);
      if (!inTheWay.isEmpty()) {
        problems.add(foreignProblem(folder, kind, inTheWay));
      }
      if (!stays && measured(survey)) {
        problems.addAll(previousProblems(previous(folder), kind));
      }
      return problems;
    } catch (IOException e) {
      return List.of(
          new Problem(
              ShownPath.of(folder),
              "cannot be read: " + OutputException.reason(e),
              "a folder that can be read and written",
              other(folder, kind)));
    }
  }

  /** Returns the path, or the nearest folder above it that is there. */
  private static Path existing(Path path) {
    Path there = path;
    Path parent = path.getParent();
    while (parent != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = parent;
      parent = there.getParent();
    }
    return there;
  }

  static Problem linkProblem(Path folder) {
    Path target;
    try {
      target = folder.toRealPath();
    } catch (IOException e) {
      target = folder.resolveSibling(folder.getFileName() + "-2"); // the link leads nowhere
    }
    return new Problem(
        ShownPath.of(folder),
        "a link: nothing is written through one",
        "a folder, by its own name",
        ShownPath.of(target));
  }

  /** Foreign files under the names that are the program's; empty folders are in nobody's way. */
  private static List<String> inTheWay(Survey survey, OutputKind kind) {
    return survey.foreign().stream()
        .filter(
            name -> {
              String top = name.split("/", 2)[0];
              return top.equals(OwnFiles.NAME) || kind.names().contains(top);
            })
        .sorted()
        .toList();
  }

  private static Problem foreignProblem(Path folder, OutputKind kind, List<String> names) {
    return new Problem(
        ShownPath.of(folder),
        shown(names) + ": not written by Stagemark (no list says so), or changed since",
        "no files of yours under the names that "
            + kind.label()
            + " uses: "
            + String.join(", ", kind.names()),
        other(folder, kind) + ", or move them elsewhere");
  }

  private static List<Problem> previousProblems(Path previous, OutputKind kind) throws IOException {
    if (!Files.exists(previous, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    Survey survey = Survey.of(previous);
    boolean folder = Files.isDirectory(previous, LinkOption.NOFOLLOW_LINKS);
    if (folder && survey.allOurs()) {
      return List.of();
    }
    String found =
        folder
            ? shown(survey.foreign().isEmpty() ? survey.foreignFolders() : survey.foreign())
                + ": not written by Stagemark, or changed since"
            : "a file or a link";
    return List.of(
        new Problem(
            ShownPath.of(previous),
            found,
            "nothing there, or a former run alone: the run that is in the output folder now goes"
                + " there, in place of it",
            kind.asking("FOLDER") + ", or move " + previous.getFileName() + " elsewhere"));
  }

  private static String shown(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? some : some + " and " + (names.size() - SHOWN) + " more";
  }

  private static String other(Path folder, OutputKind kind) {
    return kind.asking(ShownPath.of(folder.resolveSibling(folder.getFileName() + "-2")));
  }

  private static Path previous(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".previous");
  }

  /** Whether there are figures: the rest of a run that had not begun to measure is not kept. */
  private static boolean measured(Survey survey) {
    return survey.files().stream()
        .anyMatch(
            name ->
                name.equals("result.json")
                    || name.equals("comparison.json")
                    || name.startsWith("samples/"));
  }

  /**
   * Moves what is ours in a folder aside, to {@code NAME.previous}, in place of what was there. The
   * caller holds the folder's lock.
   *
   * @throws BadInputException if {@link #problems} says why not; nothing has changed then
   * @throws IOException if the file system refuses
   */
  public static void moveAside(Path folder, OutputKind kind) throws BadInputException, IOException {
    List<Problem> problems = problems(folder, kind, false);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    Survey survey = Survey.of(folder);
    if (survey.files().isEmpty()) {
      return;
    }
    if (!measured(survey)) {
      delete(folder, survey);
      return;
    }
    Path previous = previous(folder);
    if (Files.exists(previous, LinkOption.NOFOLLOW_LINKS)) {
      delete(previous, Survey.of(previous));
      Files.deleteIfExists(previous.resolve(OwnFiles.NAME));
      Files.delete(previous);
    }
    if (!survey.allOurs() || !renamed(folder, previous)) {
      moveFiles(folder, previous);
    }
  }

  /** A folder that is a mount point cannot be renamed. */
  private static boolean renamed(Path folder, Path previous) throws IOException {
    try {
      Files.move(folder, previous);
      return true;
    } catch (FileSystemException e) {
      if (Files.isDirectory(folder) && !Files.exists(previous)) {
        return false;
      }
      throw e;
    }
  }

  /** The new list comes first and the old one goes last, so that both are right at any moment. */
  private static void moveFiles(Path from, Path to) throws IOException {
    OutputTree former = OutputTree.of(from);
    former.children().closeAll();
    Survey survey = Survey.of(from);
    OutputTree target = OutputTree.of(to);
    for (String name : survey.files()) {
      target.take(from.resolve(name), name);
    }
    delete(from, survey);
    Files.deleteIfExists(from.resolve(OwnFiles.NAME));
  }

  private static void delete(Path folder, Survey survey) throws IOException {
    for (String name : survey.files()) {
      Files.deleteIfExists(folder.resolve(name));
    }
    for (String name : survey.folders()) {
      FolderRemoval.ifEmpty(folder.resolve(name));
    }
  }
}
