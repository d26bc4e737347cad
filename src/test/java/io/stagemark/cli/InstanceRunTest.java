package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masks through a whole run and shards, masks and key points scored: networks of 64x64 px whose
 * answer is always the same, and pictures that differ in what is true of them.
 */
final class InstanceRunTest {
  @TempDir Path folder;
  private InstanceBed bed;

  @BeforeEach
  void write() throws IOException {
    bed = new InstanceBed(folder);
  }

  private void truth(String... annotations) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < annotations.length; i++) {
      all.append(i == 0 ? "" : ",\n");
      all.append("{\"id\": %d, \"category_id\": 1, %s}".formatted(i + 1, annotations[i]));
    }
    Files.writeString(
        folder.resolve("truth.json"),
        """
        {"images": [{"id": 0, "file_name": "p0.png", "width": 64, "height": 64},
                    {"id": 1, "file_name": "p1.png", "width": 64, "height": 64}],
         "categories": [{"id": 1, "name": "leaf"}],
         "annotations": [%s]}
        """
            .formatted(all));
  }

  /** The truth of both pictures, with a region of many leaves over the whole of the second. */
  private void truthOfMasks() throws IOException {
    truth(
        "\"image_id\": 0, \"bbox\": [8, 8, 32, 16], \"area\": 512, \"iscrowd\": 0,"
            + " \"segmentation\": [[8, 8, 40, 8, 40, 24, 8, 24]]",
        "\"image_id\": 1, \"bbox\": [8, 8, 24, 16], \"area\": 384, \"iscrowd\": 0,"
            + " \"segmentation\": [[8, 8, 32, 8, 32, 24, 8, 24]]",
        "\"image_id\": 1, \"bbox\": [0, 0, 64, 64], \"area\": 4096, \"iscrowd\": 1,"
            + " \"segmentation\": {\"size\": [64, 64], \"counts\": [0, 4096]}");
  }

  // The box is (8, 8) to (40, 24); its mask ends with the left half, at x = 32: 24x16 = 384 px.
  // Masks: 384 of 512 px of p0's leaf, .75, six of ten thresholds; p1's leaf at all. From .80 on p0
  // is a miss before a hit, precision 1/2 at the 51 recalls up to .5: (6 + 4 · 51/101 · 1/2) / 10.
  // Boxes: p0's at all; p1's by .75; beyond, the box is in the crowd and counts for nothing:
  // (6 + 4 · 51/101) / 10.
  private static void assertPrecisionsOfMasks(JsonNode one) {
    assertThat(InstanceBed.score(one, "coco-mask-ap"))
        .isCloseTo((6 + 4 * 51 / 101.0 / 2) / 10, within(1e-9));
    assertThat(InstanceBed.score(one, "coco-mask-ap50")).isCloseTo(1, within(1e-9));
    assertThat(InstanceBed.score(one, "coco-mask-ap75")).isCloseTo(1, within(1e-9));
    assertThat(InstanceBed.score(one, "coco-ap"))
        .isCloseTo((6 + 4 * 51 / 101.0) / 10, within(1e-9));
    assertThat(one.at("/classes/0/figures").findValuesAsText("name"))
        .contains("ap", "mask-ap", "mask-ap50", "mask-ar100");
  }

  private String masks(String decoder, InstanceBed.Output output) throws IOException {
    return bed.config(
        "{type: %s, scoreThreshold: 0.25}".formatted(decoder),
        "[coco-ap, coco-mask-ap]",
        InstanceBed.COCO,
        output,
        InstanceBed.leftHalf());
  }

  @Test
  void runAndShards_masks_haveTheHandWorkedPrecisions() throws Exception {
    truthOfMasks();
    String config = masks("yolov8-seg", InstanceBed.columns(24, 16, 32, 16, .9f, 1));
    JsonNode whole = bed.run(config, "coco-ap", "coco-mask-ap");
    assertPrecisionsOfMasks(whole);
    assertThat(scoreOfTheExamples()).isCloseTo((6 + 4 * 51 / 101.0 / 2) / 10, within(1e-9));
    JsonNode merged = ShardScores.of(config, 2, folder);
    assertThat(merged.get("scores")).isEqualTo(whole.get("scores"));
    assertThat(merged.get("classes")).isEqualTo(whole.get("classes"));
  }

  @Test
  void score_masksOfRows_haveTheHandWorkedPrecisions() throws Exception {
    truthOfMasks();
    assertPrecisionsOfMasks(
        bed.scored(masks("yolov10-seg", InstanceBed.rows(8, 8, 40, 24, .9f, 0, 1))));
  }

  /** The masks of the run's examples as COCO's results, by {@code score}. */
  private double scoreOfTheExamples() throws IOException {
    List<String> results = new ArrayList<>();
    JsonNode all = new ObjectMapper().readTree(bed.examples().toFile()).get("examples");
    for (int image = 0; image < all.size(); image++) {
      for (JsonNode found : all.get(image).get("detections")) {
        results.add(
            "{\"image_id\": %d, \"category_id\": 1, \"score\": %s, \"segmentation\": {\"size\": [64, 64], \"counts\": %s}}"
                .formatted(image, found.get("score"), found.at("/mask/counts")));
      }
    }
    Path file = Files.writeString(folder.resolve("results.json"), results.toString());
    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--task=instances",
            "--truth",
            folder.resolve("truth.json").toString(),
            "--predictions",
            file.toString(),
            "--format=json");
    assertThat(said.err()).isEmpty();
    return said.json().get("ap").doubleValue();
  }

  // Three points with σ = 1/4 on an object of 512 px²: e^(−d² / (4σ² · 512 · 2)) = e^(−d²/256).
  // p0's points are exact. Of p1's one is exact, one 16 px off, e^−1, and one not labelled:
  // (1 + e^−1) / 2 = .684, four of ten thresholds. From .70 on a hit before a miss, precision 1 at
  // 51 recalls: (4 + 6 · 51/101) / 10.
  @Test
  void score_keyPointsOfTwoForms_haveTheHandWorkedPrecision() throws Exception {
    truth(
        "\"image_id\": 0, \"bbox\": [8, 8, 32, 16], \"area\": 512, \"iscrowd\": 0,"
            + " \"keypoints\": [10, 10, 2, 20, 10, 1, 30, 20, 2]",
        "\"image_id\": 1, \"bbox\": [8, 8, 32, 16], \"area\": 512, \"iscrowd\": 0,"
            + " \"keypoints\": [10, 10, 2, 20, 26, 2, 0, 0, 0]");
    float[] points = {10, 10, .9f, 20, 10, .8f, 30, 20, .7f};
    Map<String, InstanceBed.Output> forms =
        Map.of(
            "yolov8-pose", InstanceBed.columns(joined(new float[] {24, 16, 32, 16, .9f}, points)),
            "yolov10-pose", InstanceBed.rows(joined(new float[] {8, 8, 40, 24, .9f, 0}, points)));
    for (Map.Entry<String, InstanceBed.Output> form : forms.entrySet()) {
      String config =
          bed.config(
              "{type: %s, scoreThreshold: 0.25, parameters: {keyPoints: 3}}"
                  .formatted(form.getKey()),
              "[coco-ap, coco-keypoint-ap]\ncoco: {sigmas: [0.25, 0.25, 0.25]}",
              InstanceBed.COCO,
              form.getValue());
      JsonNode one = bed.scored(config);
      assertThat(InstanceBed.score(one, "coco-keypoint-ap"))
          .as(form.getKey())
          .isCloseTo((4 + 6 * 51 / 101.0) / 10, within(1e-9));
      assertThat(InstanceBed.score(one, "coco-keypoint-ar20"))
          .isCloseTo((4 * 2 + 6) / 20.0, within(1e-9));
      assertThat(InstanceBed.score(one, "coco-ap")).isCloseTo(1, within(1e-9));
      assertThat(one.get("scores").findValuesAsText("name"))
          .doesNotContain("coco-keypoint-ap-small");
    }
  }

  private static float[] joined(float[] a, float[] b) {
    float[] all = new float[a.length + b.length];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  // the labels of Ultralytics' folders: an outline of the picture's ratios, 8/64 = .125 and so on
  @Test
  void score_outlinesOfYoloLabels_areMasks() throws Exception {
    Files.writeString(folder.resolve("data.yaml"), "names: [leaf]\n");
    Files.createDirectories(folder.resolve("labels"));
    Files.writeString(
        folder.resolve("labels/p0.txt"), "0 0.125 0.125 0.5 0.125 0.5 0.375 0.125 0.375\n");
    Files.writeString(
        folder.resolve("labels/p1.txt"), "0 0.125 0.125 0.5 0.125 0.5 0.375 0.125 0.375\n");
    JsonNode one =
        bed.scored(
            bed.config(
                "{type: yolov8-seg, scoreThreshold: 0.25}",
                "[coco-mask-ap]",
                "{format: yolo, images: images, annotations: data.yaml}",
                InstanceBed.columns(24, 16, 32, 16, .9f, 1),
                InstanceBed.leftHalf()));
    assertThat(InstanceBed.score(one, "coco-mask-ap")).isCloseTo(1, within(1e-9));
  }

  @Test
  void run_partsThatTruthOrDecoderDoNotHave_areRefusedBeforeAnythingRuns() throws Exception {
    truth("\"image_id\": 0, \"bbox\": [8, 8, 32, 16], \"area\": 512, \"iscrowd\": 0");
    CommandRun noTruth =
        CommandRun.of(
            "run",
            bed.config(
                "{type: yolov8-seg}",
                "[coco-mask-ap]",
                InstanceBed.COCO,
                InstanceBed.columns(24, 16, 32, 16, .9f, 1),
                InstanceBed.leftHalf()));
    assertThat(noTruth.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(noTruth.err())
        .contains("example p0.png", "compares masks, which 1 of 1 true objects do not have");
    CommandRun noDecoder =
        CommandRun.of(
            "run",
            bed.config(
                "{type: yolov8}",
                "[coco-mask-ap]",
                InstanceBed.COCO,
                InstanceBed.columns(24, 16, 32, 16, .9f)));
    assertThat(noDecoder.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(noDecoder.err()).contains("compares masks, which decoder yolov8 does not find");
    CommandRun fused =
        CommandRun.of(
            "run",
            bed.config(
                "{type: yolov8-seg, nms: weighted-fusion}",
                "[coco-ap]",
                InstanceBed.COCO,
                InstanceBed.columns(24, 16, 32, 16, .9f, 1),
                InstanceBed.leftHalf()));
    assertThat(fused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(fused.err()).contains("decoder.nms", "weighted-fusion");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  // the commonest name of an export: the draft of its config is not that of its card
  @Test
  void init_poseExport_writesItsKeyPoints() throws Exception {
    assertThat(bed.drafted("pose", 14, Map.of("kpt_shape", "[3, 3]")))
        .contains("task: detection", "type: yolov8-pose", "keyPoints: 3", "keyPointNumbers: 3");
  }
}
