package io.stagemark.cli;

import io.stagemark.output.ScratchTree;
import java.io.IOException;
import java.nio.file.Path;

/** A folder that a command needs while it works, and nobody after. */
final class ScratchFolder {
  private ScratchFolder() {}

  static void delete(Path folder) throws IOException {
    ScratchTree.delete(folder);
  }
}
