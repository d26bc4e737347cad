package io.stagemark.postprocess.decoder.anchor;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Yolo-FastestV2: for each of two strides three boxes and three objectnesses a cell, whose anchors
 * share the cell's class scores. Sigmoid and softmax are in the graph of {@code pytorch2onnx.py}.
 *
 * <p>Source: dog-qiuqiu/Yolo-FastestV2; the anchors are those of its COCO training at 352 px.
 */
public final class YoloFastestV2 implements Decoder {
  private static final double[] COCO = {
    12.64, 19.39, 37.88, 51.48, 55.71, 138.31, 126.91, 78.23, 131.57, 214.55, 279.92, 258.87
  };
  private static final int BOX = 4;

  @Override
  public String name() {
    return "yolo-fastestv2";
  }

  @Override
  public String description() {
    return "Yolo-FastestV2: boxes and objectness of each anchor, class scores of each cell";
  }

  @Override
  public String layout() {
    return "for each stride [N, h, w, anchors x 5 + classes], the finest first";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.anchors(COCO), YoloAnchors.formula(), Parameters.probabilities());
  }

  @Override
  public BoxDecoder create(Head head) {
    int grids = head.outputs().size();
    float[] sizes = Parameters.anchors(head);
    int each = grids == 0 ? 0 : sizes.length / 2 / grids;
    int values = each * (BOX + 1) + head.classes();
    Places cells = new Places();
    Places anchors = new Places();
    List<Level> levels = new ArrayList<>();
    for (int output = 0; output < Math.max(grids, 1); output++) {
      boolean fits =
          each >= 1
              && each * 2 * grids == sizes.length
              && head.isFloat(output, 4)
              && head.extent(output, 3) == values
              && head.extent(output, 1) >= 1
              && head.extent(output, 2) >= 1;
      if (!fits) {
        throw head.mismatchOfGrids(
            "for each of some strides [N, h, w, %d]".formatted(values),
            Port.ofClasses("a grid", 4, 3, each * (BOX + 1)));
      }
      int rows = Math.toIntExact(head.extent(output, 1));
      int columns = Math.toIntExact(head.extent(output, 2));
      Numbers cell = Numbers.ofRows(output, rows * columns, values, 0);
      float strideX = (float) head.inputWidthPx() / columns;
      float strideY = (float) head.inputHeightPx() / rows;
      for (int a = 0; a < each; a++) {
        int at = (output * each + a) * 2;
        cells.addGrid(columns, rows, strideX, strideY, Places.Centre.CORNER);
        anchors.addGrid(
            columns, rows, strideX, strideY, Places.Centre.CORNER, sizes[at], sizes[at + 1]);
        levels.add(
            new Level(
                rows * columns,
                cell.from(each * (BOX + 1)),
                Optional.of(cell.from(each * BOX + a)),
                cell.from(a * BOX)));
      }
    }
    return new DenseDecoder(
        head.classes(),
        levels,
        Scoring.of(Parameters.sigmoid(head), head.classes()),
        new YoloAnchors(head, cells, anchors));
  }
}
