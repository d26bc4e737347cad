package io.stagemark.dataset;

import io.stagemark.data.LabelMap;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.object.ObjectPart;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a data set must know of a model to read its examples and truth.
 *
 * @param labels the model's classes, in which truth is expressed
 * @param inputs the inputs that an example fills, for a batch of 1; without those that are carried
 * @param sequences whether the model carries a state from step to step, so that an array with one
 *     more axis is a sequence of steps
 * @param ranges by an input's name, where random values are drawn from; {@link DrawRange#UNIT} for
 *     an input that is not named
 * @param parts what it finds of objects besides boxes: what else of their truth is read
 */
public record ModelView(
    LabelMap labels,
    List<TensorSpec> inputs,
    boolean sequences,
    Map<String, DrawRange> ranges,
    Set<ObjectPart> parts) {
  public ModelView {
    inputs = List.copyOf(inputs);
    ranges = Map.copyOf(ranges);
    parts = Set.copyOf(parts);
  }

  /** A model that finds nothing of objects but boxes. */
  public ModelView(
      LabelMap labels, List<TensorSpec> inputs, boolean sequences, Map<String, DrawRange> ranges) {
    this(labels, inputs, sequences, ranges, Set.of());
  }

  /** A model that states no ranges. */
  public ModelView(LabelMap labels, List<TensorSpec> inputs, boolean sequences) {
    this(labels, inputs, sequences, Map.of());
  }

  /** Returns the same for a data set of tensors, which knows no classes. */
  public ModelView ofTensors() {
    return new ModelView(new LabelMap(List.of()), inputs, sequences, ranges);
  }

  /** Returns the same for a data set of images, which fills no tensors. */
  public ModelView ofImages() {
    return new ModelView(labels, List.of(), false, Map.of(), parts);
  }
}
