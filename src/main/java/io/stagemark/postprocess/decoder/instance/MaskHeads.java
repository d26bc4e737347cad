package io.stagemark.postprocess.decoder.instance;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.PrototypeMasks;
import io.stagemark.postprocess.decoder.PrototypeMasks.Crop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * YOLO's instance segmentation: candidates with a coefficient for each prototype behind the
 * classes, and prototypes {@code [N, P, h, w]}, in any order. P is that of the prototypes, 32 in
 * Ultralytics' exports.
 */
public abstract class MaskHeads extends YoloHeads {
  private static final String CROP = "crop";
  private static final String IMAGE = "image";

  private MaskHeads(String name, String description, HeadForm form) {
    super(name, description, form);
  }

  /** YOLOv8-seg, YOLO11-seg and others without objectness. */
  public static final class YoloV8 extends MaskHeads {
    public YoloV8() {
      super("yolov8-seg", "YOLOv8, YOLO11 and YOLO12 with masks", HeadForm.PLAIN);
    }
  }

  /** YOLOv5-seg and YOLOv7-seg. */
  public static final class YoloV5 extends MaskHeads {
    public YoloV5() {
      super("yolov5-seg", "YOLOv5 and YOLOv7 with masks", HeadForm.OBJECTNESS);
    }
  }

  /** YOLO26-seg and exports with the suppression inside. */
  public static final class Selected extends MaskHeads {
    public Selected() {
      super("yolov10-seg", "rows of box, score, class and mask coefficients", HeadForm.SELECTED);
    }
  }

  @Override
  public final String layout() {
    return "candidates %s and prototypes [N, P, h, w], in any order"
        .formatted(form().layout(form().widthText("P")));
  }

  @Override
  public final List<DecoderParameter> parameters() {
    List<DecoderParameter> all = new ArrayList<>(form().parameters());
    all.add(DecoderParameter.word(CROP, IMAGE, "prototypes"));
    return List.copyOf(all);
  }

  @Override
  public final Set<ObjectPart> parts() {
    return Set.of(ObjectPart.MASK);
  }

  @Override
  public final BoxDecoder create(Head head) {
    if (head.outputs().size() == 2) {
      for (int prototypes = 1; prototypes >= 0; prototypes--) {
        Optional<BoxDecoder> found = find(head, prototypes);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw head.mismatch(
        layout() + ", of P + " + form().width(head.classes()) + " numbers a candidate",
        form().port(prototypesOf(head)),
        Port.ofExtent("prototypes", 4, 1, prototypesOf(head)));
  }

  private Optional<BoxDecoder> find(Head head, int prototypes) {
    if (!head.isFloat(prototypes, 4)
        || head.extent(prototypes, 1) < 1
        || head.extent(prototypes, 2) < 1
        || head.extent(prototypes, 3) < 1) {
      return Optional.empty();
    }
    int height = Math.toIntExact(head.extent(prototypes, 2));
    int width = Math.toIntExact(head.extent(prototypes, 3));
    Crop crop = head.word(CROP).equals(IMAGE) ? Crop.IMAGE : Crop.PROTOTYPES;
    return form()
        .find(head, 1 - prototypes, Math.toIntExact(head.extent(prototypes, 1)))
        .map(
            found ->
                new InstanceDecoder(
                    found.boxes(),
                    Optional.of(new PrototypeMasks(found.more(), prototypes, height, width, crop)),
                    Optional.empty()));
  }

  /** Returns the number of prototypes of the output that could be them; 32 where none could. */
  private static int prototypesOf(Head head) {
    return head.outputs().stream()
        .filter(each -> each.shape().size() == 4 && each.shape().get(1) >= 1)
        .mapToInt(each -> Math.toIntExact(each.shape().get(1)))
        .findFirst()
        .orElse(32);
  }
}
