package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.Prediction.ScoredClass;
import io.stagemark.data.object.Outline;
import io.stagemark.report.chart.AnnotatedPicture;
import io.stagemark.report.chart.Area;
import io.stagemark.report.chart.LabelPlacer;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleResult;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Draws one example: true boxes in green and predicted ones in orange; the right classes, where
 * they are known, and the answered ones as lines under the picture, a right answer in blue; masks
 * of pixels as {@link MaskPainter} does, those and the key points of objects as {@link
 * InstancePainter} does. Detections below 0.3 are left out of the picture, not of the scores.
 */
public final class ExamplePainter {
  private static final double DRAWN_FROM = 0.3;
  static final Scalar TRUE_BGR = new Scalar(60, 160, 60);
  static final Scalar PREDICTED_BGR = new Scalar(0, 110, 235);
  private static final Scalar RIGHT_BGR = new Scalar(200, 120, 40);
  private static final int MIN_SIDE_PX = 160;

  private final List<String> labels;

  public ExamplePainter(List<String> labels) {
    this.labels = labels;
  }

  /** Returns a new picture. */
  public Mat draw(Mat picture, ExampleResult example) {
    if (example.answer().isEmpty()) {
      Mat drawn = picture.clone();
      InstancePainter.draw(drawn, example, DRAWN_FROM);
      boxes(drawn, example);
      return drawn;
    }
    ExampleAnswer answer = example.answer().get();
    return answer.mask().isPresent()
        ? new MaskPainter(labels).draw(picture, answer.mask().get())
        : Captions.below(enlarged(picture), classLines(answer), classColors(answer));
  }

  /** All boxes first, then the labels: none under a box of another, none over another label. */
  private void boxes(Mat picture, ExampleResult example) {
    List<Tag> tags = new ArrayList<>();
    for (Detection found : example.detections()) {
      if (found.score() >= DRAWN_FROM) {
        found
            .outline()
            .ifPresentOrElse(
                outline -> polygon(picture, outline, PREDICTED_BGR),
                () -> box(picture, found.box(), PREDICTED_BGR));
        String label = String.format(ROOT, "%s %.2f", labels.get(found.classId()), found.score());
        tags.add(new Tag(found.box(), label, PREDICTED_BGR));
      }
    }
    for (Annotation truth : example.annotations()) {
      truth
          .outline()
          .ifPresentOrElse(
              outline -> polygon(picture, outline, TRUE_BGR),
              () -> box(picture, truth.box(), TRUE_BGR));
      tags.add(new Tag(truth.box(), labels.get(truth.classId()), TRUE_BGR));
    }
    LabelPlacer placer = new LabelPlacer(new Area(0, 0, picture.cols(), picture.rows()));
    for (Tag tag : tags) {
      Box box = tag.box();
      Area around =
          new Area(box.left(), box.top(), box.right() - box.left(), box.bottom() - box.top());
      double width = Captions.widthPx(tag.text());
      placer
          .place(AnnotatedPicture.places(around, width, Captions.TAG_PX))
          .ifPresent(
              area -> Captions.text(picture, area.left(), area.bottom(), tag.text(), tag.bgr()));
    }
  }

  /** A label of a box. */
  private record Tag(Box box, String text, Scalar bgr) {}

  private List<String> classLines(ExampleAnswer answer) {
    List<String> lines = new ArrayList<>();
    if (isKnown(answer)) {
      lines.add(answer.truth().isEmpty() ? "true: none" : "true: " + names(answer.truth()));
    }
    for (ScoredClass one : answer.predicted()) {
      lines.add(String.format(ROOT, "%s %.3f", labels.get(one.classId()), one.score()));
    }
    if (answer.predicted().isEmpty()) {
      lines.add("answered: none");
    }
    return lines;
  }

  /** Older files have classes without saying that they are known. */
  private static boolean isKnown(ExampleAnswer answer) {
    return answer.hasTruth() || !answer.truth().isEmpty();
  }

  private String names(List<Integer> classIds) {
    return String.join(", ", classIds.stream().map(labels::get).toList());
  }

  private static List<Scalar> classColors(ExampleAnswer answer) {
    List<Scalar> colors = new ArrayList<>();
    if (isKnown(answer)) {
      colors.add(TRUE_BGR);
    }
    for (ScoredClass one : answer.predicted()) {
      colors.add(answer.truth().contains(one.classId()) ? RIGHT_BGR : PREDICTED_BGR);
    }
    colors.add(PREDICTED_BGR);
    return colors;
  }

  /** Returns a small picture in a size that can be seen: a whole multiple, its pixels kept. */
  private static Mat enlarged(Mat picture) {
    int smaller = Math.min(picture.cols(), picture.rows());
    int times = Math.max(1, MIN_SIDE_PX / Math.max(1, smaller));
    Mat larger = new Mat();
    Size size = new Size(picture.cols() * times, picture.rows() * times);
    Imgproc.resize(picture, larger, size, 0, 0, Imgproc.INTER_NEAREST);
    return larger;
  }

  private static void polygon(Mat picture, Outline outline, Scalar bgr) {
    MatOfPoint corners =
        new MatOfPoint(
            outline.corners().stream()
                .map(corner -> new Point(Math.rint(corner.x()), Math.rint(corner.y())))
                .toArray(Point[]::new));
    Imgproc.polylines(picture, List.of(corners), true, bgr, 2);
    corners.release();
  }

  private static void box(Mat picture, Box box, Scalar bgr) {
    Imgproc.rectangle(
        picture, new Point(box.left(), box.top()), new Point(box.right(), box.bottom()), bgr, 2);
  }
}
