package io.stagemark.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of pairs after which a gate may flag, each with its part of α. The parts add up to α,
 * so that the chance of any false flag stays below it (the union bound), wherever the gate stops.
 *
 * <p>The first look comes as soon as pairs that all agree can pass Holm over every gated metric:
 * with ten metrics and α = 0.05 after 9 pairs, since 10 · 2⁻⁹ &lt; 0.4 · 0.05.
 */
final class Looks {
  private static final double FIRST = 0.4;
  private static final double LATER = 0.3;

  private final List<Look> all;

  private Looks(List<Look> all) {
    this.all = all;
  }

  /**
   * One look.
   *
   * @param pairs that are measured by then
   * @param alpha its part
   */
  record Look(int pairs, double alpha) {}

  /**
   * Plans the looks.
   *
   * @param screen pairs before anything is decided
   * @param most pairs in all, more than {@code screen}
   * @param tests gated metrics, at least 1
   * @param alpha of all looks together
   */
  static Looks of(int screen, int most, int tests, double alpha) {
    int first = screen + 1;
    while (first < most && tests * Math.pow(2, -first) >= FIRST * alpha) {
      first++;
    }
    int middle = (first + most + 1) / 2;
    List<Look> looks = new ArrayList<>();
    if (middle >= most || first >= middle) {
      looks.add(new Look(most, alpha)); // no room for looks that would save pairs
    } else {
      looks.add(new Look(first, FIRST * alpha));
      looks.add(new Look(middle, LATER * alpha));
      looks.add(new Look(most, LATER * alpha));
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
