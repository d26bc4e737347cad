package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * Yolo-FastestV2: two maps {@code [N, h, w, 3 · 5 + classes]} of the strides 16 and 32: three
 * boxes, three objectnesses, class scores.
 *
 * <p>Source: dog-qiuqiu/Yolo-FastestV2, {@code pytorch2onnx.py}.
 */
final class YoloFastestV2 implements HeadFamily {
  private static final int[] STRIDES = {16, 32};
  private static final int BEHIND = 15;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || !model.isOf(2, 4)) {
      return List.of();
    }
    ImageInput image = model.image().get();
    long channels = model.output(0).extent(3);
    for (int i = 0; i < STRIDES.length; i++) {
      OutputSignature map = model.output(i);
      boolean fits =
          map.extent(1) * STRIDES[i] == image.heightPx()
              && map.extent(2) * STRIDES[i] == image.widthPx()
              && map.extent(3) == channels
              && channels > BEHIND;
      if (!fits) {
        return List.of();
      }
    }
    return List.of(
        Head.detection(
                "yolo-fastestv2",
                "Yolo-FastestV2",
                Grade.DERIVED,
                "%s and %s: 3 anchors of 5 + %d classes a cell"
                    .formatted(
                        model.output(0).shapeText(),
                        model.output(1).shapeText(),
                        channels - BEHIND))
            .classes(channels - BEHIND)
            .decoder("yolo-fastestv2")
            .trap("the anchors are not in the file: those of its COCO training are assumed"));
  }
}
