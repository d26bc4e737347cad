package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;

/**
 * SSD before its selection: scores {@code [N, P, 1 + classes]} with the background first, and boxes
 * {@code [N, P, 4]}, for P priors that are no plain grid. UltraFace is one of these: two columns,
 * 3, 2, 2, 3 priors a cell at the strides 8, 16, 32, 64, boxes as fractions of the input.
 */
final class SsdPriors implements HeadFamily {
  private static final int[] ULTRAFACE_STRIDES = {8, 16, 32, 64};
  private static final int[] ULTRAFACE_PRIORS = {3, 2, 2, 3};
  private static final long MIN_PRIORS = 1000;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || !model.isOf(2, 3)) {
      return List.of();
    }
    Optional<OutputSignature> boxes = boxes(model);
    if (boxes.isEmpty()) {
      return List.of();
    }
    OutputSignature scores =
        model.output(0).equals(boxes.get()) ? model.output(1) : model.output(0);
    long priors = boxes.get().extent(1);
    boolean fits = scores.extent(1) == priors && scores.extent(2) >= 2 && priors >= MIN_PRIORS;
    boolean cells = Grids.of(model.image().get(), priors, 1).isPresent();
    if (!fits || cells || NineAnchors.isOf(model.image().get(), priors)) {
      return List.of();
    }
    String shapes = "scores %s, boxes %s".formatted(scores.shapeText(), boxes.get().shapeText());
    if (scores.extent(2) == 2 && priors == ultraFacePriors(model.image().get())) {
      return List.of(
          Head.detection(
                  "ultraface",
                  "UltraFace",
                  Grade.DERIVED,
                  shapes + ": 3, 2, 2, 3 priors a cell at strides 8, 16, 32, 64")
              .classes(1)
              .decoder("ssd")
              .trap("the first column is the background; boxes are fractions of the input"));
    }
    boolean probabilities = scores.endsIn("Softmax", "Sigmoid");
    return List.of(
        Head.detection(
                "ssd",
                "SSD",
                probabilities ? Grade.DERIVED : Grade.ASSUMED,
                shapes + (probabilities ? "; " + scores.operator() + " ends the scores" : ""))
            .classes(scores.extent(2) - 1)
            .decoder("ssd")
            .trap("the first column is taken for the background, boxes for decoded fractions"));
  }

  /** With four columns too, the scores are those that a softmax or the name says. */
  private static Optional<OutputSignature> boxes(HeadContext model) {
    return model
        .named("box", "loc", "bbox")
        .filter(each -> each.extent(2) == 4)
        .or(() -> model.find(each -> each.extent(2) == 4 && !each.endsIn("Softmax")));
  }

  private static long ultraFacePriors(ImageInput image) {
    long priors = 0;
    for (int i = 0; i < ULTRAFACE_STRIDES.length; i++) {
      priors += ULTRAFACE_PRIORS[i] * Grids.cells(image, ULTRAFACE_STRIDES[i]);
    }
    return priors;
  }
}
