package io.stagemark.postprocess.decoder.dense;

import java.nio.FloatBuffer;

/**
 * Boxes that the network has computed: four numbers in some order, in pixels of the input or as
 * fractions of it.
 */
public final class PlainBoxes implements BoxCoding {
  private final Order order;
  private final float scaleX;
  private final float scaleY;

  /** What the four numbers are. */
  public enum Order {
    /** Left, top, right, bottom. */
    CORNERS,
    /** x and y of the centre, width, height. */
    CENTRE,
    /** Left, top, width, height. */
    CORNER_SIZE,
    /** Top, left, bottom, right, as TensorFlow and ONNX's NonMaxSuppression have them. */
    YX_CORNERS
  }

  /**
   * @param scaleX by which an x is multiplied: 1 for pixels, the input's width for fractions
   */
  public PlainBoxes(Order order, float scaleX, float scaleY) {
    this.order = order;
    this.scaleX = scaleX;
    this.scaleY = scaleY;
  }

  @Override
  public void decode(FloatBuffer numbers, int at, int stride, int candidate, float[] edges) {
    set(
        numbers.get(at),
        numbers.get(at + stride),
        numbers.get(at + 2 * stride),
        numbers.get(at + 3 * stride),
        edges);
  }

  /** Computes a box from its four numbers. */
  public void set(float a, float b, float c, float d, float[] edges) {
    switch (order) {
      case CORNERS -> corners(a, b, c, d, edges);
      case YX_CORNERS -> corners(b, a, d, c, edges);
      case CORNER_SIZE -> corners(a, b, a + c, b + d, edges);
      case CENTRE -> BoxCoding.centred(edges, a * scaleX, b * scaleY, c * scaleX, d * scaleY);
    }
  }

  private void corners(float left, float top, float right, float bottom, float[] edges) {
    edges[0] = left * scaleX;
    edges[1] = top * scaleY;
    edges[2] = right * scaleX;
    edges[3] = bottom * scaleY;
  }
}
