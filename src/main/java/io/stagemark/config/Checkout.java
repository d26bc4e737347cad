package io.stagemark.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder that a config belongs to, as a repository keeps it: {@code configs/}, {@code models/}
 * and {@code plugins/} side by side.
 */
public final class Checkout {
  private static final String CONFIGS = "configs";
  private static final String MODELS = "models";

  private Checkout() {}

  /**
   * Returns the root of the checkout: the folder above the nearest one that is called configs, else
   * the nearest folder that Git knows as a work tree, else the config's own folder.
   */
  public static Path rootOf(Path config) {
    Path folder = folderOf(config);
    Optional<Path> git = Optional.empty();
    for (Path each = folder; each != null; each = each.getParent()) {
      Path name = each.getFileName();
      Path parent = each.getParent();
      if (name != null && parent != null && name.toString().equals(CONFIGS)) {
        return parent;
      }
      if (git.isEmpty() && Files.exists(each.resolve(".git"))) {
        git = Optional.of(each);
      }
    }
    return git.orElse(folder);
  }

  /** Returns the folder of model cards beside a config's; it may not be there. */
  static Path modelsOf(Path config) {
    return rootOf(config).resolve(MODELS);
  }

  private static Path folderOf(Path config) {
    Path folder = config.toAbsolutePath().normalize().getParent();
    return folder == null ? config.toAbsolutePath().getRoot() : folder;
  }
}
