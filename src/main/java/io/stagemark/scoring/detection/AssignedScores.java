package io.stagemark.scoring.detection;

import io.stagemark.data.Annotation;
import io.stagemark.scoring.ScoreTensor;
import java.util.List;

/**
 * The scores of an image's candidates that count, with their targets, as a loss on terms reads
 * them: what {@link DenseDetectionLoss} sums, for losses that it does not know.
 *
 * @param predictions {@code [candidates, classes]}: logits or probabilities
 * @param truth 1 for the class of the object that a candidate is assigned to, else 0; the same
 *     shape
 * @param positives candidates that are assigned to an object
 */
public record AssignedScores(ScoreTensor predictions, ScoreTensor truth, int positives) {

  /**
   * Copies them, candidates between the thresholds apart.
   *
   * @throws IllegalArgumentException if a truth's class is not one of the candidates'
   */
  public static AssignedScores of(
      CandidateScores candidates, List<Annotation> truths, DenseLossSettings settings) {
    DenseDetectionLoss.requireClasses(truths, candidates.classes());
    DenseAssignment assignment = DenseAssignment.of(candidates, truths, settings);
    int classes = candidates.classes();
    int counted = assignment.positives() + assignment.background();
    double[] scores = new double[Math.multiplyExact(counted, classes)];
    double[] targets = new double[scores.length];
    int row = 0;
    for (int i = 0; i < candidates.count(); i++) {
      int match = assignment.match(i);
      if (match == DenseAssignment.IGNORED) {
        continue;
      }
      for (int k = 0; k < classes; k++) {
        scores[row * classes + k] = candidates.score(i, k);
      }
      if (match >= 0) {
        targets[row * classes + truths.get(match).classId()] = 1;
      }
      row++;
    }
    return new AssignedScores(
        ScoreTensor.of(scores, counted, classes),
        ScoreTensor.of(targets, counted, classes),
        assignment.positives());
  }
}
