package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.stream.IntStream;

/**
 * YuNet: for each of the strides 8, 16, 32 class {@code [N, cells, 1]}, objectness {@code [N,
 * cells, 1]}, box {@code [N, cells, 4]} and five key points {@code [N, cells, 10]}: twelve outputs.
 * Those of 2022 and before have loc {@code [P, 14]}, conf {@code [P, 2]}, iou {@code [P, 1]} for P
 * priors, with or without a batch axis.
 *
 * <p>Source: Wu et al., YuNet: A Tiny Millisecond-level Face Detector, 2023; OpenCV model zoo.
 */
final class YuNet implements HeadFamily {
  private static final int[] STRIDES = {8, 16, 32};
  private static final int[] OLD_STRIDES = {8, 16, 32, 64};

  /** Of a cell of each of the old strides. */
  private static final int[] PRIORS = {3, 2, 2, 3};

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty()) {
      return List.of();
    }
    ImageInput image = model.image().get();
    if (model.isOf(3, 2) || model.isOf(3, 3)) {
      return older(model, image);
    }
    boolean fits =
        model.outputs().size() == 12
            && IntStream.of(STRIDES)
                .allMatch(
                    stride ->
                        count(model, Grids.cells(image, stride), 1) == 2
                            && count(model, Grids.cells(image, stride), 4) == 1
                            && count(model, Grids.cells(image, stride), 10) == 1);
    return fits
        ? List.of(decoded(head("12 outputs: class, objectness, box, 5 points a stride"), "yunet"))
        : List.of();
  }

  private static List<Head> older(HeadContext model, ImageInput image) {
    long rows = model.output(0).extent(-2);
    boolean fits =
        model.outputs().stream().allMatch(each -> each.extent(-2) == rows)
            && IntStream.of(14, 2, 1)
                .allMatch(width -> model.find(each -> each.extent(-1) == width).isPresent());
    if (!fits) {
      return List.of();
    }
    Head head =
        head("rows of 14, 2 and 1: box and points, class, overlap")
            .trap("the score is the root of class times overlap; input 0 to 255, BGR");
    return List.of(rows == priors(image) ? decoded(head, "yunet-2022") : head);
  }

  /** Returns the priors of all grids; the network's halvings round up once, then down. */
  private static long priors(ImageInput image) {
    long priors = 0;
    for (int s = 0; s < OLD_STRIDES.length; s++) {
      int half = OLD_STRIDES[s] / 2;
      int columns = (image.widthPx() + 1) / 2 / half;
      int rows = (image.heightPx() + 1) / 2 / half;
      priors += (long) PRIORS[s] * columns * rows;
    }
    return priors;
  }

  private static long count(HeadContext model, long cells, int width) {
    return model.outputs().stream().filter(each -> isOf(each, cells, width)).count();
  }

  private static boolean isOf(OutputSignature output, long cells, int width) {
    return output.rank() == 3 && output.extent(1) == cells && output.extent(2) == width;
  }

  private static Head decoded(Head head, String decoder) {
    return head.decoder(decoder).parameter("keyPoints", "5");
  }

  private static Head head(String source) {
    return Head.detection("yunet", "YuNet", Grade.DERIVED, source)
        .classes(1)
        .trap("the score is the root of class times objectness; input 0 to 255, BGR");
  }
}
