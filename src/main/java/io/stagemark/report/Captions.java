package io.stagemark.report;

import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** White text on colour, in pictures. */
final class Captions {
  private static final Scalar TEXT_BGR = new Scalar(255, 255, 255);
  private static final Scalar PAPER_BGR = new Scalar(40, 40, 40);
  private static final double TEXT_SCALE = 0.45;
  private static final int LINE_PX = 18;

  /** Height of a label, in px. */
  static final int TAG_PX = 16;

  private Captions() {}

  /** Returns the width of a label, in px. */
  static double widthPx(String text) {
    return size(text).width + 3;
  }

  /** Adds lines of text below a picture, and paper to its right where they are longer. */
  static Mat below(Mat picture, List<String> lines, List<Scalar> colors) {
    int width = picture.cols();
    for (String line : lines) {
      width = Math.max(width, (int) size(line).width + 8);
    }
    Mat drawn = new Mat();
    Core.copyMakeBorder(
        picture,
        drawn,
        0,
        lines.size() * LINE_PX + 4,
        0,
        width - picture.cols(),
        Core.BORDER_CONSTANT,
        PAPER_BGR);
    for (int i = 0; i < lines.size(); i++) {
      text(drawn, 2, picture.rows() + (i + 1) * LINE_PX, lines.get(i), colors.get(i));
    }
    return drawn;
  }

  private static Size size(String text) {
    return Imgproc.getTextSize(text, Imgproc.FONT_HERSHEY_SIMPLEX, TEXT_SCALE, 1, new int[1]);
  }

  static void text(Mat picture, double left, double bottom, String text, Scalar bgr) {
    Size size = size(text);
    Imgproc.rectangle(
        picture,
        new Point(left, bottom - size.height - 4),
        new Point(left + size.width + 2, bottom),
        bgr,
        Imgproc.FILLED);
    Imgproc.putText(
        picture,
        text,
        new Point(left + 1, bottom - 3),
        Imgproc.FONT_HERSHEY_SIMPLEX,
        TEXT_SCALE,
        TEXT_BGR,
        1,
        Imgproc.LINE_AA);
  }
}
