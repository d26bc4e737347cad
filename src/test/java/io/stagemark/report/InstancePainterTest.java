package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectOutlines;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.result.ExampleResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** Outlines of masks and dots of key points. */
final class InstancePainterTest {
  private static final Box BOX = new Box(0, 0, 40, 30);

  @BeforeAll
  static void loadOpenCv() {
    OpenCvRuntime.start();
  }

  private static ExampleResult example(Detection found, Annotation... truths) {
    return new ExampleResult("a", "a.png", List.of(found), 1, List.of(truths), List.of());
  }

  private static Detection found(double score, Optional<ObjectMask> mask, KeyPoint... points) {
    return new Detection(
        BOX,
        0,
        score,
        Optional.empty(),
        mask,
        points.length == 0 ? Optional.empty() : Optional.of(new ObjectPose(List.of(points))));
  }

  private static Mat black() {
    return new Mat(30, 40, CvType.CV_8UC3, Scalar.all(0));
  }

  private static Scalar at(Mat picture, int x, int y) {
    return new Scalar(picture.get(y, x));
  }

  // pixels 10 to 19 across and 5 to 14 down: their edge is drawn, their middle is not
  @Test
  void draw_mask_isItsOutline() {
    ObjectMask mask =
        ObjectOutlines.mask(30, 40, List.of(List.of(10.0, 5.0, 20.0, 5.0, 20.0, 15.0, 10.0, 15.0)));
    Mat picture = black();
    InstancePainter.draw(
        picture,
        example(
            found(.9, Optional.of(mask)),
            new Annotation(BOX, 0, 100, false, Optional.empty(), Optional.empty())),
        .3);
    assertThat(at(picture, 10, 5)).isEqualTo(ExamplePainter.PREDICTED_BGR);
    assertThat(at(picture, 19, 14)).isEqualTo(ExamplePainter.PREDICTED_BGR);
    assertThat(at(picture, 15, 10)).isEqualTo(Scalar.all(0));
    assertThat(at(picture, 5, 10)).isEqualTo(Scalar.all(0));
  }

  @Test
  void draw_points_areThoseThatAreSeenOrLabelled() {
    Annotation truth =
        new Annotation(
            BOX,
            0,
            100,
            false,
            Optional.empty(),
            Optional.of(new ObjectPose(List.of(new KeyPoint(5, 5, 1), new KeyPoint(5, 25, 0)))));
    Mat picture = black();
    InstancePainter.draw(
        picture,
        example(
            found(
                .9,
                Optional.empty(),
                new KeyPoint(20, 10, .8),
                new KeyPoint(30, 10, .4),
                new KeyPoint(Double.NaN, 10, .8)),
            truth),
        .3);
    assertThat(at(picture, 20, 10)).isEqualTo(ExamplePainter.PREDICTED_BGR);
    assertThat(at(picture, 30, 10)).isEqualTo(Scalar.all(0));
    assertThat(at(picture, 5, 5)).isEqualTo(ExamplePainter.TRUE_BGR);
    assertThat(at(picture, 5, 25)).isEqualTo(Scalar.all(0));
  }

  @Test
  void draw_lowScoreOrMaskOfAnotherPicture_isNothing() {
    ObjectMask other = ObjectMask.of(10, 10, new int[] {0, 100}, 0, 2);
    for (Detection each :
        List.of(
            found(.9, Optional.of(other)), found(.2, Optional.empty(), new KeyPoint(20, 10, .8)))) {
      Mat picture = black();
      InstancePainter.draw(picture, example(each), .3);
      assertThat(at(picture, 0, 0)).isEqualTo(Scalar.all(0));
      assertThat(at(picture, 20, 10)).isEqualTo(Scalar.all(0));
      assertThat(InstancePainter.draws(example(each))).isTrue();
    }
  }
}
