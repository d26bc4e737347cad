package io.stagemark.postprocess.decoder.dense;

import java.nio.FloatBuffer;

/**
 * Boxes as differences to a cell or an anchor: centre {@code = anchor + v · variance · side}, side
 * {@code = anchor · e^(v · variance)}, with numbers x, y, width, height.
 *
 * <p>Source: Girshick et al., R-CNN, 2013, <a
 * href="https://arxiv.org/abs/1311.2524">arXiv:1311.2524</a>; the variances are SSD's (Liu et al.,
 * 2015, <a href="https://arxiv.org/abs/1512.02325">arXiv:1512.02325</a>). YOLOX and YuNet have the
 * same with cells for anchors.
 */
public final class Deltas implements BoxCoding {
  private final Places anchors;
  private final float centreVariance;
  private final float widthVariance;
  private final float heightVariance;
  private final boolean yFirst;

  /**
   * @param yFirst whether the numbers are y, x, height, width, as EfficientDet has them
   */
  public Deltas(Places anchors, double centreVariance, double sizeVariance, boolean yFirst) {
    this(anchors, centreVariance, sizeVariance, sizeVariance, yFirst);
  }

  /** Widths and heights with variances of their own. */
  public Deltas(
      Places anchors,
      double centreVariance,
      double widthVariance,
      double heightVariance,
      boolean yFirst) {
    this.anchors = anchors;
    this.centreVariance = (float) centreVariance;
    this.widthVariance = (float) widthVariance;
    this.heightVariance = (float) heightVariance;
    this.yFirst = yFirst;
  }

  @Override
  public void decode(FloatBuffer numbers, int at, int stride, int candidate, float[] edges) {
    int x = yFirst ? at + stride : at;
    int y = yFirst ? at : at + stride;
    float width = anchors.width(candidate);
    float height = anchors.height(candidate);
    BoxCoding.centred(
        edges,
        numbers.get(x) * centreVariance * width + anchors.x(candidate),
        numbers.get(y) * centreVariance * height + anchors.y(candidate),
        (float) Math.exp(numbers.get(x + 2 * stride) * widthVariance) * width,
        (float) Math.exp(numbers.get(y + 2 * stride) * heightVariance) * height);
  }
}
