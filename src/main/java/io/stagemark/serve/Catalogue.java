package io.stagemark.serve;

import io.stagemark.data.BadInputException;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs and comparisons below a folder. What was read of a file is kept until the file changes.
 * Thread-safe.
 */
final class Catalogue {
  /** Folders below the root that are looked into: a run's own are not. */
  private static final int MAX_DEPTH = 6;

  private final Path root;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  /** What was read, of which state of a file. */
  private record Known(FileTime changed, long bytes, ServedRun run) {}

  /** A folder that has a result. */
  private record Found(Path file, BasicFileAttributes attributes) {}

  Catalogue(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  /**
   * Returns everything, the newest run first; a file that cannot be read is listed with the reason.
   */
  List<ServedRun> all() throws IOException {
    List<Found> files = new ArrayList<>();
    if (Files.isDirectory(root)) {
      Files.walkFileTree(root, Set.of(), MAX_DEPTH, new Finder(files));
    }
    known.keySet().retainAll(files.stream().map(Found::file).toList());
    return files.stream()
        .map(this::read)
        .sorted(
            Comparator.comparing(ServedRun::startedAt).reversed().thenComparing(ServedRun::path))
        .toList();
  }

  private ServedRun read(Found found) {
    Known before = known.get(found.file());
    FileTime changed = found.attributes().lastModifiedTime();
    long bytes = found.attributes().size();
    if (before != null && before.changed().equals(changed) && before.bytes() == bytes) {
      return before.run();
    }
    ServedRun run = summary(found.file());
    known.put(found.file(), new Known(changed, bytes, run));
    return run;
  }

  private ServedRun summary(Path file) {
    String path = root.relativize(file.resolveSibling("")).toString().replace('\\', '/');
    try {
      return file.endsWith(ComparisonFile.NAME)
          ? ServedRun.of(path, ComparisonFile.read(file))
          : ServedRun.of(path, ResultFiles.readRun(file));
    } catch (BadInputException e) {
      return new ServedRun(
          path,
          path,
          "cannot be read: " + e.problems().get(0).found(),
          "",
          ServedRun.Machine.NONE,
          "",
          List.of(),
          file.endsWith(ComparisonFile.NAME));
    }
  }

  /** Finds results; links are not followed, and nothing hidden is looked into. */
  private final class Finder extends SimpleFileVisitor<Path> {
    private final List<Found> files;

    Finder(List<Found> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!folder.equals(root) && folder.getFileName().toString().startsWith(".")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      boolean run = add(folder.resolve(ResultFiles.RESULT));
      if (!run) {
        run = add(folder.resolve(ComparisonFile.NAME));
      }
      // a folder of runs may have a result of its own only if it is the root
      return run && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    private boolean add(Path file) throws IOException {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      files.add(
          new Found(
              file,
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
      return true;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // such as a folder that may not be read
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
