package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.stream.IntStream;

/**
 * YuNet: for each of the strides 8, 16, 32 class {@code [N, cells, 1]}, objectness {@code [N,
 * cells, 1]}, box {@code [N, cells, 4]} and five key points {@code [N, cells, 10]}: twelve outputs.
 * Those of 2022 and before have loc {@code [P, 14]}, conf {@code [P, 2]}, iou {@code [P, 1]}.
 *
 * <p>Source: Wu et al., YuNet: A Tiny Millisecond-level Face Detector, 2023; OpenCV model zoo.
 */
final class YuNet implements HeadFamily {
  private static final int[] STRIDES = {8, 16, 32};

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty()) {
      return List.of();
    }
    if (model.outputs().size() == 3 && model.outputs().stream().allMatch(o -> o.rank() == 2)) {
      return older(model);
    }
    ImageInput image = model.image().get();
    boolean fits =
        model.outputs().size() == 12
            && IntStream.of(STRIDES)
                .allMatch(
                    stride ->
                        count(model, Grids.cells(image, stride), 1) == 2
                            && count(model, Grids.cells(image, stride), 4) == 1
                            && count(model, Grids.cells(image, stride), 10) == 1);
    return fits
        ? List.of(head("12 outputs: class, objectness, box, 5 points a stride").decoder("yunet"))
        : List.of();
  }

  private static List<Head> older(HeadContext model) {
    long rows = model.output(0).extent(0);
    boolean fits =
        model.outputs().stream().allMatch(each -> each.extent(0) == rows)
            && IntStream.of(14, 2, 1)
                .allMatch(width -> model.find(each -> each.extent(1) == width).isPresent());
    return fits ? List.of(head("rows of 14, 2 and 1: box and points, class, overlap")) : List.of();
  }

  private static long count(HeadContext model, long cells, int width) {
    return model.outputs().stream().filter(each -> isOf(each, cells, width)).count();
  }

  private static boolean isOf(OutputSignature output, long cells, int width) {
    return output.rank() == 3 && output.extent(1) == cells && output.extent(2) == width;
  }

  private static Head head(String source) {
    return Head.detection("yunet", "YuNet", Grade.DERIVED, source)
        .classes(1)
        .trap("the score is the root of class times objectness; input 0 to 255, BGR");
  }
}
