package io.stagemark.result;

/**
 * How many boxes a detector had before and after suppression, over the examples of a case: counted
 * on the outputs that were timed.
 *
 * @param examples how many
 * @param aboveThreshold candidates of a reported class above the score threshold
 * @param intoNms those that entered suppression: finite, and at most the card's {@code preNmsTopK}
 * @param kept detections handed on
 * @param nonFinite candidates of all examples together whose score or box is NaN or infinite, above
 *     the threshold or not
 */
public record CandidateFigures(
    int examples, Spread aboveThreshold, Spread intoNms, Spread kept, long nonFinite) {

  /**
   * A count over the examples.
   *
   * @param min smallest
   * @param median by nearest rank
   * @param max largest
   */
  public record Spread(int min, int median, int max) {}
}
