package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.stream.IntStream;

/**
 * FCOS: for each of the strides 8 to 128 maps of class scores {@code [N, classes, h, w]}, distances
 * {@code [N, 4, h, w]} and centreness {@code [N, 1, h, w]}: fifteen outputs.
 *
 * <p>Source: Tian et al., 2019, <a href="https://arxiv.org/abs/1904.01355">arXiv:1904.01355</a>.
 */
final class Fcos implements HeadFamily {
  private static final int[] STRIDES = {8, 16, 32, 64, 128};
  private static final int EACH = 3;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || !model.isOf(EACH * STRIDES.length, 4)) {
      return List.of();
    }
    ImageInput image = model.image().get();
    List<Long> widths =
        model.outputs().stream().map(each -> each.extent(1)).filter(k -> k != 1 && k != 4).toList();
    long classes = widths.size() == STRIDES.length ? widths.get(0) : -1;
    boolean fits =
        IntStream.of(STRIDES)
            .allMatch(
                stride ->
                    List.of(classes, 4L, 1L).stream()
                        .allMatch(width -> count(model, Grids.cells(image, stride), width) == 1));
    return fits && classes > 0
        ? List.of(
            Head.detection(
                    "fcos",
                    "FCOS",
                    Grade.DERIVED,
                    "15 maps: %d classes, 4 distances, centreness a stride".formatted(classes))
                .classes(classes)
                .decoder("fcos")
                .trap("the score is the root of class times centreness, or their product"))
        : List.of();
  }

  private static long count(HeadContext model, long cells, long width) {
    return model.outputs().stream()
        .filter((OutputSignature each) -> each.extent(1) == width)
        .filter(each -> each.extent(2) * each.extent(3) == cells)
        .count();
  }
}
