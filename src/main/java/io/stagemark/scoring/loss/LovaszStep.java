package io.stagemark.scoring.loss;

import io.stagemark.scoring.kernel.CompensatedSum;
import java.util.Arrays;

/**
 * The Lovász extension of the Jaccard loss: errors in descending order, each times the rise of
 * {@code 1 − IoU} that comes with counting it as wrong.
 *
 * <p>The rises are taken in closed form, so that nothing cancels: with I foreground items still
 * right and U the union so far, a foreground item adds {@code 1 / U} and a background item {@code I
 * / (U (U + 1))}. Without any foreground the first item alone adds 1. Source: Berman and others,
 * The Lovász-Softmax loss, 2018, arXiv 1705.08790, algorithm 1.
 */
final class LovaszStep {
  private final double[] foreground;
  private final double[] background;
  private int foregroundSize;
  private int backgroundSize;
  private boolean undefined;

  /**
   * @param capacity largest number of items between two calls of {@link #loss}
   */
  LovaszStep(int capacity) {
    this.foreground = new double[capacity];
    this.background = new double[capacity];
  }

  /** Adds an item; a negative error is taken as 0. */
  void add(double error, boolean isForeground) {
    double counted = Math.max(error, 0);
    undefined |= Double.isNaN(error);
    if (isForeground) {
      foreground[foregroundSize++] = counted;
    } else {
      background[backgroundSize++] = counted;
    }
  }

  /** Returns how many foreground items were added. */
  int foregroundSize() {
    return foregroundSize;
  }

  /** Returns the loss of the items added, and forgets them: 0 of none, NaN if an error is NaN. */
  double loss() {
    Arrays.sort(foreground, 0, foregroundSize);
    Arrays.sort(background, 0, backgroundSize);
    double sum = undefined ? Double.NaN : merge();
    foregroundSize = 0;
    backgroundSize = 0;
    undefined = false;
    return sum;
  }

  private double merge() {
    int f = foregroundSize - 1;
    int b = backgroundSize - 1;
    if (f < 0) {
      return b < 0 ? 0 : background[b];
    }
    CompensatedSum sum = new CompensatedSum();
    double union = foregroundSize;
    while (f >= 0) { // once no foreground item is right, a background item adds nothing
      if (b < 0 || foreground[f] >= background[b]) {
        sum.add(foreground[f--] / union);
      } else {
        sum.add(background[b--] * ((f + 1) / (union * (union + 1))));
        union++;
      }
    }
    return sum.value();
  }
}
