package io.stagemark.result;

import io.stagemark.stats.Distribution;
import java.util.Map;
import java.util.Optional;

/**
 * The batches of one size of the image input, of a case whose images give the input its size.
 *
 * @param widthPx of the image input
 * @param heightPx of the image input
 * @param examples that have this size and were measured
 * @param flops 2 × multiply-accumulates of the forward for an image of this size; empty if the
 *     model has no graph that can be counted
 * @param stages times of a batch, as {@link CaseResult.Timed#stages} has them of all batches
 */
public record SizeLatency(
    int widthPx,
    int heightPx,
    int examples,
    Optional<Long> flops,
    Map<String, Distribution> stages) {

  /** Returns the times of a stage. */
  public Optional<Distribution> stage(String name) {
    return Optional.ofNullable(stages.get(name));
  }
}
