package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.cli.InstanceBed.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotated boxes through a whole run, and through shards. */
final class RotatedRunTest {
  /** Of a rectangle 40 x 20 about (32, 32) whose width goes along (0.8, 0.6). */
  private static final float ANGLE = (float) Math.atan2(0.6, 0.8);

  private static final String YOLO = "{format: yolo, images: images, annotations: data.yaml}";

  @TempDir Path folder;
  private InstanceBed bed;

  /** The corners of that rectangle, and of one that is 8 px further along, as ratios of 64 px. */
  @BeforeEach
  void write() throws IOException {
    bed = new InstanceBed(folder);
    Files.createDirectories(folder.resolve("labels"));
    Files.writeString(folder.resolve("data.yaml"), "names: [leaf]\n");
    Files.writeString(
        folder.resolve("labels/p0.txt"),
        "0 0.65625 0.8125 0.84375 0.5625 0.34375 0.1875 0.15625 0.4375\n");
    Files.writeString(
        folder.resolve("labels/p1.txt"),
        "0 0.75625 0.8875 0.94375 0.6375 0.44375 0.2625 0.25625 0.5125\n");
  }

  // p0's rectangle is found exactly. p1's is 8 px off along its length: 32 · 20 = 640 px of both,
  // 640 / (800 + 800 - 640) = 2/3, four of ten thresholds. From .70 on a hit before a miss,
  // precision 1 at 51 recalls: (4 + 6 · 51/101) / 10.
  @Test
  void score_rotatedBoxesOfTwoForms_haveTheHandWorkedPrecision() throws Exception {
    Map<String, Output> forms =
        Map.of(
            "yolov8-obb", InstanceBed.columns(32, 32, 40, 20, .9f, ANGLE),
            "yolov10-obb", InstanceBed.rows(32, 32, 40, 20, .9f, 0, ANGLE));
    for (Map.Entry<String, Output> form : forms.entrySet()) {
      String decoder = "{type: %s, scoreThreshold: 0.25}".formatted(form.getKey());
      JsonNode one =
          bed.scored(bed.config(decoder, "[coco-ap, coco-obb-ap]", YOLO, form.getValue()));
      assertThat(InstanceBed.score(one, "coco-obb-ap"))
          .as(form.getKey())
          .isCloseTo((4 + 6 * 51 / 101.0) / 10, within(1e-9));
      assertThat(InstanceBed.score(one, "coco-obb-ap50")).isCloseTo(1, within(1e-9));
      assertThat(InstanceBed.score(one, "coco-obb-ap75")).isCloseTo(51 / 101.0, within(1e-9));
    }
  }

  @Test
  void shards_ofRotatedBoxes_mergeToTheRunsFigures() throws Exception {
    Output output = InstanceBed.columns(32, 32, 40, 20, .9f, ANGLE);
    String config =
        bed.config("{type: yolov8-obb, scoreThreshold: 0.25}", "[coco-obb-ap, bce]", YOLO, output);
    JsonNode whole = bed.run(config, "coco-obb-ap");
    assertThat(ShardScores.of(config, 2, folder).get("scores")).isEqualTo(whole.get("scores"));
  }

  @Test
  void run_ruleOfUprightBoxes_isRefused() throws Exception {
    Output output = InstanceBed.columns(32, 32, 40, 20, .9f, ANGLE);
    CommandRun run =
        CommandRun.of(
            "run", bed.config("{type: yolov8-obb, nms: diou}", "[coco-obb-ap]", YOLO, output));
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("decoder.nms", "diou for decoder yolov8-obb", "ultralytics");
  }

  @Test
  void init_rotatedExport_namesTheDecoder() throws Exception {
    assertThat(bed.drafted("obb", 6, Map.of())).contains("task: detection", "type: yolov8-obb");
  }
}
