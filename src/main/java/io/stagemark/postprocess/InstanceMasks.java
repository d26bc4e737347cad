package io.stagemark.postprocess;

import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.PrototypeMasks;
import io.stagemark.postprocess.decoder.PrototypeMasks.Crop;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;

/**
 * The masks of the kept boxes, in the pixels of the source image. The sum of coefficients times
 * prototypes is taken for the cells of the prototypes that the box needs, and interpolated linearly
 * at the middle of each pixel of the image; a pixel is of the object where the result is above 0,
 * which is a sigmoid above 0.5.
 *
 * <p>It differs from Ultralytics in one thing: a letterbox is undone by its exact pads, where
 * {@code scale_masks} cuts whole cells. Reuses its memory; not thread-safe.
 */
final class InstanceMasks {
  private final PrototypeMasks head;
  private final int prototypes;
  private final float cellsPerPxX;
  private final float cellsPerPxY;
  private final float[] planes;
  private final float[] coefficients;
  private final float[] sums;
  private final float[] column;
  private int[] rowOf = new int[0];
  private float[] weightOf = new float[0];

  /** The cells of the prototypes that a mask needs; the last ones inclusive. */
  private int firstColumn;

  private int lastColumn;
  private int firstRow;
  private int lastRow;

  /** The pixels of the image that a mask may have; the last ones exclusive. */
  private int fromX;

  private int toX;
  private int fromY;
  private int toY;

  /**
   * @param inputWidthPx of the model
   * @param inputHeightPx of the model
   */
  InstanceMasks(PrototypeMasks head, int inputWidthPx, int inputHeightPx) {
    this.head = head;
    this.prototypes = head.coefficients().count();
    this.cellsPerPxX = (float) head.width() / inputWidthPx;
    this.cellsPerPxY = (float) head.height() / inputHeightPx;
    int cells = Math.multiplyExact(head.width(), head.height());
    this.planes = new float[Math.multiplyExact(prototypes, cells)];
    this.coefficients = new float[prototypes];
    this.sums = new float[cells];
    this.column = new float[head.height()];
  }

  /** Sets the masks of an image's kept boxes, whose edges are set. */
  void run(
      IntFunction<Tensor> outputs,
      int slot,
      BoxList boxes,
      int[] kept,
      KeptDetections into,
      Geometry geometry) {
    KeptMasks masks = into.masks();
    masks.start(geometry);
    if (into.size() == 0) {
      return;
    }
    FloatBuffer values = outputs.apply(head.output()).floats();
    values.get(slot * planes.length, planes);
    if (rowOf.length < geometry.sourceHeightPx()) {
      rowOf = new int[geometry.sourceHeightPx()];
      weightOf = new float[geometry.sourceHeightPx()];
    }
    for (int i = 0; i < into.size(); i++) {
      int box = kept[i];
      for (int p = 0; p < prototypes; p++) {
        coefficients[p] = head.coefficients().value(outputs, slot, boxes.sources()[box], p);
      }
      if (head.crop() == Crop.IMAGE) {
        pixelsOf(into, i);
        cellsOfPixels(geometry);
        sum();
      } else {
        cellsOfBox(boxes, box, geometry);
      }
      draw(geometry, masks);
      masks.end();
    }
  }

  /** The pixels whose index is in the box: left and top inclusive, right and bottom exclusive. */
  private void pixelsOf(KeptDetections kept, int i) {
    fromX = (int) Math.ceil(kept.edge(i, 0));
    fromY = (int) Math.ceil(kept.edge(i, 1));
    toX = (int) Math.ceil(kept.edge(i, 2));
    toY = (int) Math.ceil(kept.edge(i, 3));
  }

  private void cellsOfPixels(Geometry geometry) {
    firstColumn = (int) cell(columnAt(fromX, geometry), head.width());
    lastColumn = Math.min((int) cell(columnAt(toX, geometry), head.width()) + 1, head.width() - 1);
    firstRow = (int) cell(rowAt(fromY, geometry), head.height());
    lastRow = Math.min((int) cell(rowAt(toY, geometry), head.height()) + 1, head.height() - 1);
  }

