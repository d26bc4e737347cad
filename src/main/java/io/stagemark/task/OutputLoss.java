package io.stagemark.task;

import io.stagemark.data.Score;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.Losses;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A loss as it is computed from a model's outputs.
 *
 * @param name under which it is reported
 * @param loss that is evaluated
 * @param arguments for the form of its predictions
 * @param activation of the outputs that it reads the numbers after; empty: before all
 */
record OutputLoss(
    String name, Loss loss, ScoreArguments arguments, Optional<Activation> activation) {
  private static final int CLASS_AXIS = 1;

  /**
   * A form that outputs have.
   *
   * @param activation that gives it; empty: as they are
   */
  record Source(PredictionForm form, Optional<Activation> activation) {
    static Source raw(PredictionForm form) {
      return new Source(form, Optional.empty());
    }

    static Source after(Activation activation, PredictionForm form) {
      return new Source(form, Optional.of(activation));
    }
  }

  /**
   * Returns the loss from the first of some forms that it is defined for; empty if it is defined
   * for none, or there is no such loss. BCE is two losses, of which that on logits does not
   * saturate.
   *
   * @param name of the score
   * @param lossName of the loss or an alias
   */
  static Optional<OutputLoss> of(String name, String lossName, List<Source> sources) {
    for (Source source : sources) {
      boolean ofLogits = source.form() == PredictionForm.LOGITS && source.activation().isEmpty();
      String form = lossName.equals("bce") && ofLogits ? "bce-with-logits" : lossName;
      Optional<OutputLoss> found =
          Losses.registry()
              .find(form)
              .flatMap(
                  loss ->
                      loss.argumentsFor(source.form())
                          .map(it -> new OutputLoss(name, loss, it, source.activation())));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns whether a loss says for no form at all that it is defined: it reads any numbers. */
  static boolean readsAnything(Loss loss) {
    return Arrays.stream(PredictionForm.values())
        .allMatch(form -> loss.argumentsFor(form).isEmpty());
  }

  /** Returns the names of the losses on the class path that are defined for one of some forms. */
  static List<String> namesFor(Set<PredictionForm> forms) {
    return Losses.registry().all().stream()
        .filter(loss -> forms.stream().anyMatch(form -> loss.argumentsFor(form).isPresent()))
        .map(Loss::name)
        .toList();
  }

  /**
   * Returns the value.
   *
   * @param predictions the outputs, before the activation; classes on axis 1 where it is of a row
   * @param truth as the loss's form asks for
   * @throws IllegalArgumentException for a number that the loss does not take
   */
  double value(ScoreTensor predictions, ScoreTensor truth) {
    ScoreTensor read =
        activation
            .map(it -> it.apply(predictions, it.isOfRow() ? CLASS_AXIS : 0))
            .orElse(predictions);
    return loss.evaluate(read, truth, arguments).value();
  }

  /** Returns a value of this loss as a figure. */
  Score score(double value, long count) {
    return new Score(name, value, loss.unit(), true, count);
  }
}
