package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Target tensors of images: a {@code .npy} of the image's name in a folder of their own, such as
 * {@code targets/val/first.npy} of {@code images/val/first.jpg}.
 */
final class ImageTargets {
  private ImageTargets() {}

  /**
   * Returns the truth of an image; unknown where the config names no folder of targets.
   *
   * @param name of the image, relative to the folder of images
   */
  static Truth of(DatasetSettings settings, String name, FoundProblems problems) {
    Optional<Path> folder = settings.truth();
    if (folder.isEmpty()) {
      return new Truth.Unknown();
    }
    Path file = folder.get().resolve(name.replaceFirst("\\.[^./\\\\]*$", "") + ".npy");
    try {
      NpyReader.read(file, "target"); // what is wrong with it is found before anything runs
      return stored(file);
    } catch (BadInputException e) {
      for (Problem each : e.problems()) {
        problems.add(
            each.where(),
            each.found(),
            "the target of " + name + ": " + each.expected(),
            each.tryThis());
      }
      return new Truth.Unknown();
    }
  }

  /** Returns the numbers of a file that is read when they are needed. */
  static Truth stored(Path file) {
    return new Truth.Target(file, () -> read(file));
  }

  private static Tensor read(Path file) throws IOException {
    try {
      return NpyReader.read(file, "target");
    } catch (BadInputException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
