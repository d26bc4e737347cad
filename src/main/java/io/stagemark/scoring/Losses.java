package io.stagemark.scoring;

import io.stagemark.spi.Registry;
import org.jspecify.annotations.Nullable;

/** The losses on the class path. */
public final class Losses {
  private static volatile @Nullable Registry<Loss> found;

  private Losses() {}

  /**
   * Returns every loss on the class path.
   *
   * @throws io.stagemark.spi.PluginException if one cannot be loaded, or two have one name
   */
  public static Registry<Loss> registry() {
    Registry<Loss> known = found; // no static initializer: its failures have no message
    if (known == null) {
      known = Registry.discover(Loss.class, Losses.class.getClassLoader());
      found = known;
    }
    return known;
  }
}
