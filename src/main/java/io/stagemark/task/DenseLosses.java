package io.stagemark.task;

import io.stagemark.data.Annotation;
import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Score;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.detection.AssignedScores;
import io.stagemark.scoring.detection.CandidateScores;
import io.stagemark.scoring.detection.DenseDetectionLoss;
import io.stagemark.scoring.detection.DenseLossResult;
import io.stagemark.scoring.detection.DenseLossSettings;
import io.stagemark.scoring.metric.Means;
import io.stagemark.task.OutputLoss.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The losses of a detector over all dense candidates × classes of an image, before any threshold.
 * Focal loss and BCE run on a kernel of their own; every other loss on the class path that is
 * defined for logits or probabilities is evaluated on the same terms. A loss that can be summed is
 * normalised by max(1, positive candidates) as those are; one without a reduction counts as it is.
 */
final class DenseLosses {
  static final String FOCAL = "focal";
  static final String FOCAL_UNWEIGHTED = "focal-unweighted";
  static final String BCE = "bce";

  /** Those of the kernel. */
  static final List<String> OF_KERNEL = List.of(FOCAL, FOCAL_UNWEIGHTED, BCE);

  private static final String REDUCTION = "reduction";
  private static final String SUM = "sum";

  private final List<String> names;
  private final DenseDetectionLoss dense = new DenseDetectionLoss(DenseLossSettings.DEFAULT);

  /**
   * @param names of losses, in the order of the report
   */
  DenseLosses(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** Returns every loss that some detector can have. */
  static List<String> all() {
    return ModelLosses.withLosses(
        OF_KERNEL,
        OutputLoss.namesFor(Set.of(PredictionForm.LOGITS, PredictionForm.PROBABILITIES)));
  }

  /**
   * Returns a loss for such candidates; empty if it is not defined for them. Logits can be made
   * probabilities, not the other way round without losing digits.
   */
  static Optional<OutputLoss> find(String name, boolean logits) {
    Source probabilities = Source.raw(PredictionForm.PROBABILITIES);
    return OutputLoss.of(
        name,
        name,
        logits
            ? List.of(
                Source.raw(PredictionForm.LOGITS),
                Source.after(Activation.SIGMOID, PredictionForm.PROBABILITIES))
            : List.of(probabilities));
  }

  /**
   * Returns the losses of one image.
   *
   * @throws IllegalArgumentException for a number that a loss does not take, or a loss that is not
   *     defined for these candidates
   */
  List<Score> of(DenseCandidates candidates, List<Annotation> truths) {
    List<Score> losses = new ArrayList<>();
    Optional<DenseLossResult> kernel =
        names.stream().anyMatch(OF_KERNEL::contains)
            ? Optional.of(dense.evaluate(candidates, truths))
            : Optional.empty();
    Optional<AssignedScores> terms =
        OF_KERNEL.containsAll(names)
            ? Optional.empty()
            : Optional.of(
                AssignedScores.of(
                    CandidateScores.of(candidates), truths, DenseLossSettings.DEFAULT));
    for (String name : names) {
      losses.add(
          OF_KERNEL.contains(name)
              ? Means.loss(name, ofKernel(name, kernel.orElseThrow()), 1)
              : ofTerms(name, candidates.logits(), terms.orElseThrow()));
    }
    return losses;
  }

  private static double ofKernel(String name, DenseLossResult image) {
    return image.normalised(
        switch (name) {
          case FOCAL -> image.focal();
          case FOCAL_UNWEIGHTED -> image.focalUnweighted();
          default -> image.bce();
        });
  }

  private static Score ofTerms(String name, boolean logits, AssignedScores terms) {
    OutputLoss loss =
        find(name, logits)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "loss %s is not defined for %s"
                            .formatted(name, logits ? "logits" : "probabilities")));
    if (!canBeSummed(loss.loss())) {
      return loss.score(loss.value(terms.predictions(), terms.truth()), 1);
    }
    ScoreArguments sum = loss.arguments().with(REDUCTION, SUM);
    double value =
        new OutputLoss(name, loss.loss(), sum, loss.activation())
            .value(terms.predictions(), terms.truth());
    return loss.score(value / Math.max(1, terms.positives()), 1);
  }

  private static boolean canBeSummed(Loss loss) {
    return loss.description().parameters().stream()
        .anyMatch(each -> each.name().equals(REDUCTION) && each.choices().contains(SUM));
  }
}
