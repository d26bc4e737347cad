package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What one timed batch made of one example, copied out of the engine's memory.
 *
 * @param prediction the final result
 * @param outputs the raw outputs of this example alone (batch axis 1), in the model's order; empty
 *     if they were not asked for
 * @param geometry where the image lay in the model's input; empty for an example that is no image
 * @param check what the raw outputs look like
 */
public record Observation(
    Prediction prediction, List<Tensor> outputs, Optional<Geometry> geometry, OutputCheck check) {
  public Observation {
    outputs = List.copyOf(outputs);
  }

  /** One whose outputs were not looked at. */
  public Observation(Prediction prediction, List<Tensor> outputs, Optional<Geometry> geometry) {
    this(prediction, outputs, geometry, OutputCheck.NONE);
  }
}
