package io.stagemark.config;

import io.stagemark.scoring.Losses;
import io.stagemark.spi.Named;

/** Names of scores, and the former names under which configs and stored results know them. */
public final class ScoreNames {
  private ScoreNames() {}

  /** Returns the name that results show: the loss's own for an alias, else {@code name} itself. */
  public static String current(String name) {
    return Losses.registry().find(name).map(Named::name).orElse(name);
  }
}
