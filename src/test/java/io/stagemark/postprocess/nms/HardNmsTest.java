package io.stagemark.postprocess.nms;

import static io.stagemark.testdata.VectorCases.floats;
import static io.stagemark.testdata.VectorCases.ints;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.VectorApi;
import io.stagemark.testdata.VectorCases;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HardNmsTest {
  private static final int ALL = Integer.MAX_VALUE;

  static List<JsonNode> torchvisionCases() {
    return VectorCases.of("nms_torchvision.json");
  }

  @ParameterizedTest
  @MethodSource("torchvisionCases")
  void run_torchvisionCase_keepsTheSame(JsonNode node) {
    BoxList boxes = Boxes.of(floats(node.get("boxes")), floats(node.get("scores")));
    for (OverlapTest overlaps : overlapTests()) {
      HardNms nms =
          new HardNms(
              node.get("iou_threshold").asDouble(), HardNms.Classes.APART, ALL, ALL, overlaps);
      assertThat(Boxes.kept(nms, boxes))
          .as(node.get("id").asText())
          .containsExactly(ints(node.get("expected")));
    }
  }

  static List<JsonNode> batchedCases() {
    return VectorCases.of("nms_batched.json");
  }

  @ParameterizedTest
  @MethodSource("batchedCases")
  void run_classes_keepsWhatEachClassKeeps(JsonNode node) {
    BoxList boxes =
        Boxes.of(floats(node.get("boxes")), floats(node.get("scores")), ints(node.get("classes")));
    HardNms nms = new HardNms(node.get("iou_threshold").asDouble(), false, ALL, ALL);
    assertThat(Boxes.kept(nms, boxes))
        .as(node.get("id").asText())
        .containsExactly(tiesToTheLowerIndex(ints(node.get("expected")), boxes));
  }

  /** torchvision merges the classes with a sort that leaves equal scores in any order. */
  private static int[] tiesToTheLowerIndex(int[] kept, BoxList boxes) {
    return Arrays.stream(kept)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> 0.0 - boxes.scores()[i]) // -0 ties with 0
                .thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static List<JsonNode> plainCases() {
    return VectorCases.of("nms_variants.json", "nms");
  }

  @ParameterizedTest
  @MethodSource("plainCases")
  void run_plainCase_keepsTheSame(JsonNode node) {
    BoxList boxes = Boxes.of(floats(node.get("boxes")), floats(node.get("scores")));
    HardNms nms = new HardNms(node.get("iou_threshold").asDouble(), false, ALL, ALL);
    assertThat(Boxes.kept(nms, boxes)).containsExactly(ints(node.get("expected")));
  }

  // Two 10x10 boxes shifted by 2 px share 80 of 120 px²: IoU 2/3.
  private static final float[] SHIFTED = {0, 0, 10, 10, 2, 0, 12, 10};

  @Test
  void run_agnostic_suppressesOtherClasses() {
    BoxList boxes = Boxes.of(SHIFTED, new float[] {.8f, .9f}, 3, 4);
    assertThat(Boxes.kept(new HardNms(.5, false, ALL, ALL), boxes)).containsExactly(1, 0);
    assertThat(Boxes.kept(new HardNms(.5, true, ALL, ALL), boxes)).containsExactly(1);
  }

  @Test
  void run_topKAndMaxDetections_cutBestFirst() {
    float[] apart = {0, 0, 1, 1, 2, 0, 3, 1, 4, 0, 5, 1, 4, 0, 5, 1};
    BoxList boxes = Boxes.of(apart, new float[] {.1f, .2f, .3f, .4f});
    assertThat(Boxes.kept(new HardNms(.5, false, 3, ALL), boxes)).containsExactly(3, 1);
    assertThat(Boxes.kept(new HardNms(.5, false, ALL, 2), boxes)).containsExactly(3, 1);
    assertThat(Boxes.kept(new HardNms(.5, false, 2, ALL), boxes)).containsExactly(3);
  }

  @Test
  void floor_thresholdBetweenFloats_isTheLowerOne() {
    // 0.1f is above 0.1, 0.45f is below 0.45
    assertThat(HardNms.floor(.1)).isEqualTo(Math.nextDown(.1f));
    assertThat(HardNms.floor(.45)).isEqualTo(.45f);
  }

  static List<OverlapTest> overlapTests() {
    return List.of(
        new PlainOverlapTest(),
        VectorApi.choose(OverlapTest.class, "OverlapTestVector", PlainOverlapTest::new));
  }
}
