package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.ClassMask;
import io.stagemark.data.Detection;
import io.stagemark.data.Geometry;
import io.stagemark.data.Prediction;
import io.stagemark.data.Prediction.ScoredClass;
import io.stagemark.data.Score;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleMask;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nu.pattern.OpenCV;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** The ten worst examples of a case by loss: their order and the pictures. */
final class WorstExamplesTest {
  private static final CaseResult CASE = SampleRun.complete().cases().get(0); // its loss is focal

  @TempDir Path folder;
  private Path grey = Path.of("");

  @BeforeEach
  void writePicture() {
    OpenCV.loadLocally();
    grey = write("grey.png", new Mat(40, 60, CvType.CV_8UC3, new Scalar(200, 200, 200)));
  }

  private Path write(String name, Mat image) {
    Path file = folder.resolve(name);
    assertThat(Imgcodecs.imwrite(file.toString(), image)).isTrue();
    return file;
  }

  private ExampleResult example(String id, double focal, Optional<ExampleAnswer> answer) {
    return new ExampleResult(
        id,
        grey.toString(),
        List.of(),
        0,
        List.of(),
        List.of(
            new Score("top-1", 0, "ratio", false, 1), new Score("focal", focal, "nat", true, 1)),
        answer);
  }

  private void save(List<String> labels, List<ExampleResult> examples) throws Exception {
    Path file = folder.resolve(CaseExamples.fileName(CASE.id()));
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    ResultFiles.write(file, new CaseExamples(CASE.id(), labels, examples));
  }

  // Losses 1, 2, … 11, one more 3 and a NaN: from 11 down; of the equal ones the first.
  @Test
  void of_thirteenExamples_areThoseWithALossLargestFirst() {
    List<ExampleResult> examples = new ArrayList<>();
    for (int i = 1; i <= 11; i++) {
      examples.add(example("e" + i, i, Optional.empty()));
    }
    examples.add(example("again3", 3, Optional.empty()));
    examples.add(example("undefined", Double.NaN, Optional.empty()));

    WorstExamples worst = WorstExamples.of(CASE, examples).orElseThrow();
    assertThat(worst.loss()).isEqualTo("focal");
    assertThat(worst.examples())
        .extracting(ExampleResult::id)
        .containsExactly(
            "e11", "e10", "e9", "e8", "e7", "e6", "e5", "e4", "e3", "again3", "e2", "e1");
  }

  @Test
  void of_noLossOrNoValue_isNothing() {
    List<ExampleResult> examples = List.of(example("a", Double.NaN, Optional.empty()));
    assertThat(WorstExamples.of(CASE, examples)).isEmpty();
    CaseResult failed = SampleRun.withAFailedCase().cases().get(1);
    assertThat(WorstExamples.of(failed, List.of(example("a", 1, Optional.empty())))).isEmpty();
  }

  private static Optional<ExampleAnswer> classes(int truth, ScoredClass... predicted) {
    return Optional.of(ExampleAnswer.ofClasses(List.of(predicted), List.of(truth)));
  }

  private List<String> pictures() throws Exception {
    return new ImagesReporter().render(SampleRun.complete(), OutputTree.of(folder)).files();
  }

  private Mat picture(String name) {
    Mat picture = Imgcodecs.imread(folder.resolve(name).toString());
    assertThat(picture.empty()).isFalse();
    return picture;
  }

  @Test
  void pictures_eighteenExamples_areTheWorstTenThenTheFirst() throws Exception {
    List<ExampleResult> examples = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      examples.add(example("e" + i + ".png", i, Optional.empty()));
    }
    save(List.of("cat"), examples);

