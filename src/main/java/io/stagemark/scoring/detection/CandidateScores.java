package io.stagemark.scoring.detection;

import io.stagemark.data.DenseCandidates;

/**
 * Scores and boxes of every candidate of one image, in double precision: what {@link
 * DenseDetectionLoss} reads.
 */
public interface CandidateScores {

  /** Returns the number of candidates. */
  int count();

  /** Returns the number of classes. */
  int classes();

  /** Returns whether scores are logits; otherwise they are probabilities. */
  boolean logits();

  /** Returns the score of a candidate for a class: a logit or a probability. */
  double score(int candidate, int classId);

  /** Returns a box edge in source pixels: 0 left, 1 top, 2 right, 3 bottom. */
  double edge(int candidate, int side);

  /** Returns a view of what a decoder exposes. */
  static CandidateScores of(DenseCandidates candidates) {
    return new CandidateScores() {
      @Override
      public int count() {
        return candidates.count();
      }

      @Override
      public int classes() {
        return candidates.classes();
      }

      @Override
      public boolean logits() {
        return candidates.logits();
      }

      @Override
      public double score(int candidate, int classId) {
        return candidates.score(candidate, classId);
      }

      @Override
      public double edge(int candidate, int side) {
        return candidates.edge(candidate, side);
      }
    };
  }
}
