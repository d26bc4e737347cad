package io.stagemark.report;

import io.stagemark.data.Prediction.ScoredClass;
import java.util.List;
import java.util.Optional;

/**
 * What a case answered and what is right, for an example of classes.
 *
 * @param predicted the classes that the model answered, likeliest first; empty for masks
 * @param truth the right classes; empty for masks and where the truth is a number a class
 * @param mask the answer to an example of pixels
 */
public record ExampleAnswer(
    List<ScoredClass> predicted, List<Integer> truth, Optional<ExampleMask> mask) {
  public ExampleAnswer {
    predicted = List.copyOf(predicted);
    truth = List.copyOf(truth);
  }
}
