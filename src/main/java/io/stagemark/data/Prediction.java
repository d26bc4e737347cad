package io.stagemark.data;

import java.util.List;

/**
 * What a pipeline says of one example, by kind of task: the final result that total time ends at.
 */
public sealed interface Prediction {

  /**
   * Boxes in source pixels.
   *
   * @param detections best score first
   * @param candidates boxes that passed the score threshold, before non-maximum suppression
   */
  record Objects(List<Detection> detections, int candidates) implements Prediction {
    public Objects {
      detections = List.copyOf(detections);
    }
  }

  /** The outputs as the engine gave them: for a model without a decoder. */
  record Raw() implements Prediction {}
}
