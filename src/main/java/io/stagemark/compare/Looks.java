package io.stagemark.compare;

import io.stagemark.stats.JointFlips.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of pairs after which a gate may flag, each with its part of α. The parts add up to α,
 * so that the chance of any false flag stays below it (the union bound), wherever the gate stops.
 *
 * <p>The first look comes as soon as pairs that all agree can pass: with α = 0.05 after 6 pairs,
 * since 2⁻⁶ &lt; 0.05 / 3. So few pairs can tell a clear change alone, and it compares {@linkplain
 * Statistic#SIZES sizes}; three more share the rest, and compare ranks.
 */
final class Looks {
  private static final double FIRST = 1.0 / 3;
  private static final int LATER = 3;

  private final List<Look> all;

  private Looks(List<Look> all) {
    this.all = all;
  }

  /**
   * One look.
   *
   * @param pairs that are measured by then
   * @param alpha its part
   * @param statistic that it compares
   */
  record Look(int pairs, double alpha, Statistic statistic) {}

  /**
   * Plans the looks.
   *
   * @param screen pairs before anything is decided
   * @param most pairs in all, more than {@code screen}
   * @param alpha of all looks together
   */
  static Looks of(int screen, int most, double alpha) {
    int first = screen;
    while (first < most && Math.pow(2, -first) >= FIRST * alpha) {
      first++;
    }
    if (most - first < 2 * LATER) {
      // no room for looks that would save pairs
      return new Looks(List.of(new Look(most, alpha, Statistic.RANKS)));
    }
    List<Look> looks = new ArrayList<>();
    looks.add(new Look(first, FIRST * alpha, Statistic.SIZES));
    for (int i = 1; i <= LATER; i++) {
      looks.add(
          new Look(
              first + (most - first) * i / LATER, (1 - FIRST) / LATER * alpha, Statistic.RANKS));
    }
    return new Looks(List.copyOf(looks));
  }

  /** Returns the look after so many pairs; empty if none is planned there. */
  Optional<Look> after(int pairs) {
    return all.stream().filter(look -> look.pairs() == pairs).findFirst();
  }

  /** Returns the last look. */
  Look last() {
    return all.get(all.size() - 1);
  }

  @Override
  public String toString() {
    return String.join(", ", all.stream().map(look -> String.valueOf(look.pairs())).toList());
  }
}
