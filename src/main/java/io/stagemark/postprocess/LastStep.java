package io.stagemark.postprocess;

/**
 * The last step of a model's class scores where the network leaves it out. It never falls: a larger
 * score comes out as large or larger, so that masks can be made without computing it.
 */
public interface LastStep {
  /** The network leaves nothing out. */
  LastStep NONE =
      new LastStep() {
        @Override
        public void apply(double[] row) {
          // as the network gives them
        }

        @Override
        public double before(double threshold) {
          return threshold;
        }

        @Override
        public double floor() {
          return Double.NEGATIVE_INFINITY;
        }
      };

  /** Replaces the scores of all classes by what is reported of them, without allocating. */
  void apply(double[] row);

  /**
   * Returns the score above which more than {@code threshold} comes out, for a class by itself.
   *
   * @param threshold a ratio in [0, 1]
   */
  double before(double threshold);

  /** Returns the score up to which all come out alike; −∞ if no two do. */
  double floor();
}
