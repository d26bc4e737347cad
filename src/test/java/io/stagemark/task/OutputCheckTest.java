package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.CandidateCounts;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.scoring.activation.Activation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that are not finite are counted where they arise, whatever a threshold makes of them. */
final class OutputCheckTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  @TempDir Path folder;

  private Observation detected(Tensor... outputs) throws TaskException {
    return TaskBed.observe(
        new DetectionTask(),
        TaskBed.settings("detection", TaskBed.decoder("yolov8"), Map.of(), 1),
        List.of(outputs),
        TaskBed.picture(folder));
  }

  private static CandidateCounts counts(Observation observation) {
    return ((Prediction.Objects) observation.prediction()).candidates();
  }

  // [1, 4 + 1, 3]: x, y, width, height, score. The first has a NaN score, the second an infinite
  // width and a score below the threshold, the third is sound.
  @Test
  void observe_candidatesNotFinite_areCountedAboveTheThresholdOrNot() throws Exception {
    float[] rows = {20, 20, 40, 20, 20, 40, 9, INF, 9, 9, 9, 9, NAN, .1f, .9f};
    Observation seen = detected(TaskBed.floats(rows, "out", 1, 5, 3));
    assertThat(counts(seen)).isEqualTo(new CandidateCounts(1, 2, 1, 1));
    assertThat(seen.check().isFinite()).isFalse();
    assertThat(seen.check().outputs().get(0).refused()).isEqualTo(2);
    assertThat(seen.check().outputs().get(0).summary().nan()).isEqualTo(1);
    assertThat(seen.check().outputs().get(0).summary().positiveInfinite()).isEqualTo(1);
  }

  @Test
  void observe_everyNumberNan_countsEveryCandidateAndFindsNothing() throws Exception {
    float[] rows = new float[10];
    java.util.Arrays.fill(rows, NAN);
    Observation seen = detected(TaskBed.floats(rows, "out", 1, 5, 2));
    assertThat(counts(seen)).isEqualTo(new CandidateCounts(0, 2, 0, 0));
    assertThat(seen.check().outputs().get(0).refused()).isEqualTo(10);
  }

  @Test
  void observe_finiteOutputs_areFit() throws Exception {
    float[] rows = {20, 40, 9, 9, .9f};
    Observation seen = detected(TaskBed.floats(rows, "out", 1, 5, 1));
    assertThat(counts(seen)).isEqualTo(new CandidateCounts(1, 0, 1, 1));
    assertThat(seen.check().isFinite()).isTrue();
    assertThat(seen.check().isProbable()).isTrue();
  }

  private Observation classified(Map<String, Activation> last, Tensor... outputs)
      throws TaskException {
    DecoderSettings decoder = TaskBed.decoder("classification");
    return TaskBed.observe(
        new ClassificationTask(),
        TaskBed.settings("classification", decoder, last, 3),
        List.of(outputs),
        TaskBed.picture(folder));
  }

  // A softmax of −∞ is 0; of +∞ and NaN there is none. A sigmoid of either infinity is a number.
  @Test
  void observe_infiniteLogits_areNumbersWhereTheLastStepMakesThem() throws Exception {
    Tensor masked = TaskBed.floats(new float[] {1, -INF, 2}, "y", 1, 3);
    Tensor overflown = TaskBed.floats(new float[] {1, INF, 2}, "y", 1, 3);
    Map<String, Activation> softmax = Map.of("y", Activation.SOFTMAX);
    Map<String, Activation> sigmoid = Map.of("y", Activation.SIGMOID);
    assertThat(classified(softmax, masked).check().isFinite()).isTrue();
    assertThat(classified(softmax, overflown).check().isFinite()).isFalse();
    assertThat(classified(sigmoid, overflown).check().isFinite()).isTrue();
    assertThat(classified(Map.of(), masked).check().isFinite()).isFalse();
    Observation seen = classified(softmax, overflown);
    assertThat(((Prediction.Classes) seen.prediction()).best()).isEmpty();
  }

  @Test
  void observe_outputThatNothingReads_isCountedAndNoReason() throws Exception {
    Observation seen =
        classified(
            Map.of(),
            TaskBed.floats(new float[] {.5f, .25f, .25f}, "y", 1, 3),
            TaskBed.floats(new float[] {NAN, 1}, "attention", 1, 2));
    assertThat(seen.check().isFinite()).isTrue();
    assertThat(seen.check().outputs().get(1).summary().nan()).isEqualTo(1);
    assertThat(seen.check().outputs().get(1).read()).isFalse();
  }

  @Test
  void observe_logitsWithoutTheirLastStep_areNotProbable() throws Exception {
    assertThat(
            classified(Map.of(), TaskBed.floats(new float[] {3, -2, .5f}, "y", 1, 3))
                .check()
                .isProbable())
        .isFalse();
  }

  // The binary mask of NaN is background, the largest of NaN and 0.1 is the number.
  @Test
  void observe_pixelsNotFinite_neverWin() throws Exception {
    Tensor pixels = TaskBed.floats(new float[] {NAN, .5f, .1f, NAN}, "y", 1, 2, 1, 2);
    Observation seen =
        TaskBed.observe(
            new SegmentationTask(),
            TaskBed.settings("segmentation", TaskBed.decoder("classification"), Map.of(), 2),
            List.of(pixels),
            TaskBed.picture(folder));
    Prediction.Mask mask = (Prediction.Mask) seen.prediction();
    assertThat(mask.mask().at(0)).isEqualTo(1);
    assertThat(mask.mask().at(1)).isZero();
    assertThat(seen.check().isFinite()).isFalse();
  }
}
