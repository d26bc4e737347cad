package io.stagemark.postprocess.decoder.selected;

import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Rows that are complete: box, score and class of each detection, by image ({@link ByImage}) or of
 * all images in one list with the number of the image in front ({@link Flat}).
 */
public abstract class CompleteRows implements Decoder {

  /**
   * YOLOv10, YOLO26 and exports with the suppression inside. Rows of score 0 fill up.
   *
   * <p>Source: Wang et al., YOLOv10, 2024, <a
   * href="https://arxiv.org/abs/2405.14458">arXiv:2405.14458</a>.
   */
  public static final class ByImage extends CompleteRows {
    @Override
    public String name() {
      return "yolov10";
    }

    @Override
    public String description() {
      return "YOLOv10 and others that end in rows of box, score and class";
    }

    @Override
    public String layout() {
      return "one output [N, detections, 6]";
    }

    @Override
    public List<DecoderParameter> parameters() {
      return List.of(Parameters.box(Order.CORNERS), Parameters.unit(true));
    }

    @Override
    public BoxDecoder create(Head head) {
      if (head.outputs().size() != 1
          || !head.isFloat(0, 3)
          || head.extent(0, 2) != 6
          || head.extent(0, 1) == 0) {
        throw head.mismatch("one output [N, detections, 6]", Port.ofExtent("detections", 3, 2, 6));
      }
      return CompleteRows.of(head, 0, 6);
    }
  }

  /** YOLO-NAS' flat format, YOLOv7's {@code --end2end}, OpenVINO's DetectionOutput. */
  public static final class Flat extends CompleteRows {
    private static final String COLUMNS = "columns";

    @Override
    public String name() {
      return "rows7";
    }

    @Override
    public String description() {
      return "YOLO-NAS' flat format, YOLOv7 end to end, DetectionOutput: rows with the image's"
          + " number";
    }

    @Override
    public String layout() {
      return "one output [detections, 7] or [1, 1, detections, 7]";
    }

    @Override
    public List<DecoderParameter> parameters() {
      return List.of(
          DecoderParameter.word(COLUMNS, "box-score-class", "box-class-score", "class-score-box"),
          Parameters.box(Order.CORNERS),
          Parameters.unit(true));
    }

    @Override
    public BoxDecoder create(Head head) {
      boolean fits = head.isFloat(0, 2) || head.isFloat(0, 4);
      int last = fits ? head.outputs().get(0).shape().size() - 1 : 0;
      if (head.outputs().size() != 1 || !fits || head.extent(0, last) != 7) {
        throw head.mismatch(
            "one output [detections, 7] or [1, 1, detections, 7]",
            Port.ofExtent("detections", 2, 1, 7));
      }
      Rows rows =
          switch (head.word(COLUMNS)) {
            case "box-class-score" -> new Rows(0, 7, 1, 6, 5, true);
            case "class-score-box" -> new Rows(0, 7, 3, 2, 1, true);
            default -> new Rows(0, 7, 1, 5, 6, true);
          };
      return new SelectedDecoder(rows, head.classes(), 0, Parameters.boxes(head));
    }
  }

  /**
   * Makes the decoder of rows {@code [N, detections, width]} that begin with box, score and class.
   *
   * @param output index of the rows
   * @param width columns, at least 6
   */
  public static BoxDecoder of(Head head, int output, int width) {
    return new SelectedDecoder(
        new Rows(output, width, 0, 4, 5, false), head.classes(), 0, Parameters.boxes(head));
  }

  @Override
  public final boolean needsNms() {
    return false;
  }

  @Override
  public final boolean hasMultiLabel() {
    return false;
  }

  /**
   * Rows of one output.
   *
   * @param output its index
   * @param width columns
   * @param box first of four columns
   * @param flat whether column 0 is the number of the image
   */
  private record Rows(int output, int width, int box, int score, int classNumber, boolean flat)
      implements SelectedDecoder.Selection {

    @Override
    public int rows(IntFunction<Tensor> outputs, int slot) {
      return Reading.extent(outputs.apply(output), 2);
    }

    private float at(IntFunction<Tensor> outputs, int slot, int row, int column) {
      Tensor tensor = outputs.apply(output);
      int first = flat ? 0 : slot * Reading.extent(tensor, 2);
      return Reading.at(tensor, (first + row) * width + column);
    }

    @Override
    public boolean isOf(IntFunction<Tensor> outputs, int slot, int row) {
      return !flat || at(outputs, slot, row, 0) == slot;
    }

    @Override
    public float score(IntFunction<Tensor> outputs, int slot, int row) {
      return at(outputs, slot, row, score);
    }

    @Override
    public float classNumber(IntFunction<Tensor> outputs, int slot, int row) {
      return at(outputs, slot, row, classNumber);
    }

    @Override
    public float box(IntFunction<Tensor> outputs, int slot, int row, int side) {
      return at(outputs, slot, row, box + side);
    }
  }
}
