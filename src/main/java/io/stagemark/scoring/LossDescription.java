package io.stagemark.scoring;

import java.util.List;

/**
 * The formula and parameters of a {@link Loss}, for {@code list losses} and the command line.
 *
 * @param formula one term of the loss, in a line
 * @param source paper, or the library whose definition it is
 * @param predictions what it takes as predictions, with the shape
 * @param truth what it takes as truth, with the shape
 * @param parameters its parameters, in the order of the help
 */
public record LossDescription(
    String formula,
    String source,
    String predictions,
    String truth,
    List<ScoreParameter> parameters) {
  public LossDescription {
    parameters = List.copyOf(parameters);
  }

  /** Returns the arguments in which every parameter has its fallback. */
  public ScoreArguments defaults() {
    return ScoreArguments.defaults(parameters);
  }
}
