package io.stagemark.output;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes a folder of ours unless something is in it. */
final class FolderRemoval {
  private FolderRemoval() {}

  /** Returns whether the folder is gone. */
  static boolean ifEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }
}
