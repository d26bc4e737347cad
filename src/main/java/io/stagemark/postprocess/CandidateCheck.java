package io.stagemark.postprocess;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import java.util.DoubleSummaryStatistics;
import java.util.function.IntFunction;

/**
 * Every candidate of one image before any suppression, looked over outside the clock for signs that
 * the outputs are not what the decoder takes them for.
 *
 * @param candidates how many; 0 of a decoder without dense candidates
 * @param nonFinite those with a score or a box edge that is NaN or infinite, above the threshold or
 *     not
 * @param above those whose best score is above the threshold
 * @param sure those of {@code above} whose best score is above 0.25: below, a sound detector's
 *     boxes may be anywhere
 * @param misplaced those of {@code sure} whose box is no place in the picture: under 1 px, inside
 *     out, three times as large as the picture, or with its centre outside
 * @param low smallest number that must be a probability; +∞ where none must
 * @param high largest such number; −∞ where none must
 */
public record CandidateCheck(
    int candidates, int nonFinite, int above, int sure, int misplaced, double low, double high) {
  private static final double SURE = 0.25;
  private static final double MIN_SIDE_PX = 1;

  /** So many sides of the picture may a box be long. */
  private static final double MAX_SIDES = 3;

  /** By so much of its side may a box's centre be outside the picture. */
  private static final double MARGIN = 0.1;

  static CandidateCheck of(
      BoxDecoder decoder,
      double threshold,
      IntFunction<Tensor> outputs,
      int slot,
      Geometry geometry) {
    DoubleSummaryStatistics range = new DoubleSummaryStatistics();
    decoder.probabilities(
        outputs,
        slot,
        value -> {
          if (Double.isFinite(value)) {
            range.accept(value);
          }
        });
    if (!decoder.hasDense()) {
      int nonFinite = decoder.nonFinite(outputs, slot);
      return new CandidateCheck(0, nonFinite, 0, 0, 0, range.getMin(), range.getMax());
    }
    DenseCandidates all = decoder.dense(outputs, slot, geometry);
    int nonFinite = 0;
    int above = 0;
    int sure = 0;
    int misplaced = 0;
    for (int i = 0; i < all.count(); i++) {
      double best = best(all, i);
      if (!isFinite(all, i)) {
        nonFinite++;
      } else if (best > threshold) {
        above++;
        sure += best > SURE ? 1 : 0;
        misplaced += best > SURE && isMisplaced(all, i, geometry) ? 1 : 0;
      }
    }
    return new CandidateCheck(
        all.count(), nonFinite, above, sure, misplaced, range.getMin(), range.getMax());
  }

  private static double best(DenseCandidates all, int candidate) {
    double best = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < all.classes(); c++) {
      best = Math.max(best, all.score(candidate, c));
    }
    return all.logits() ? 1 / (1 + Math.exp(-best)) : best;
  }

  /** Infinite logits are scores of 0 and 1. */
  private static boolean isFinite(DenseCandidates all, int candidate) {
    for (int c = 0; c < all.classes(); c++) {
      float score = all.score(candidate, c);
      if (Float.isNaN(score) || (Float.isInfinite(score) && !all.logits())) {
        return false;
      }
    }
    for (int side = 0; side < 4; side++) {
      if (!Double.isFinite(all.edge(candidate, side))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMisplaced(DenseCandidates all, int candidate, Geometry geometry) {
    return isOutside(all.edge(candidate, 0), all.edge(candidate, 2), geometry.sourceWidthPx())
        || isOutside(all.edge(candidate, 1), all.edge(candidate, 3), geometry.sourceHeightPx());
  }

  private static boolean isOutside(double low, double high, int sidePx) {
    double centre = (low + high) / 2;
    return high - low < MIN_SIDE_PX
        || high - low > MAX_SIDES * sidePx
        || centre < -MARGIN * sidePx
        || centre > (1 + MARGIN) * sidePx;
  }
}