  /**
   * The cells whose index is in the box, with a margin of zeros that the mask fades into, and the
   * pixels between them.
   */
  private void cellsOfBox(BoxList boxes, int box, Geometry geometry) {
    int left = firstCell(boxes.left()[box] * cellsPerPxX, head.width());
    int top = firstCell(boxes.top()[box] * cellsPerPxY, head.height());
    int right = firstCell(boxes.right()[box] * cellsPerPxX, head.width());
    int bottom = firstCell(boxes.bottom()[box] * cellsPerPxY, head.height());
    firstColumn = left;
    firstRow = top;
    lastColumn = right - 1;
    lastRow = bottom - 1;
    boolean empty = right <= left || bottom <= top;
    if (!empty) {
      sum();
      firstColumn = Math.max(left - 1, 0);
      firstRow = Math.max(top - 1, 0);
      lastColumn = Math.min(right, head.width() - 1);
      lastRow = Math.min(bottom, head.height() - 1);
      for (int row = firstRow; row <= lastRow; row++) {
        boolean outside = row < top || row >= bottom;
        for (int c = firstColumn; c <= lastColumn; c++) {
          if (outside || c < left || c >= right) {
            sums[row * head.width() + c] = 0;
          }
        }
      }
    }
    fromX = empty ? 0 : before(geometry.sourceX((firstColumn - .5) / cellsPerPxX));
    fromY = empty ? 0 : before(geometry.sourceY((firstRow - .5) / cellsPerPxY));
    toX =
        empty
            ? 0
            : behind(geometry.sourceX((lastColumn + 1.5) / cellsPerPxX), geometry.sourceWidthPx());
    toY =
        empty
            ? 0
            : behind(geometry.sourceY((lastRow + 1.5) / cellsPerPxY), geometry.sourceHeightPx());
  }

  private static int firstCell(float edge, int cells) {
    return (int) Math.min(Math.max(Math.ceil(edge), 0), cells);
  }

  private static int before(double edge) {
    return (int) Math.max(Math.floor(edge), 0);
  }

  /** A pixel may be larger than a cell: the one that the edge is in counts. */
  private static int behind(double edge, int most) {
    return (int) Math.min(Math.max(Math.ceil(edge), 0), most);
  }

  /** Takes the sum of coefficients times prototypes of the cells that are needed. */
  private void sum() {
    int width = head.width();
    int length = lastColumn - firstColumn + 1;
    for (int row = firstRow; row <= lastRow; row++) {
      int at = row * width + firstColumn;
      float first = coefficients[0];
      for (int c = 0; c < length; c++) {
        sums[at + c] = first * planes[at + c];
      }
      for (int p = 1; p < prototypes; p++) {
        float factor = coefficients[p];
        int plane = p * sums.length + at;
        for (int c = 0; c < length; c++) {
          sums[at + c] += factor * planes[plane + c];
        }
      }
    }
  }

  private float columnAt(int x, Geometry geometry) {
    return (float) ((x + .5) * geometry.scaleX() + geometry.padLeftPx()) * cellsPerPxX - .5f;
  }

  private float rowAt(int y, Geometry geometry) {
    return (float) ((y + .5) * geometry.scaleY() + geometry.padTopPx()) * cellsPerPxY - .5f;
  }

  /** Before the first and behind the last middle of a cell, the cell goes on. */
  private static float cell(float at, int cells) {
    return Math.min(Math.max(at, 0), cells - 1);
  }

  private void draw(Geometry geometry, KeptMasks masks) {
    int width = head.width();
    for (int y = fromY; y < toY; y++) {
      float at = within(rowAt(y, geometry), firstRow, lastRow);
      rowOf[y] = Math.min((int) at, Math.max(firstRow, lastRow - 1));
      weightOf[y] = at - rowOf[y];
    }
    int below = lastRow > firstRow ? 1 : 0;
    for (int x = fromX; x < toX; x++) {
      float at = within(columnAt(x, geometry), firstColumn, lastColumn);
      int c = Math.min((int) at, Math.max(firstColumn, lastColumn - 1));
      float weight = at - c;
      int beside = lastColumn > firstColumn ? 1 : 0;
      for (int row = firstRow; row <= lastRow; row++) {
        float value = sums[row * width + c];
        column[row] = value + weight * (sums[row * width + c + beside] - value);
      }
      int first = x * geometry.sourceHeightPx();
      for (int y = fromY; y < toY; y++) {
        float value = column[rowOf[y]];
        if (value + weightOf[y] * (column[rowOf[y] + below] - value) > 0) {
          masks.pixel(first + y);
        }
      }
    }
  }

  private static float within(float at, int first, int last) {
    return Math.min(Math.max(at, first), last);
  }
}
