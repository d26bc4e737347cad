package io.stagemark.postprocess.decoder.instance;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.PosePoints;
import io.stagemark.postprocess.decoder.dense.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * YOLO's pose: one output of candidates with the key points behind the classes, x and y in the unit
 * of the boxes, and a confidence where a point has three numbers.
 *
 * <p>Source: Maji et al., YOLO-Pose, 2022, <a
 * href="https://arxiv.org/abs/2204.06806">arXiv:2204.06806</a>.
 */
public abstract class PoseHeads extends YoloHeads {
  /** How many key points an object has: the first number of Ultralytics' {@code kpt_shape}. */
  public static final String KEY_POINTS = Parameters.KEY_POINTS;

  /** How many numbers a key point has: the second number of {@code kpt_shape}. */
  public static final String KEY_POINT_NUMBERS = "keyPointNumbers";

  private static final int PERSON = 17;

  private PoseHeads(String name, String description, HeadForm form) {
    super(name, description, form);
  }

  /** YOLOv8-pose, YOLO11-pose and others without objectness. */
  public static final class YoloV8 extends PoseHeads {
    public YoloV8() {
      super("yolov8-pose", "YOLOv8, YOLO11 and YOLO12 with key points", HeadForm.PLAIN);
    }
  }

  /** YOLOv5 and YOLOv7 with key points: {@code yolov7-w6-pose}. */
  public static final class YoloV7 extends PoseHeads {
    public YoloV7() {
      super("yolov7-pose", "YOLO-Pose and YOLOv7 with key points", HeadForm.OBJECTNESS);
    }
  }

  /** YOLO26-pose and exports with the suppression inside. */
  public static final class Selected extends PoseHeads {
    public Selected() {
      super("yolov10-pose", "rows of box, score, class and key points", HeadForm.SELECTED);
    }
  }

  @Override
  public final String layout() {
    return "one output "
        + form().layout(form().widthText("%s · %s".formatted(KEY_POINTS, KEY_POINT_NUMBERS)));
  }

  @Override
  public final List<DecoderParameter> parameters() {
    List<DecoderParameter> all = new ArrayList<>(form().parameters());
    all.add(new DecoderParameter(KEY_POINTS, 1, Parameters.MAX_KEY_POINTS, PERSON));
    all.add(new DecoderParameter(KEY_POINT_NUMBERS, 2, 3, 3));
    return List.copyOf(all);
  }

  @Override
  public final Set<ObjectPart> parts() {
    return Set.of(ObjectPart.KEY_POINTS);
  }

  @Override
  public final BoxDecoder create(Head head) {
    int points = (int) head.parameter(KEY_POINTS);
    int numbers = (int) head.parameter(KEY_POINT_NUMBERS);
    int more = points * numbers;
    Optional<HeadForm.Candidates> found =
        head.outputs().size() == 1 ? form().find(head, 0, more) : Optional.empty();
    if (found.isEmpty()) {
      int width = form().width(head.classes()) + more;
      throw head.mismatch(
          "one output %s with %d key points of %d numbers"
              .formatted(form().layout(Integer.toString(width)), points, numbers),
          form().port(more));
    }
    boolean pixels = head.word("unit").equals("pixels");
    return new InstanceDecoder(
        found.get().boxes(),
        Optional.empty(),
        Optional.of(
            new PosePoints(
                found.get().more(),
                points,
                numbers,
                pixels ? 1 : head.inputWidthPx(),
                pixels ? 1 : head.inputHeightPx())));
  }
}
