package io.stagemark.score;

import io.stagemark.scoring.ScoreTensor;

/** Reads class indices out of an array of any type. */
final class Labels {
  private Labels() {}

  /**
   * Returns a label.
   *
   * @throws IllegalArgumentException if it is not a whole number that fits an int
   */
  static int at(ScoreTensor labels, int index) {
    double label = labels.get(index);
    if (label != (int) label) {
      throw new IllegalArgumentException(
          "label%s is %s, not a class index".formatted(labels.place(index), label));
    }
    return (int) label;
  }
}
