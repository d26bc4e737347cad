package io.stagemark.postprocess.decoder.dense;

import java.util.Arrays;

/** Centre and size of each candidate's cell or anchor, in model pixels. */
public final class Places {
  private float[] x = new float[64];
  private float[] y = new float[64];
  private float[] width = new float[64];
  private float[] height = new float[64];
  private int count;

  /** Where a cell's centre is. */
  public enum Centre {
    /** {@code (i + 0.5) · S}. */
    CELL,
    /** {@code i · S + (S − 1) / 2}: the middle of its pixels' coordinates. */
    PIXEL,
    /** {@code i · S}. */
    CORNER;

    /** The parameter's words, the default first. */
    public static String[] words(Centre first) {
      return CardWord.of(first, values());
    }

    private float of(int index, float stride) {
      return switch (this) {
        case CELL -> (index + 0.5f) * stride;
        case PIXEL -> index * stride + (stride - 1) / 2;
        case CORNER -> index * stride;
      };
    }
  }

  /** Appends one. */
  public void add(float centreX, float centreY, float widthPx, float heightPx) {
    if (count == x.length) {
      x = Arrays.copyOf(x, 2 * count);
      y = Arrays.copyOf(y, 2 * count);
      width = Arrays.copyOf(width, 2 * count);
      height = Arrays.copyOf(height, 2 * count);
    }
    x[count] = centreX;
    y[count] = centreY;
    width[count] = widthPx;
    height[count++] = heightPx;
  }

  /**
   * Appends the cells of a grid, row by row; the anchors of a cell follow each other.
   *
   * @param sizes width and height of each anchor of a cell; as large as the cell where there are
   *     none
   */
  public void addGrid(
      int columns, int rows, float strideX, float strideY, Centre centre, float... sizes) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float centreX = centre.of(column, strideX);
        float centreY = centre.of(row, strideY);
        if (sizes.length == 0) {
          add(centreX, centreY, strideX, strideY);
        }
        for (int a = 0; a < sizes.length; a += 2) {
          add(centreX, centreY, sizes[a], sizes[a + 1]);
        }
      }
    }
  }

  /** Returns how many there are. */
  public int count() {
    return count;
  }

  /** Returns the x of a centre. */
  public float x(int candidate) {
    return x[candidate];
  }

  /** Returns the y of a centre. */
  public float y(int candidate) {
    return y[candidate];
  }

  /** Returns the width of a cell or anchor. */
  public float width(int candidate) {
    return width[candidate];
  }

  /** Returns its height. */
  public float height(int candidate) {
    return height[candidate];
  }
}
