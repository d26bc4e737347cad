package io.stagemark.scoring.loss;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lovász hinge: the Jaccard loss of a binary segmentation made continuous.
 *
 * <pre>
 *   errors max(0, 1 − x · (2y − 1)), descending, times the rises of 1 − IoU
 * </pre>
 *
 * <p>An image without a valid pixel has loss 0 and counts in the mean over images. Source: Berman
 * and others, 2018, arXiv 1705.08790.
 */
public final class LovaszHinge implements Loss {
  private static final LossDescription DESCRIPTION =
      new LossDescription(
          "sum_k max(0, 1 - x (2y-1))_(k) dJ_k",
          "Berman 2018, arXiv 1705.08790",
          "logits [B, d1, ...]",
          "labels 0 or 1, the same shape",
          LovaszImages.parameters());

  @Override
  public String name() {
    return "lovasz-hinge";
  }

  @Override
  public LossDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return form == PredictionForm.LOGITS ? Optional.of(DESCRIPTION.defaults()) : Optional.empty();
  }

  @Override
  public String unit() {
    return "ratio";
  }

  @Override
  public LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
    Checks.sameShape(predictions, truth);
    LovaszImages images = new LovaszImages(truth, arguments);
    OptionalLong ignored = arguments.integer("ignore-index");
    return images.reduce((from, to) -> imageLoss(predictions, truth, ignored, from, to));
  }

  private static double imageLoss(
      ScoreTensor logits, ScoreTensor labels, OptionalLong ignored, int from, int to) {
    LovaszStep items = new LovaszStep(to - from);
    for (int i = from; i < to; i++) {
      double label = labels.get(i);
      if (ignored.isPresent() && label == ignored.getAsLong()) {
        continue;
      }
      if (label != 0 && label != 1) {
        throw new IllegalArgumentException(
            "truth%s is %s, neither 0 nor 1 nor ignored".formatted(labels.place(i), label));
      }
      items.add(1 - logits.get(i) * (2 * label - 1), label == 1);
    }
    return items.loss();
  }
}
