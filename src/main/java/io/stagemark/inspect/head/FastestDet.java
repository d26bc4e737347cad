package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * FastestDet: one map {@code [N, 5 + classes, H/16, W/16]}: objectness, four numbers of the box,
 * class scores. A feature map of a backbone has that shape too.
 *
 * <p>Source: dog-qiuqiu/FastestDet.
 */
final class FastestDet implements HeadFamily {
  private static final int STRIDE = 16;
  private static final int COCO = 85;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().size() != 1) {
      return List.of();
    }
    ImageInput image = model.image().get();
    OutputSignature map = model.output(0);
    boolean fits =
        map.rank() == 4
            && map.extent(1) > 5
            && map.extent(2) * STRIDE == image.heightPx()
            && map.extent(3) * STRIDE == image.widthPx();
    if (!fits) {
      return List.of();
    }
    long classes = map.extent(1) - 5;
    boolean joined =
        map.parts().size() == 3
            && map.parts().get(0).extent() == 1
            && map.parts().get(1).extent() == 4;
    boolean known = joined || map.extent(1) == COCO || model.statesClasses(classes);
    return List.of(
        Head.detection(
                "fastestdet",
                "FastestDet",
                known ? Grade.DERIVED : Grade.ASSUMED,
                "%s: 1 + 4 + %d channels at stride 16".formatted(map.shapeText(), classes))
            .classes(classes)
            .decoder("fastestdet")
            .trap(
                "the score is objectness^0.6 times class score^0.4, in old versions the product"));
  }
}
