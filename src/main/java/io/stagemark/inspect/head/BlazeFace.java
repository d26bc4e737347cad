package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * MediaPipe's BlazeFace: logits {@code [N, anchors, 1]} and boxes with six landmarks {@code [N,
 * anchors, 16]}, 896 anchors, for two grids (512 and 384) apart or joined.
 *
 * <p>Source: Bazarevsky et al., 2019, <a
 * href="https://arxiv.org/abs/1907.05047">arXiv:1907.05047</a>.
 */
final class BlazeFace implements HeadFamily {
  private static final long ANCHORS = 896;
  private static final long VALUES = 16;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.outputs().stream().anyMatch(each -> each.rank() != 3)
        || anchors(model, 1) != ANCHORS
        || anchors(model, VALUES) != ANCHORS) {
      return List.of();
    }
    Head head =
        Head.detection(
                "blazeface", "BlazeFace", Grade.DERIVED, "896 anchors with a logit and 16 values")
            .classes(1)
            .decoder("blazeface")
            .parameter("keyPoints", "6")
            .trap("scores are logits; input value / 127.5 − 1");
    return List.of(head);
  }

  private static long anchors(HeadContext model, long width) {
    return model.outputs().stream()
        .filter(each -> each.extent(2) == width)
        .mapToLong((OutputSignature each) -> each.extent(1))
        .sum();
  }
}
