package io.stagemark.data;

/** How alike two boxes are, for tests of what finds them. */
public final class BoxOverlap {
  private BoxOverlap() {}

  /** Returns intersection over union, a ratio in [0, 1]; 0 where the union is empty. */
  public static double iou(Box a, Box b) {
    double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
    double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
    double intersection = Math.max(0, width) * Math.max(0, height);
    double union = a.area() + b.area() - intersection;
    return union == 0 ? 0 : intersection / union;
  }
}
