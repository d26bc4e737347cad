package io.stagemark.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of trials: round by round, every case once a round, shuffled within each round, so that
 * a machine that slows down or speeds up meets all cases alike. The same seed gives the same order.
 * Not thread-safe.
 */
final class Schedule {
  private final Random random;

  Schedule(long seed) {
    random = new Random(seed);
  }

  /**
   * One trial of one case.
   *
   * @param caseIndex from 0
   * @param trial from 1
   */
  record Slot(int caseIndex, int trial) {}

  /** Returns {@code cases · trials} slots. */
  List<Slot> rounds(int cases, int trials) {
    List<Slot> slots = new ArrayList<>();
    for (int trial = 1; trial <= trials; trial++) {
      List<Slot> round = new ArrayList<>();
      for (int index = 0; index < cases; index++) {
        round.add(new Slot(index, trial));
      }
      slots.addAll(shuffled(round));
    }
    return slots;
  }

  /** Returns a round in a random order. */
  List<Slot> shuffled(List<Slot> round) {
    List<Slot> order = new ArrayList<>(round);
    Collections.shuffle(order, random);
    return order;
  }
}
