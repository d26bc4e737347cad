package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * RetinaNet and EfficientDet before their boxes: scores {@code [N, A, classes]} and differences
 * {@code [N, A, 4]} of nine anchors for each cell of the strides 8 to 128.
 *
 * <p>Both have the same shapes. EfficientDet's exports end in a sigmoid, or have COCO's 90 category
 * numbers; torchvision's RetinaNet has 91 and logits. Otherwise the user is asked.
 */
final class NineAnchors implements HeadFamily {
  private static final int[] STRIDES = {8, 16, 32, 64, 128};
  private static final int ANCHORS = 9;
  private static final long CATEGORIES = 90;

  /** Returns whether so many candidates are nine for each cell. */
  static boolean isOf(ImageInput image, long candidates) {
    return candidates
        == ANCHORS * IntStream.of(STRIDES).mapToLong(stride -> Grids.cells(image, stride)).sum();
  }

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || !model.isOf(2, 3)) {
      return List.of();
    }
    Optional<OutputSignature> boxes =
        model
            .named("box", "reg")
            .filter(each -> each.extent(2) == 4)
            .or(() -> model.find(each -> each.extent(2) == 4));
    if (boxes.isEmpty() || !isOf(model.image().get(), boxes.get().extent(1))) {
      return List.of();
    }
    OutputSignature scores =
        model.output(0).equals(boxes.get()) ? model.output(1) : model.output(0);
    if (scores.extent(1) != boxes.get().extent(1)) {
      return List.of();
    }
    boolean sigmoid = scores.endsIn("Sigmoid");
    Head efficientDet =
        head(scores, "efficientdet", "EfficientDet")
            .parameter("scores", sigmoid ? "probabilities" : "logits")
            .trap("differences are y, x, height, width; classes are COCO's category numbers");
    Head retinaNet =
        head(scores, "retinanet", "RetinaNet")
            .parameter("scores", sigmoid ? "probabilities" : "logits")
            .trap("torchvision's anchors are assumed; other trainings have others and variances");
    if (sigmoid || scores.extent(2) == CATEGORIES) {
      return List.of(efficientDet);
    }
    return scores.extent(2) == CATEGORIES + 1
        ? List.of(retinaNet)
        : List.of(retinaNet, efficientDet);
  }

  private static Head head(OutputSignature scores, String family, String title) {
    return Head.detection(
            family,
            title,
            Grade.DERIVED,
            "scores %s: 9 anchors a cell at strides 8 to 128".formatted(scores.shapeText()))
        .classes(scores.extent(2))
        .decoder(family);
  }
}
