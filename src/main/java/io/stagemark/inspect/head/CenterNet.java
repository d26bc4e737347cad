package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Locale;
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

  /** Channels of distances to the four sides. */
  private static final int SIDES = 4;

  /** Channels of sizes and of offsets. */
  private static final int PAIR = 2;

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
    List<OutputSignature> rest =
        model.outputs().stream().filter(each -> !each.equals(scores.get())).toList();
    if (rest.size() == 1 && rest.get(0).extent(1) == SIDES) {
      return List.of(
          head(scores.get(), "4 distances")
              .decoder("centernet")
              .trap("the scores must be probabilities, not logits"));
    }
    boolean sizes =
        rest.size() == outputs - 1 && rest.stream().allMatch(each -> each.extent(1) == PAIR);
    return sizes ? List.of(ofSizes(model, scores.get(), rest)) : List.of();
  }

  private static Optional<OutputSignature> scores(HeadContext model) {
    return model
        .find(each -> each.extent(1) != SIDES && each.extent(1) != PAIR)
        .or(() -> model.named("heat", "hm", "keypoint", "score"))
        .or(() -> model.find(each -> each.endsIn("Sigmoid")));
  }

  private static Head head(OutputSignature scores, String boxes) {
    return Head.detection(
            "centernet",
            "CenterNet",
            Grade.DERIVED,
            "scores %s at stride 4, %s".formatted(scores.shapeText(), boxes))
        .classes(scores.extent(1));
  }

  /**
   * Width and height, then offsets as the authors order them, unless the names say otherwise. Of
   * two classes all maps have one shape: the decoder takes the first for the scores.
   */
  private static Head ofSizes(
      HeadContext model, OutputSignature scores, List<OutputSignature> rest) {
    Head head =
        head(scores, rest.size() == 1 ? "width and height" : "width and height, offset")
            .trap("peaks are the maxima of 3×3 cells; no suppression");
    if (scores.extent(1) == PAIR && !model.output(0).equals(scores)) {
      return head;
    }
    head = head.decoder("centernet-wh");
    if (rest.size() > 1 && isOffset(rest.get(0)) && !isOffset(rest.get(1))) {
      head = head.parameter("offset", "before-size");
    }
    return scores.endsIn("Conv", "Add") ? head.parameter("scores", "logits") : head;
  }

  private static boolean isOffset(OutputSignature output) {
    String name = output.name().toLowerCase(Locale.ROOT);
    return name.contains("off") || name.contains("reg");
  }
}
