package io.stagemark.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of trials: round by round, every case once a round, shuffled within each round, so that
 * a machine that slows down or speeds up meets all cases alike.
 */
final class Schedule {
  private Schedule() {}

  /**
   * One trial of one case.
   *
   * @param caseIndex from 0
   * @param trial from 1
   */
  record Slot(int caseIndex, int trial) {}

  /** Returns {@code cases · trials} slots; the same seed gives the same order. */
  static List<Slot> of(int cases, int trials, long seed) {
    Random random = new Random(seed);
    List<Slot> slots = new ArrayList<>();
    for (int trial = 1; trial <= trials; trial++) {
      List<Slot> round = new ArrayList<>();
      for (int index = 0; index < cases; index++) {
        round.add(new Slot(index, trial));
      }
      Collections.shuffle(round, random);
      slots.addAll(round);
    }
    return slots;
  }
}
