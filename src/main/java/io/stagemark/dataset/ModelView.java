package io.stagemark.dataset;

import io.stagemark.data.LabelMap;
import io.stagemark.data.TensorSpec;
import java.util.List;

/**
 * What a data set must know of a model to read its examples and truth.
 *
 * @param labels the model's classes, in which truth is expressed
 * @param inputs the inputs that an example fills, for a batch of 1; without those that are carried
 * @param sequences whether the model carries a state from step to step, so that an array with one
 *     more axis is a sequence of steps
 */
public record ModelView(LabelMap labels, List<TensorSpec> inputs, boolean sequences) {
  public ModelView {
    inputs = List.copyOf(inputs);
  }
}
