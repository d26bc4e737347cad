package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.Outline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nu.pattern.OpenCV;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Pictures with true boxes in green and predicted boxes in orange, for the ten worst examples of
 * each case by loss, and its first ones up to sixteen in all. Detections below 0.3 are left out of
 * the picture, not of the scores.
 */
public final class ImagesReporter implements Reporter {
  private static final int EXAMPLES = 16;
  private static final int WORST = 10;
  private static final double DRAWN_FROM = 0.3;
  private static final int TAG_PX = 14;
  private static final Scalar TRUE_BGR = new Scalar(60, 190, 60);
  private static final Scalar PREDICTED_BGR = new Scalar(0, 120, 255);
  private static final Scalar TEXT_BGR = new Scalar(255, 255, 255);

  @Override
  public String name() {
    return "images";
  }

  @Override
  public Rendering render(RunResult result, Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    for (CaseResult one : result.cases()) {
      Path examples = folder.resolve(CaseExamples.fileName(one.id()));
      if (Files.isRegularFile(examples)) {
        files.addAll(draw(chosen(one, ResultFiles.read(examples, CaseExamples.class)), folder));
      }
    }
    return new Rendering("", files);
  }

  /** The worst by loss, then the first, until there are enough. */
  private static CaseExamples chosen(CaseResult one, CaseExamples all) {
    List<ExampleResult> worst =
        WorstExamples.of(one, all.examples()).map(WorstExamples::examples).orElse(List.of());
    Set<ExampleResult> chosen =
        new LinkedHashSet<>(worst.subList(0, Math.min(WORST, worst.size())));
    chosen.addAll(all.examples());
    return new CaseExamples(all.caseId(), all.labels(), chosen.stream().limit(EXAMPLES).toList());
  }

  private static List<String> draw(CaseExamples of, Path folder) throws IOException {
    OpenCV.loadLocally();
    List<String> files = new ArrayList<>();
    String stem = CaseExamples.fileStem(of.caseId());
    for (ExampleResult example : of.examples()) {
      Mat picture = Imgcodecs.imread(example.file());
      if (picture.empty()) {
        // Tensors have no picture; a file that is gone since the run has none any more.
        continue;
      }
      draw(picture, example, of.labels());
      String id = example.id().replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("\\.[^.]*$", "");
      String name = "images/" + stem + "-" + id + ".png";
      Files.createDirectories(folder.resolve("images"));
      if (!Imgcodecs.imwrite(folder.resolve(name).toString(), picture)) {
        throw new IOException("cannot write " + folder.resolve(name));
      }
      picture.release();
      files.add(name);
    }
    return files;
  }

  private static void draw(Mat picture, ExampleResult example, List<String> labels) {
    for (Annotation truth : example.annotations()) {
      box(picture, truth.box(), TRUE_BGR);
      text(
          picture, truth.box().left(), truth.box().bottom(), labels.get(truth.classId()), TRUE_BGR);
    }
    for (Detection found : example.detections()) {
      if (found.score() >= DRAWN_FROM) {
        found
            .outline()
            .ifPresentOrElse(
                outline -> polygon(picture, outline, PREDICTED_BGR),
                () -> box(picture, found.box(), PREDICTED_BGR));
        String label = String.format(ROOT, "%s %.2f", labels.get(found.classId()), found.score());
        // above the box where there is room: what was found stays in sight
        double bottom = found.box().top() > TAG_PX ? found.box().top() : found.box().top() + TAG_PX;
        text(picture, found.box().left(), bottom, label, PREDICTED_BGR);
      }
    }
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

  private static void text(Mat picture, double left, double bottom, String text, Scalar bgr) {
    Size size = Imgproc.getTextSize(text, Imgproc.FONT_HERSHEY_SIMPLEX, 0.45, 1, new int[1]);
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
        0.45,
        TEXT_BGR,
        1,
        Imgproc.LINE_AA);
  }
}
