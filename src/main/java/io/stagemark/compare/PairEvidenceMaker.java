package io.stagemark.compare;

/**
 * Figures of live pairs as evidence.
 *
 * @param blockBatches batches in a turn, for the advice
 */
record PairEvidenceMaker(int blockBatches) implements StageEvidence.EvidenceMaker {
  @Override
  public Evidence of(double[] baseline, double[] candidate) {
    return new PairEvidence(baseline, candidate);
  }

  @Override
  public String tooFew(int needed, int has) {
    return "needs %d batches a pair, has %d: set pairs.blocks to %d"
        .formatted(needed, has, (needed + blockBatches - 1) / blockBatches);
  }
}
