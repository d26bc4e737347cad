package io.stagemark.postprocess.decoder.instance;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import io.stagemark.postprocess.nms.NmsMethod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * YOLO's oriented boxes: one output of candidates with an angle behind the classes, in radians, by
 * which the box's width is turned clockwise about its centre.
 */
public abstract class RotatedHeads extends YoloHeads {
  private RotatedHeads(String name, String description, HeadForm form) {
    super(name, description, form);
  }

  /** YOLOv8-obb, YOLO11-obb and others without objectness. */
  public static final class YoloV8 extends RotatedHeads {
    public YoloV8() {
      super("yolov8-obb", "YOLOv8, YOLO11 and YOLO12 with rotated boxes", HeadForm.PLAIN);
    }
  }

  /** YOLO26-obb and exports with the suppression inside. */
  public static final class Selected extends RotatedHeads {
    public Selected() {
      super("yolov10-obb", "rows of box, score, class and angle", HeadForm.SELECTED);
    }
  }

  @Override
  public final String layout() {
    return form() == HeadForm.PLAIN
        ? "one output [N, %s, candidates]".formatted(form().widthText("1"))
        : "one output " + form().layout(form().widthText("1"));
  }

  /** Boxes come as centre and size in every form: corners of what is turned would be of no use. */
  @Override
  public final List<DecoderParameter> parameters() {
    return form().needsNms()
        ? form().parameters()
        : List.of(Parameters.box(Order.CENTRE), Parameters.unit(true));
  }

  @Override
  public final NmsMethod usualNms() {
    return NmsMethod.ULTRALYTICS;
  }

  @Override
  public final Set<ObjectPart> parts() {
    return Set.of(ObjectPart.ROTATED_BOX);
  }

  @Override
  public final BoxDecoder create(Head head) {
    int width = form().width(head.classes()) + 1;
    // rows of this width are YOLOv5's: 4 + objectness + classes
    boolean columns = form() == HeadForm.PLAIN && head.isFloat(0, 3) && head.extent(0, 1) == width;
    Optional<HeadForm.Candidates> found =
        head.outputs().size() == 1 && (columns || form() == HeadForm.SELECTED)
            ? form().find(head, 0, 1)
            : Optional.empty();
    if (found.isEmpty()) {
      throw head.mismatch(
          layout() + " with " + width + " numbers, the last one an angle", form().port(1));
    }
    return new RotatedDecoder(found.get().boxes(), found.get().more());
  }
}
