package io.stagemark.data.object;

/**
 * The overlap of two convex quadrilaterals, exactly but for rounding: one is cut by each edge of
 * the other, and what is left is measured. Coordinates are taken relative to a corner, so that the
 * place in the picture costs no digits. Allocates nothing; not thread-safe.
 *
 * <p>Source: Sutherland and Hodgman, Reentrant Polygon Clipping, 1974, <a
 * href="https://doi.org/10.1145/360767.360802">doi:10.1145/360767.360802</a>.
 */
public final class ConvexOverlap {
  /** Numbers of a quadrilateral: x, y of each corner. */
  public static final int NUMBERS = 8;

  /** A cut adds one corner at most. */
  private static final int MAX_NUMBERS = 2 * (4 + 4);

  private double[] left = new double[MAX_NUMBERS];
  private double[] next = new double[MAX_NUMBERS];

  /**
   * Returns the area of the intersection over that of the union; 0 where the union has none.
   *
   * @param a x, y, x, y, … around it, in either direction
   * @param b likewise
   */
  public double iou(double[] a, double[] b) {
    return iou(a, 0, b, 0);
  }

  /** Returns the ratio of two quadrilaterals that begin somewhere in their arrays. */
  public double iou(double[] a, int aAt, double[] b, int bAt) {
    double first = area(a, aAt);
    double second = area(b, bAt);
    // corners are rounded: what slivers seem to share may be more than they are
    double intersection = Math.min(intersection(a, aAt, b, bAt), Math.min(first, second));
    double union = first + second - intersection;
    return union > 0 ? intersection / union : 0;
  }

  /** Returns the area of a quadrilateral. */
  public static double area(double[] corners, int at) {
    return Math.abs(signedArea(corners, at));
  }

  private static double signedArea(double[] c, int at) {
    // half the cross product of the diagonals
    return ((c[at + 4] - c[at]) * (c[at + 7] - c[at + 3])
            - (c[at + 6] - c[at + 2]) * (c[at + 5] - c[at + 1]))
        / 2;
  }

  /** Returns the area that both have. */
  public double intersection(double[] a, int aAt, double[] b, int bAt) {
    double originX = a[aAt];
    double originY = a[aAt + 1];
    for (int i = 0; i < NUMBERS; i += 2) {
      left[i] = a[aAt + i] - originX;
      left[i + 1] = a[aAt + i + 1] - originY;
    }
    int size = 4;
    double direction = Math.signum(signedArea(b, bAt));
    if (direction == 0) {
      return 0;
    }
    for (int edge = 0; edge < NUMBERS && size > 2; edge += 2) {
      int end = (edge + 2) % NUMBERS;
      double fromX = b[bAt + edge] - originX;
      double fromY = b[bAt + edge + 1] - originY;
      double alongX = direction * (b[bAt + end] - originX - fromX);
      double alongY = direction * (b[bAt + end + 1] - originY - fromY);
      size = cut(size, fromX, fromY, alongX, alongY);
    }
    return size > 2 ? Math.abs(areaLeft(size)) : 0;
  }

  /** Keeps what is on the inner side of a line; returns the number of corners. */
  private int cut(int size, double fromX, double fromY, double alongX, double alongY) {
    int kept = 0;
    double beforeX = left[2 * size - 2];
    double beforeY = left[2 * size - 1];
    double before = alongX * (beforeY - fromY) - alongY * (beforeX - fromX);
    for (int i = 0; i < size; i++) {
      double x = left[2 * i];
      double y = left[2 * i + 1];
      double side = alongX * (y - fromY) - alongY * (x - fromX);
      if ((side >= 0) != (before >= 0)) {
        double share = before / (before - side);
        next[2 * kept] = beforeX + share * (x - beforeX);
        next[2 * kept + 1] = beforeY + share * (y - beforeY);
        kept++;
      }
      if (side >= 0) {
        next[2 * kept] = x;
        next[2 * kept + 1] = y;
        kept++;
      }
      beforeX = x;
      beforeY = y;
      before = side;
    }
    double[] other = left;
    left = next;
    next = other;
    return kept;
  }

  private double areaLeft(int size) {
    double twice = 0;
    for (int i = 1; i < size - 1; i++) {
      twice +=
          (left[2 * i] - left[0]) * (left[2 * i + 3] - left[1])
              - (left[2 * i + 2] - left[0]) * (left[2 * i + 1] - left[1]);
    }
    return twice / 2;
  }
}
