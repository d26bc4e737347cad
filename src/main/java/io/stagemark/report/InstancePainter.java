package io.stagemark.report;

import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.result.ExampleResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/**
 * Draws what objects have besides boxes: the outlines of masks, and key points as dots, true ones
 * in the colour of true boxes and found ones in that of found boxes. A found point whose confidence
 * is not above 0.5 and a true one that is not labelled are left out.
 */
public final class InstancePainter {
  private static final double SEEN = 0.5;
  private static final byte INSIDE = (byte) 255;

  /** Pixels of a picture's longer side for one of a line. */
  private static final double LINE_OF = 400;

  private InstancePainter() {}

  /** Returns whether anything would be drawn. */
  public static boolean draws(ExampleResult example) {
    return example.detections().stream()
            .anyMatch(each -> each.mask().isPresent() || each.pose().isPresent())
        || example.annotations().stream()
            .anyMatch(each -> each.mask().isPresent() || each.pose().isPresent());
  }

  /**
   * Draws into a picture.
   *
   * @param drawnFrom score of a detection that is drawn
   */
  public static void draw(Mat picture, ExampleResult example, double drawnFrom) {
    for (Annotation truth : example.annotations()) {
      truth.mask().ifPresent(mask -> outline(picture, mask, ExamplePainter.TRUE_BGR));
      truth.pose().ifPresent(pose -> dots(picture, pose, 0, ExamplePainter.TRUE_BGR));
    }
    for (Detection found : example.detections()) {
      if (found.score() >= drawnFrom) {
        found.mask().ifPresent(mask -> outline(picture, mask, ExamplePainter.PREDICTED_BGR));
        found.pose().ifPresent(pose -> dots(picture, pose, SEEN, ExamplePainter.PREDICTED_BGR));
      }
    }
  }

  private static int line(Mat picture) {
    return (int) Math.max(1, Math.round(Math.max(picture.cols(), picture.rows()) / LINE_OF));
  }

  /** A picture that has changed since the run may have another size: its masks do not fit. */
  private static void outline(Mat picture, ObjectMask mask, Scalar bgr) {
    if (mask.widthPx() != picture.cols() || mask.heightPx() != picture.rows()) {
      return;
    }
    // a column of the picture is a row here: runs go down the columns
    byte[] pixels = new byte[mask.widthPx() * mask.heightPx()];
    int at = 0;
    boolean inside = false;
    for (int run : mask.runs()) {
      if (inside) {
        Arrays.fill(pixels, at, at + run, INSIDE);
      }
      at += run;
      inside = !inside;
    }
    Mat turned = new Mat(mask.widthPx(), mask.heightPx(), CvType.CV_8UC1);
    turned.put(0, 0, pixels);
    Mat upright = turned.t();
    List<MatOfPoint> contours = new ArrayList<>();
    Mat hierarchy = new Mat();
    Imgproc.findContours(
        upright, contours, hierarchy, Imgproc.RETR_LIST, Imgproc.CHAIN_APPROX_NONE);
    Imgproc.drawContours(picture, contours, -1, bgr, line(picture));
    contours.forEach(Mat::release);
    hierarchy.release();
    upright.release();
    turned.release();
  }

  private static void dots(Mat picture, ObjectPose pose, double above, Scalar bgr) {
    for (KeyPoint each : pose.points()) {
      if (each.visibility() > above && Double.isFinite(each.x()) && Double.isFinite(each.y())) {
        Imgproc.circle(
            picture, new Point(each.x(), each.y()), 2 * line(picture), bgr, Imgproc.FILLED);
      }
    }
  }
}
