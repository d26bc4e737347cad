package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.scoring.detection.CocoSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which scores of masks and key points a model and a truth can have. */
final class InstanceScorerTest {
  private static final List<TensorSpec> INPUTS =
      List.of(
          TaskBed.output("images", ElementType.FLOAT32, 1, 3, TaskBed.SIDE, TaskBed.SIDE).spec());
  private static final DetectionTask TASK = new DetectionTask();

  private static TaskSettings settings(String decoder) {
    return TaskBed.settings("detection", TaskBed.decoder(decoder), Map.of(), 1);
  }

  private static TaskSettings faces(String points) {
    DecoderSettings decoder =
        new DecoderSettings("scrfd", .25, .45, 1000, 100, Map.of("keyPoints", points));
    return TaskBed.settings("detection", decoder, Map.of(), 1);
  }

  private static CocoSettings sigmas(Double... values) {
    return new CocoSettings(
        CocoSettings.COCO.iouThresholds(),
        CocoSettings.COCO.maxDetections(),
        CocoSettings.COCO.areaBoundsPx2(),
        List.of(values));
  }

  private static Truth points(int count) {
    KeyPoint point = new KeyPoint(1, 1, 2);
    ObjectPose pose = new ObjectPose(Collections.nCopies(count, point));
    return new Truth.Objects(
        List.of(
            new Annotation(
                new Box(0, 0, 9, 9), 0, 81, false, Optional.empty(), Optional.of(pose))));
  }

  @Test
  void scores_ofTheTask_haveAllThree() {
    assertThat(TASK.scores()).startsWith("coco-ap", "coco-mask-ap", "coco-keypoint-ap");
    assertThat(settings("yolov10-seg").objectParts()).containsExactly(ObjectPart.MASK);
    assertThat(settings("yolov10-pose").objectParts()).containsExactly(ObjectPart.KEY_POINTS);
    assertThat(settings("yolov8").objectParts()).isEmpty();
  }

  @Test
  void scorer_partThatTheDecoderDoesNotFind_isRefusedWithWhatItHas() {
    assertThatThrownBy(() -> TASK.scorer(settings("yolov8-pose"), INPUTS, List.of("coco-mask-ap")))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("score coco-mask-ap compares masks, which decoder yolov8-pose")
        .hasMessageContaining("it has coco-ap, coco-keypoint-ap, focal");
    assertThatThrownBy(() -> TASK.scorer(settings("yolov8"), INPUTS, List.of("coco-keypoint-ap")))
        .hasMessageContaining("compares key points, which decoder yolov8 does not find")
        .hasMessageContaining("it has coco-ap, focal");
  }

  @Test
  void scorer_sigmas_areAsManyAsKeyPoints() throws Exception {
    TaskSettings pose = settings("yolov8-pose"); // 17 by default
    assertThatThrownBy(
            () -> TASK.scorer(pose.with(sigmas(.1, .1)), INPUTS, List.of("coco-keypoint-ap")))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("coco.sigmas has 2 numbers, the model card has 17 key points");
    Double[] enough = Collections.nCopies(17, .1).toArray(Double[]::new);
    assertThat(TASK.scorer(pose.with(sigmas(enough)), INPUTS, List.of("coco-keypoint-ap")))
        .isInstanceOf(DetectionScorer.class);
  }

  // a card of boxes alone means what it meant: no truth of key points is read for it
  @Test
  void scorer_faceDecoder_hasKeyPointsWhereTheCardAsksForThem() throws Exception {
    assertThat(settings("scrfd").objectParts()).isEmpty();
    assertThat(faces("0").objectParts()).isEmpty();
    assertThat(faces("5").objectParts()).containsExactly(ObjectPart.KEY_POINTS);
    assertThatThrownBy(() -> TASK.scorer(settings("scrfd"), INPUTS, List.of("coco-keypoint-ap")))
        .hasMessageContaining("compares key points, which decoder scrfd does not find");
    assertThat(TASK.scorer(faces("5"), INPUTS, List.of("coco-keypoint-ap")))
        .isInstanceOf(DetectionScorer.class);
    assertThatThrownBy(
            () -> TASK.scorer(faces("5").with(sigmas(.1)), INPUTS, List.of("coco-keypoint-ap")))
        .hasMessageContaining("coco.sigmas has 1 numbers, the model card has 5 key points");
  }

  @Test
  void check_truthOfOtherKeyPoints_isRefused() throws Exception {
    Scorer scorer = TASK.scorer(settings("yolov8-pose"), INPUTS, List.of("coco-keypoint-ap"));
    scorer.check("a", points(17));
    assertThatThrownBy(() -> scorer.check("a", points(5)))
        .isInstanceOf(TaskException.class)
        .hasMessage("example a: a true object of 5 key points, the model card has 17");
  }
}
