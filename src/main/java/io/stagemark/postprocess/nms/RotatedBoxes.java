package io.stagemark.postprocess.nms;

import io.stagemark.data.object.ConvexOverlap;
import java.util.Arrays;

/**
 * Rotated rectangles in model pixels, by the decoder's index of a candidate. Memory grows and is
 * reused; not thread-safe.
 */
public final class RotatedBoxes {
  private double[] corners = new double[0];
  private double[] covariances = new double[0];
  private double[] centres = new double[0];

  /**
   * Sets a rectangle.
   *
   * @param source the candidate's index
   * @param x of its centre
   * @param y of its centre
   * @param radians by which its width is turned from the x axis towards the y axis, which is
   *     clockwise in a picture
   */
  public void set(int source, double x, double y, double width, double height, double radians) {
    if (centres.length < 2 * source + 2) {
      int capacity = Math.max(source + 1, centres.length);
      corners = Arrays.copyOf(corners, ConvexOverlap.NUMBERS * capacity);
      covariances = Arrays.copyOf(covariances, 3 * capacity);
      centres = Arrays.copyOf(centres, 2 * capacity);
    }
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    double alongX = width / 2 * cos;
    double alongY = width / 2 * sin;
    double acrossX = -height / 2 * sin;
    double acrossY = height / 2 * cos;
    int at = ConvexOverlap.NUMBERS * source;
    corner(at, x + alongX + acrossX, y + alongY + acrossY);
    corner(at + 2, x + alongX - acrossX, y + alongY - acrossY);
    corner(at + 4, x - alongX - acrossX, y - alongY - acrossY);
    corner(at + 6, x - alongX + acrossX, y - alongY + acrossY);
    double variance = width * width / 12;
    double other = height * height / 12;
    covariances[3 * source] = variance * cos * cos + other * sin * sin;
    covariances[3 * source + 1] = variance * sin * sin + other * cos * cos;
    covariances[3 * source + 2] = (variance - other) * cos * sin;
    centres[2 * source] = x;
    centres[2 * source + 1] = y;
  }

  private void corner(int at, double x, double y) {
    corners[at] = x;
    corners[at + 1] = y;
  }

  /** Returns the corners, eight numbers a candidate around its rectangle; valid until a set. */
  public double[] corners() {
    return corners;
  }

  /** Returns the covariances of a candidate's Gaussian, xx, yy and xy at 3 × its index. */
  double[] covariances() {
    return covariances;
  }

  /** Returns the centres, x and y at 2 × a candidate's index. */
  double[] centres() {
    return centres;
  }

  /** Sets an entry of a list to the upright box around the rectangle of its candidate. */
  public void bound(BoxList boxes, int index) {
    int at = ConvexOverlap.NUMBERS * boxes.sources()[index];
    double left = corners[at];
    double top = corners[at + 1];
    double right = left;
    double bottom = top;
    for (int i = 2; i < ConvexOverlap.NUMBERS; i += 2) {
      left = Math.min(left, corners[at + i]);
      right = Math.max(right, corners[at + i]);
      top = Math.min(top, corners[at + i + 1]);
      bottom = Math.max(bottom, corners[at + i + 1]);
    }
    boxes.box(index, (float) left, (float) top, (float) right, (float) bottom);
  }
}
