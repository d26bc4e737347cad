package io.stagemark.data;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The one place that deletes a folder with all that is in it: a folder that the program made for
 * itself under a name that nobody else has, such as one for temporary files.
 */
public final class ScratchTree {
  private ScratchTree() {}

  /**
   * Deletes a folder. Links in it are deleted, never followed; a link in its place is left alone.
   * What is gone already, or comes while this goes on, is no error: a child that lost its parent
   * may be deleting or writing there.
   *
   * @throws IOException if something in it cannot be deleted
   */
  public static void delete(Path root) throws IOException {
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
              throw e;
            }
            try {
              Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException late) {
              // something was written there meanwhile
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
