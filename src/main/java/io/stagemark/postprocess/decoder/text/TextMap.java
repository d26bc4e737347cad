package io.stagemark.postprocess.decoder.text;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.RotatedRect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Text regions of a probability map {@code [N, 1, h, w]} (DB): pixels above {@code mapThreshold}
 * are joined to contours, each contour gets its smallest turned rectangle, the rectangle's score is
 * the mean probability inside it, and it is grown by area · {@code unclip} / perimeter on every
 * side. Regions whose short side is under {@code minSidePx}, before or after growing by 2, are
 * dropped.
 *
 * <p>Growing a polygon with round corners and taking the smallest rectangle around it again is, for
 * a rectangle, growing its sides: that is done directly. The candidates here are the upright boxes
 * around the regions; {@link #corners} has the rectangles. Allocates, as OpenCV's contours do.
 *
 * <p>Source: Liao et al., Real-time Scene Text Detection with Differentiable Binarization, 2019, <a
 * href="https://arxiv.org/abs/1911.08947">arXiv:1911.08947</a>, with PaddleOCR's defaults.
 */
final class TextMap implements BoxDecoder {
  static final String MAP_THRESHOLD = "mapThreshold";
  static final String UNCLIP = "unclip";
  static final String MIN_SIDE_PX = "minSidePx";
  private static final int MAX_CONTOURS = 1000;

  private final int width;
  private final int height;
  private final double scaleX;
  private final double scaleY;
  private final double mapThreshold;
  private final double unclip;
  private final double minSidePx;
  private @Nullable Mat map;
  private final ByteBuffer mapBytes;
  private final float[] plane;
  private final List<RotatedRect> regions = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if the output is not one map, or there is not one class
   */
  TextMap(Head head) {
    String expected = "1 class and one probability map [N, 1, h, w]";
    if (head.outputs().size() != 1
        || !head.isFloat(0, 4)
        || head.extent(0, 1) != 1
        || head.extent(0, 2) < 1
        || head.extent(0, 3) < 1) {
      throw head.mismatch(expected, Port.ofExtent("a map", 4, 1, 1));
    }
    if (head.classes() != 1) {
      throw head.notOneClass(expected);
    }
    height = Math.toIntExact(head.extent(0, 2));
    width = Math.toIntExact(head.extent(0, 3));
    scaleX = (double) head.inputWidthPx() / width;
    scaleY = (double) head.inputHeightPx() / height;
    mapThreshold = head.parameter(MAP_THRESHOLD);
    unclip = head.parameter(UNCLIP);
    minSidePx = head.parameter(MIN_SIDE_PX);
    plane = new float[width * height];
    mapBytes = ByteBuffer.allocateDirect(plane.length);
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    regions.clear();
    FloatBuffer values = outputs.apply(0).floats();
    values.get(slot * plane.length, plane);
    for (int i = 0; i < plane.length; i++) {
      mapBytes.put(i, (byte) (plane[i] > mapThreshold ? 1 : 0));
    }
    Mat binary = map();
    List<MatOfPoint> contours = new ArrayList<>();
    Mat hierarchy = new Mat();
    Imgproc.findContours(
        binary, contours, hierarchy, Imgproc.RETR_LIST, Imgproc.CHAIN_APPROX_SIMPLE);
    hierarchy.release();
    for (int i = 0; i < contours.size(); i++) {
      if (i < MAX_CONTOURS) {
        region(contours.get(i), filter, into);
      }
      contours.get(i).release();
    }
  }

  /** OpenCV is loaded by the first image: a layout can be checked without it. */
  private Mat map() {
    if (map == null) {
      nu.pattern.OpenCV.loadLocally();
      map = new Mat(height, width, CvType.CV_8UC1, mapBytes);
    }
    return map;
  }

  private void region(MatOfPoint contour, Filter filter, BoxList into) {
    MatOfPoint2f points = new MatOfPoint2f();
    contour.convertTo(points, CvType.CV_32FC2);
    RotatedRect rect = Imgproc.minAreaRect(points);
    points.release();
    if (Math.min(rect.size.width, rect.size.height) < minSidePx) {
      return;
    }
    double score = score(rect);
    if (!(score > filter.scoreThreshold())) {
      return;
    }
    double distance = rect.size.area() * unclip / (2 * (rect.size.width + rect.size.height));
    rect.size = new Size(rect.size.width + 2 * distance, rect.size.height + 2 * distance);
    if (Math.min(rect.size.width, rect.size.height) < minSidePx + 2) {
      return;
    }
    into.add((float) score, 0, regions.size());
    regions.add(rect);
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      Point[] corners = new Point[4];
      regions.get(candidates.sources()[i]).points(corners);
      double left = Double.POSITIVE_INFINITY;
      double top = Double.POSITIVE_INFINITY;
      double right = Double.NEGATIVE_INFINITY;
      double bottom = Double.NEGATIVE_INFINITY;
      for (Point corner : corners) {
        left = Math.min(left, corner.x * scaleX);
        right = Math.max(right, corner.x * scaleX);
        top = Math.min(top, corner.y * scaleY);
        bottom = Math.max(bottom, corner.y * scaleY);
      }
      candidates.box(i, (float) left, (float) top, (float) right, (float) bottom);
    }
  }

  /** Mean probability of the pixels inside a rectangle. */
  private double score(RotatedRect rect) {
    Rect bounds = rect.boundingRect();
    int left = Math.max(bounds.x, 0);
    int top = Math.max(bounds.y, 0);
    int right = Math.min(bounds.x + bounds.width, width);
    int bottom = Math.min(bounds.y + bounds.height, height);
    Point[] corners = new Point[4];
    rect.points(corners);
    for (Point corner : corners) {
      corner.x -= left;
      corner.y -= top;
    }
    Mat mask = Mat.zeros(bottom - top, right - left, CvType.CV_8UC1);
    MatOfPoint polygon = new MatOfPoint(corners);
    Imgproc.fillPoly(mask, List.of(polygon), Scalar.all(1));
    byte[] inside = new byte[(bottom - top) * (right - left)];
    mask.get(0, 0, inside);
    mask.release();
    polygon.release();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i] != 0) {
        int row = i / (right - left);
        sum += plane[(top + row) * width + left + i - row * (right - left)];
        count++;
      }
    }
    return sum / count;
  }

  @Override
  public boolean hasCorners() {
    return true;
  }

  @Override
  public void corners(int source, double[] into, int at) {
    Point[] corners = new Point[4];
    regions.get(source).points(corners);
    for (int i = 0; i < 4; i++) {
      into[at + 2 * i] = corners[i].x * scaleX;
      into[at + 2 * i + 1] = corners[i].y * scaleY;
    }
  }

  @Override
  public void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    FloatBuffer values = outputs.apply(0).floats();
    for (int i = 0; i < plane.length; i++) {
      into.accept(values.get(slot * plane.length + i));
    }
  }

  /** Counts pixels: regions are made of them, and those that are not finite are in none. */
  @Override
  public int nonFinite(IntFunction<Tensor> outputs, int slot) {
    FloatBuffer values = outputs.apply(0).floats();
    int count = 0;
    for (int i = 0; i < plane.length; i++) {
      count += Float.isFinite(values.get(slot * plane.length + i)) ? 0 : 1;
    }
    return count;
  }

  @Override
  public boolean hasDense() {
    return false;
  }

  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    throw new UnsupportedOperationException(
        "a text map scores pixels, not boxes: score it as a segmentation");
  }
}
