package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.stream.IntStream;

/**
 * SCRFD: for each of the strides 8, 16, 32, two anchors a cell: score {@code [2·cells, 1]}, box
 * distances {@code [2·cells, 4]} in strides and, in most, five key points {@code [2·cells, 10]};
 * with or without a batch axis.
 *
 * <p>Source: Guo et al., 2021, <a href="https://arxiv.org/abs/2105.04714">arXiv:2105.04714</a>;
 * InsightFace's exports.
 */
final class Scrfd implements HeadFamily {
  private static final int[] STRIDES = {8, 16, 32};
  private static final int ANCHORS = 2;

  @Override
  public List<Head> match(HeadContext model) {
    int outputs = model.outputs().size();
    if (model.image().isEmpty() || (outputs != 6 && outputs != 9)) {
      return List.of();
    }
    ImageInput image = model.image().get();
    boolean fits =
        IntStream.of(STRIDES)
            .allMatch(
                stride -> {
                  long rows = ANCHORS * Grids.cells(image, stride);
                  return count(model, rows, 1) == 1
                      && count(model, rows, 4) == 1
                      && (outputs == 6 || count(model, rows, 10) == 1);
                });
    if (!fits) {
      return List.of();
    }
    Head head =
        Head.detection(
                "scrfd",
                "SCRFD",
                Grade.DERIVED,
                "%d outputs: 2 anchors a cell at strides 8, 16, 32".formatted(outputs))
            .classes(1)
            .decoder("scrfd")
            .trap("distances are in strides; input (value − 127.5) / 128");
    return List.of(outputs == 6 ? head : head.parameter("keyPoints", "5"));
  }

  private static long count(HeadContext model, long rows, int width) {
    return model.outputs().stream()
        .filter(each -> each.extent(-2) == rows && each.extent(-1) == width)
        .filter(Scrfd::isRows)
        .count();
  }

  private static boolean isRows(OutputSignature output) {
    return output.rank() == 2 || output.rank() == 3;
  }
}
