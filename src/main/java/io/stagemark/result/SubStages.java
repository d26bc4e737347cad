package io.stagemark.result;

import io.stagemark.stats.Distribution;
import java.util.List;

/**
 * Where time goes inside the stages of a case: from a pass of its own after the measured batches,
 * over the same examples, with a probe inside each stage. No other figure contains any of it.
 *
 * @param stages those that have sub-stages, in the pipeline's order
 */
public record SubStages(List<StageParts> stages) {
  public SubStages {
    stages = List.copyOf(stages);
  }

  /**
   * One stage in that pass, over all good trials.
   *
   * @param stage such as {@code preprocess}
   * @param whole times of the stage with its probe, for a batch
   * @param parts its sub-stages in their order
   */
  public record StageParts(String stage, Distribution whole, List<SubStage> parts) {
    public StageParts {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A sub-stage.
   *
   * @param name such as {@code resize}
   * @param times for a batch: of its examples together
   * @param share of the stage's time, a ratio in [0, 1]: the median over the batches, which one
   *     batch that the machine interrupted does not move
   */
  public record SubStage(String name, Distribution times, double share) {}
}
