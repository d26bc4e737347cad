package io.stagemark.config;

import io.stagemark.scoring.Loss;
import io.stagemark.spi.Named;
import io.stagemark.spi.Registry;

/** Names of scores, and the former names under which configs and stored results know them. */
public final class ScoreNames {
  private static final Registry<Loss> LOSSES =
      Registry.discover(Loss.class, ScoreNames.class.getClassLoader());

  private ScoreNames() {}

  /** Returns the name that results show: the loss's own for an alias, else {@code name} itself. */
  public static String current(String name) {
    return LOSSES.find(name).map(Named::name).orElse(name);
  }
}
