package io.stagemark.scoring.loss;

import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import java.util.List;
import java.util.Optional;

/** Splits a batch of pixels into images, or takes it as one, for the two Lovász losses. */
final class LovaszImages {
  private final ScoreArguments arguments;
  private final int pixels;
  private final int images;

  LovaszImages(ScoreTensor labels, ScoreArguments arguments) {
    this.arguments = arguments;
    this.pixels = labels.size();
    if (labels.shape().isEmpty()) {
      throw new IllegalArgumentException("truth needs an axis of images: [B, d1, ...]");
    }
    this.images = arguments.flag("per-image") ? labels.shape().get(0) : 1;
  }

  static List<ScoreParameter> parameters() {
    return List.of(
        ScoreParameter.reduction(),
        ScoreParameter.flag("per-image", "a loss for each image instead of one over all pixels"),
        ScoreParameter.integer(
            "ignore-index", Optional.empty(), "label whose pixels do not count; default none"));
  }

  /** The loss of the pixels from one place to another in row-major order. */
  interface ImageLoss {
    double of(int fromPixel, int toPixel);
  }

  /** Returns the losses of the images, reduced over images. */
  LossResult reduce(ImageLoss loss) {
    TermCollector terms = new TermCollector(arguments.reduction(), List.of(images));
    for (int image = 0; image < images; image++) {
      int size = pixels / images;
      terms.add(image, loss.of(image * size, (image + 1) * size));
    }
    return terms.result();
  }
}
