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
   * @param candidates how many boxes there were on the way to them
   */
  record Objects(List<Detection> detections, CandidateCounts candidates) implements Prediction {
    public Objects {
      detections = List.copyOf(detections);
    }
  }

  /**
   * Classes of an example.
   *
   * @param best the likeliest first: the five best of a classifier; of one that answers for each
   *     class by itself those above its threshold
   */
  record Classes(List<ScoredClass> best) implements Prediction {
    public Classes {
      best = List.copyOf(best);
    }
  }

  /**
   * One class.
   *
   * @param classId index into the label map, from 0
   * @param score a probability, a ratio in [0, 1]; after a last step that gives none, such as tanh,
   *     what that step gives
   */
  record ScoredClass(int classId, double score) {}

  /**
   * A class for each pixel of the model's output.
   *
   * @param mask for a binary model 0 and 1, otherwise class ids
   * @param strideX model-input pixels for one pixel of the mask in x
   * @param strideY likewise in y
   */
  record Mask(ClassMask mask, double strideX, double strideY) implements Prediction {
    /** A mask of the input's size. */
    public Mask(ClassMask mask) {
      this(mask, 1, 1);
    }
  }

  /** The outputs as the engine gave them: for a model without a decoder. */
  record Raw() implements Prediction {}
}
