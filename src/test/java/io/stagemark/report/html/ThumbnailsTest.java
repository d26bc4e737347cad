package io.stagemark.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExamplePainter;
import io.stagemark.report.SampleRun;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nu.pattern.OpenCV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

final class ThumbnailsTest {
  @TempDir Path folder;

  /** The cup stands on the table: its label began where the table's did. */
  private ExampleResult example() {
    return new ExampleResult(
        "coffee.png",
        "coffee.png",
        List.of(
            new Detection(new Box(60, 10, 260, 300), 0, 0.48),
            new Detection(new Box(0, 0, 600, 400), 1, 0.37),
            new Detection(new Box(1, 1, 599, 399), 1, 0.1)),
        3,
        List.of(
            new Annotation(new Box(65, 12, 250, 290), 0, 40_000, false),
            new Annotation(new Box(0, 0, 600, 400), 1, 200_000, false)),
        List.of());
  }

  private static final List<String> LABELS = List.of("cup", "dining table");

  private Mat photograph() {
    OpenCV.loadLocally();
    return new Mat(400, 600, CvType.CV_8UC3, new Scalar(90, 90, 90));
  }

  @Test
  void page_examplesOfManyMegabytes_areNotReadAndThatIsSaid() throws Exception {
    RunResult run = SampleRun.complete();
    Files.createDirectories(folder.resolve("examples"));
    Path file = folder.resolve(CaseExamples.fileName(run.cases().get(0).id()));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(65L << 20);
    }
    new HtmlReporter().render(run, OutputTree.of(folder));
    assertThat(folder.resolve(HtmlReporter.FILE))
        .content()
        .contains("too many examples for a page; examples/ has them.");
  }

  @Test
  void picture_objectsOnEachOther_eachLabelIsSeen() throws Exception {
    Imgcodecs.imwrite(folder.resolve("coffee.png").toString(), photograph());
    RunResult run = SampleRun.complete();
    String id = run.cases().get(0).id();
    Files.createDirectories(folder.resolve("examples"));
    Files.writeString(
        folder.resolve(CaseExamples.fileName(id)),
        ResultFiles.text(new CaseExamples(id, LABELS, List.of(example()))));
    new HtmlReporter().render(run, OutputTree.of(folder));
    String page = Files.readString(folder.resolve(HtmlReporter.FILE));
    assertThat(page).contains("data:image/webp;base64,").contains("class=\"outline truth\"");
    assertThat(page).contains("true: cup, dining table; found: cup, dining table");
    Matcher tags =
        Pattern.compile(
                "<rect x=\"([\\d.]+)\" y=\"([\\d.]+)\" width=\"([\\d.]+)\" height=\"([\\d.]+)\""
                    + " class=\"tag ")
            .matcher(page);
    List<double[]> placed = new java.util.ArrayList<>();
    while (tags.find()) {
      double[] tag = new double[4];
      for (int i = 0; i < 4; i++) {
        tag[i] = Double.parseDouble(tags.group(i + 1));
      }
      assertThat(tag[0] + tag[2]).isLessThanOrEqualTo(320.01);
      assertThat(placed).noneMatch(other -> overlap(tag, other));
      placed.add(tag);
    }
    assertThat(placed).hasSize(4); // of the five objects, one is below 0.3
  }

  private static boolean overlap(double[] a, double[] b) {
    return a[0] < b[0] + b[2] - 0.01
        && b[0] < a[0] + a[2] - 0.01
        && a[1] < b[1] + b[3] - 0.01
        && b[1] < a[1] + a[3] - 0.01;
  }

  // Both labels wanted the upper left corner: the table's, which comes second, is at the right now.
  @Test
  void painter_objectsOnEachOther_drawsBothLabels() {
    Mat drawn = new ExamplePainter(LABELS).draw(photograph(), example());
    assertThat(orange(drawn, 60, 160)).isGreaterThan(50);
    assertThat(orange(drawn, 440, 600)).isGreaterThan(50);
    assertThat(drawn.size()).isEqualTo(photograph().size());
  }

  /** Returns pixels of a label in its uppermost row: outlines are above it and thinner. */
  private static int orange(Mat picture, int from, int to) {
    int count = 0;
    for (int x = from; x < to; x++) {
      double[] bgr = picture.get(3, x);
      count += bgr[0] == 0 && bgr[1] == 110 && bgr[2] == 235 ? 1 : 0;
    }
    return count;
  }
}
