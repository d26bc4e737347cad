package io.stagemark.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The losses that a classifier or segmentation model can have: those of the class path that are
 * defined for its outputs, and names of the task for some of them.
 */
final class ModelLosses {
  private final Map<String, String> own;
  private final List<OutputLoss.Source> sources;

  /**
   * @param own names of the task, each with the loss that it means for this model
   * @param sources the forms that the model's outputs have, the best first
   */
  ModelLosses(Map<String, String> own, List<OutputLoss.Source> sources) {
    this.own = Map.copyOf(own);
    this.sources = List.copyOf(sources);
  }

  /** Returns the loss of a score; empty for a score that is none, or not of this model. */
  Optional<OutputLoss> of(String score) {
    return OutputLoss.of(score, own.getOrDefault(score, score), sources);
  }

  /** Returns the losses among some scores, by name. */
  Map<String, OutputLoss> among(List<String> scores) {
    Map<String, OutputLoss> losses = new LinkedHashMap<>();
    scores.forEach(score -> of(score).ifPresent(loss -> losses.put(score, loss)));
    return losses;
  }

  /**
   * Returns a task's scores: its own, then every loss on the class path that could be defined for
   * some model.
   */
  static List<String> withLosses(List<String> scores, List<String> losses) {
    List<String> all = new ArrayList<>(scores);
    losses.stream().filter(name -> !scores.contains(name)).forEach(all::add);
    return List.copyOf(all);
  }
}
