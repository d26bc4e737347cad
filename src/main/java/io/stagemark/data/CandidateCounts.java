package io.stagemark.data;

/**
 * How many boxes of one image got how far.
 *
 * @param aboveThreshold candidates of a reported class with a score above the threshold
 * @param nonFinite candidates whose score or box is NaN or infinite, above the threshold or not:
 *     none of them gets further; pixels where a decoder reads a map
 * @param intoNms those above the threshold and finite, the best first, that entered suppression; of
 *     a model that needs none: that are reported at most
 * @param kept detections handed on
 */
public record CandidateCounts(int aboveThreshold, int nonFinite, int intoNms, int kept) {
  public CandidateCounts {
    if (!(nonFinite >= 0 && kept >= 0 && intoNms >= 0 && intoNms <= aboveThreshold)) {
      throw new IllegalArgumentException(
          "counts must not grow on the way: above threshold %d, not finite %d, into NMS %d, kept %d"
              .formatted(aboveThreshold, nonFinite, intoNms, kept));
    }
  }
}
