package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Truth;
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
      return new Truth.Target(file, NpyReader.read(file, "target"));
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
}
