package io.stagemark.result;

import io.stagemark.data.OutputSummary;
import io.stagemark.data.Prediction.ScoredClass;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a case answered and what is right, for an example of classes.
 *
 * @param predicted the classes that the model answered, likeliest first; empty for masks
 * @param truth the right classes; empty for masks and where the truth is a number a class
 * @param mask the answer to an example of pixels
 * @param outputs what the model put out, of a model whose outputs are not interpreted; empty for
 *     other models and in older files
 * @param hasTruth whether the data set says which classes are right; false in older files
 */
public record ExampleAnswer(
    List<ScoredClass> predicted,
    List<Integer> truth,
    Optional<ExampleMask> mask,
    List<OutputSummary> outputs,
    boolean hasTruth) {
  public ExampleAnswer {
    predicted = List.copyOf(predicted);
    truth = List.copyOf(truth);
    outputs = outputs == null ? List.of() : List.copyOf(outputs); // absent in older files
  }

  /** Returns the classes that were answered where nothing says which are right. */
  public static ExampleAnswer ofClasses(List<ScoredClass> predicted) {
    return new ExampleAnswer(predicted, List.of(), Optional.empty(), List.of(), false);
  }

  /** Returns the classes that were answered, and those that are right. */
  public static ExampleAnswer ofClasses(List<ScoredClass> predicted, List<Integer> truth) {
    return new ExampleAnswer(predicted, truth, Optional.empty(), List.of(), true);
  }

  /** Returns an answer for each pixel. */
  public static ExampleAnswer ofPixels(ExampleMask mask) {
    return new ExampleAnswer(
        List.of(), List.of(), Optional.of(mask), List.of(), mask.truthFile().isPresent());
  }

  /** Returns the same with the name of the true mask's file mapped. */
  ExampleAnswer withTruthFile(UnaryOperator<String> name) {
    return new ExampleAnswer(
        predicted,
        truth,
        mask.map(
            m ->
                new ExampleMask(
                    m.truthFile().map(name), m.widthPx(), m.heightPx(), m.place(), m.ids())),
        outputs,
        hasTruth);
  }

  /** Returns outputs that are not interpreted. */
  public static ExampleAnswer ofOutputs(List<OutputSummary> outputs) {
    return new ExampleAnswer(List.of(), List.of(), Optional.empty(), outputs, false);
  }
}