    List<String> files = pictures();
    assertThat(files).hasSize(16);
    assertThat(files.get(0)).endsWith("-e17.png");
    assertThat(files.get(9)).endsWith("-e8.png");
    assertThat(files.get(10)).endsWith("-e0.png");
    assertThat(folder.resolve(files.get(15))).exists();
  }

  // 60x40 px enlarged four times, three lines of 18 px and 4 px of paper below
  @Test
  void pictures_ofClasses_haveALineForEachBelow() throws Exception {
    save(
        List.of("cat", "dog"),
        List.of(example("a", 1, classes(0, new ScoredClass(1, 0.75), new ScoredClass(0, 0.25)))));

    Mat picture = picture(pictures().get(0));
    assertThat(picture.cols()).isEqualTo(240);
    assertThat(picture.rows()).isEqualTo(160 + 3 * 18 + 4);
    assertThat(picture.get(10, 10)).containsExactly(200, 200, 200);
    assertThat(picture.get(160 + 17, 3)).containsExactly(60, 160, 60);
    assertThat(picture.get(160 + 35, 3)).containsExactly(0, 110, 235); // dog, wrong
    assertThat(picture.get(160 + 53, 3)).containsExactly(200, 120, 40); // cat, right
  }

  // Truth: the left half. Answer, of 2x1 px over it: the right half, with the upper right quarter
  // lying outside. 0.6 of the colour on 0.4 · 200.
  @Test
  void pictures_ofMasks_tintWhatWasMissedAndWhatWasWrong() throws Exception {
    Mat truth = Mat.zeros(40, 60, CvType.CV_8UC1);
    truth.colRange(0, 30).setTo(new Scalar(255));
    Path file = write("mask.png", truth);
    Prediction.Mask predicted =
        new Prediction.Mask(new ClassMask(2, 2, new byte[] {0, 1, 1, 0}), 30, 20);
    ExampleMask mask =
        ExampleMask.of(Optional.of(file.toString()), predicted, new Geometry(60, 40, 1, 1, 0, 0));
    ExampleAnswer answer = ExampleAnswer.ofPixels(mask);
    save(List.of("text"), List.of(example("a", 1, Optional.of(answer))));

    Mat picture = picture(pictures().get(0));
    assertThat(picture.get(5, 5)).containsExactly(116, 176, 116); // missed
    assertThat(picture.get(5, 45)).containsExactly(80, 146, 221); // not true
    assertThat(picture.get(35, 5)).containsExactly(200, 152, 104); // right
    assertThat(picture.get(35, 45)).containsExactly(200, 200, 200); // nothing there
    assertThat(mask.mask().at(1, 0)).isEqualTo(1);
  }

  // Truth: class 1 and one column that does not count; the answer is class 2 everywhere.
  @Test
  void pictures_ofSeveralClasses_areTheTrueAndTheAnsweredSideBySide() throws Exception {
    Mat truth = new Mat(40, 60, CvType.CV_8UC1, new Scalar(1));
    truth.col(7).setTo(new Scalar(255));
    Path file = write("mask.png", truth);
    Prediction.Mask predicted = new Prediction.Mask(new ClassMask(1, 1, new byte[] {2}), 60, 40);
    ExampleMask mask =
        ExampleMask.of(Optional.of(file.toString()), predicted, new Geometry(60, 40, 1, 1, 0, 0));
    ExampleAnswer answer = ExampleAnswer.ofPixels(mask);
    save(List.of("a", "b", "c"), List.of(example("a", 1, Optional.of(answer))));

    Mat picture = picture(pictures().get(0));
    assertThat(picture.rows()).isEqualTo(40 + 3 * 18 + 4);
    assertThat(picture.get(5, 5)).containsExactly(200, 152, 104);
    assertThat(picture.get(5, 65)).containsExactly(80, 146, 221);
    assertThat(picture.get(5, 67)).containsExactly(200, 200, 200);
  }

  // No truth: what was answered is drawn all the same. The right half was answered.
  @Test
  void pictures_ofMasksWithoutTruth_showWhatWasAnswered() throws Exception {
    Prediction.Mask predicted = new Prediction.Mask(new ClassMask(2, 1, new byte[] {0, 1}), 30, 40);
    Geometry same = new Geometry(60, 40, 1, 1, 0, 0);
    ExampleAnswer answer =
        ExampleAnswer.ofPixels(ExampleMask.of(Optional.empty(), predicted, same));
    save(List.of("text"), List.of(example("a", 1, Optional.of(answer))));

    Mat picture = picture(pictures().get(0));
    assertThat(picture.rows()).isEqualTo(40 + 2 * 18 + 4);
    assertThat(picture.get(5, 5)).containsExactly(200, 200, 200);
    assertThat(picture.get(5, 45)).containsExactly(80, 146, 221);
  }

  @Test
  void pictures_ofSeveralClassesWithoutTruth_showTheAnswerAlone() throws Exception {
    Prediction.Mask predicted = new Prediction.Mask(new ClassMask(1, 1, new byte[] {2}), 60, 40);
    Geometry same = new Geometry(60, 40, 1, 1, 0, 0);
    ExampleAnswer answer =
        ExampleAnswer.ofPixels(ExampleMask.of(Optional.empty(), predicted, same));
    save(List.of("a", "b", "c"), List.of(example("a", 1, Optional.of(answer))));

    Mat picture = picture(pictures().get(0));
    assertThat(picture.rows()).isEqualTo(40 + 2 * 18 + 4);
    assertThat(picture.get(5, 5)).containsExactly(80, 146, 221);
  }

  // 60x40 px enlarged four times, a line for each class and none that says what is true
  @Test
  void pictures_ofClassesWithoutTruth_claimNone() throws Exception {
    ExampleAnswer answer = ExampleAnswer.ofClasses(List.of(new ScoredClass(1, 0.75)));
    save(List.of("cat", "dog"), List.of(example("a", 1, Optional.of(answer))));

    Mat picture = picture(pictures().get(0));
    assertThat(picture.rows()).isEqualTo(160 + 18 + 4);
    assertThat(picture.get(160 + 17, 3)).containsExactly(0, 110, 235);
  }

  @Test
  void pictures_ofBoxes_areGreenAndOrange() throws Exception {
    ExampleResult boxes =
        new ExampleResult(
            "a",
            grey.toString(),
            List.of(new Detection(new Box(30, 5, 50, 35), 0, 0.9f)),
            1,
            List.of(new Annotation(new Box(5, 5, 25, 20), 0, 300, false)),
            List.of(),
            Optional.empty());
    save(List.of("cat"), List.of(boxes));

    Mat picture = picture(pictures().get(0));
    assertThat(picture.get(10, 5)).containsExactly(60, 160, 60);
    assertThat(picture.get(30, 30)).containsExactly(0, 110, 235);
  }

  // What a run of an earlier version left: no answer.
  @Test
  void examples_withoutAnswer_areRead() throws Exception {
    Path file = folder.resolve("old.json");
    Files.writeString(
        file,
        """
        {"caseId": "c", "labels": [], "examples": [{"id": "a", "file": "a.png", "detections": [],
         "candidates": 0, "annotations": [], "scores": []}]}
        """);
    assertThat(ResultFiles.read(file, CaseExamples.class).examples().get(0).answer()).isEmpty();
  }
}
