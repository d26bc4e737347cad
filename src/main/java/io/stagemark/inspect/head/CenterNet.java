package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;

/**
 * CenterNet: a map of class scores {@code [N, classes, H/4, W/4]} and on the same grid either the
 * distances to the four sides, or width and height with an offset of two channels.
 *
 * <p>Source: Zhou et al., Objects as Points, 2019, <a
 * href="https://arxiv.org/abs/1904.07850">arXiv:1904.07850</a>.
 */
final class CenterNet implements HeadFamily {
  private static final int STRIDE = 4;

  @Override
  public List<Head> match(HeadContext model) {
    int outputs = model.outputs().size();
    if (model.image().isEmpty() || outputs < 2 || outputs > 3) {
      return List.of();
    }
    ImageInput image = model.image().get();
    boolean maps =
        model.outputs().stream()
            .allMatch(
                each ->
                    each.rank() == 4
                        && each.extent(2) * STRIDE == image.heightPx()
                        && each.extent(3) * STRIDE == image.widthPx());
    if (!maps) {
      return List.of();
    }
    Optional<OutputSignature> scores = scores(model);
    if (scores.isEmpty()) {
      return List.of();
    }
    List<Long> rest =
        model.outputs().stream()
            .filter(each -> !each.equals(scores.get()))
            .map(each -> each.extent(1))
            .toList();
    boolean sides = rest.equals(List.of(4L));
    if (!sides && !rest.equals(List.of(2L, 2L)) && !rest.equals(List.of(2L))) {
      return List.of();
    }
    return List.of(head(scores.get(), sides));
  }

  private static Optional<OutputSignature> scores(HeadContext model) {
    return model
        .find(each -> each.extent(1) != 4 && each.extent(1) != 2)
        .or(() -> model.named("heat", "hm", "keypoint", "score"))
        .or(() -> model.find(each -> each.endsIn("Sigmoid")));
  }

  private static Head head(OutputSignature scores, boolean sides) {
    Head head =
        Head.detection(
                "centernet",
                "CenterNet",
                Grade.DERIVED,
                "scores %s at stride 4, %s"
                    .formatted(scores.shapeText(), sides ? "4 distances" : "width and height"))
            .classes(scores.extent(1));
    return sides
        ? head.decoder("centernet").trap("the scores must be probabilities, not logits")
        : head.trap("peaks are the maxima of 3×3 cells; no suppression");
  }
}
