package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.fact.TensorSignature;
import java.util.List;
import java.util.Optional;

/**
 * RT-DETR, RT-DETRv2, D-FINE and DEIM by their own exporters: a second input {@code int64 [N, 2]}
 * with the sizes of the photographs; outputs labels {@code [N, 300]}, boxes {@code [N, 300, 4]},
 * scores {@code [N, 300]}.
 *
 * <p>Source: lyuwenyu/RT-DETR and Peterande/D-FINE, {@code tools/deployment/export_onnx.py}.
 */
final class PostprocessedDetr implements HeadFamily {

  @Override
  public List<Head> match(HeadContext model) {
    boolean sizes =
        model.inputs().size() == 2
            && model.inputs().stream().skip(1).allMatch(PostprocessedDetr::isSizes);
    if (!sizes || model.outputs().size() != 3 || model.named("num_det").isPresent()) {
      return List.of();
    }
    Optional<OutputSignature> boxes =
        model.find(each -> each.rank() == 3 && each.extent(2) == 4 && each.isFloat());
    long rows = model.outputs().stream().filter(each -> each.rank() == 2).count();
    if (boxes.isEmpty() || rows != 2) {
      return List.of();
    }
    return List.of(
        Head.detection(
                "rtdetr",
                "RT-DETR or D-FINE, own exporter",
                Grade.DERIVED,
                "input '%s'; labels, boxes %s, scores"
                    .formatted(model.inputs().get(1).name(), boxes.get().shapeText()))
            .classes(model.statedClasses().orElse(-1))
            .decoder("selected")
            .trap("boxes are in pixels of the size that the second input gives"));
  }

  private static boolean isSizes(TensorSignature input) {
    return input.isInteger()
        && input.axes().filter(axes -> axes.size() == 2 && axes.get(1).size() == 2).isPresent();
  }
}
