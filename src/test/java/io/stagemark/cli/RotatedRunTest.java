package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.cli.InstanceRunTest.Output;
import io.stagemark.inspect.SignatureModel;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.report.ResultSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** Rotated boxes through whole runs, and through shards. */
final class RotatedRunTest {
  /** Of a rectangle 40 x 20 about (32, 32) whose width goes along (0.8, 0.6). */
  private static final float ANGLE = (float) Math.atan2(0.6, 0.8);

  @TempDir Path folder;

  /** The corners of that rectangle, and of one that is 8 px further along, as ratios of 64 px. */
  @BeforeEach
  void writeData() throws IOException {
    OpenCvRuntime.start();
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("labels"));
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("data.yaml"), "names: [leaf]\n");
    List<String> labels =
        List.of(
            "0 0.65625 0.8125 0.84375 0.5625 0.34375 0.1875 0.15625 0.4375\n",
            "0 0.75625 0.8875 0.94375 0.6375 0.44375 0.2625 0.25625 0.5125\n");
    for (int i = 0; i < 2; i++) {
      Mat mat =
          new Mat(InstanceRunTest.SIDE, InstanceRunTest.SIDE, CvType.CV_8UC3, Scalar.all(60 + i));
      Imgcodecs.imwrite(folder.resolve("images/p" + i + ".png").toString(), mat);
      Files.writeString(folder.resolve("labels/p" + i + ".txt"), labels.get(i));
    }
  }

  private String config(String decoder, Output output, String score) throws IOException {
    Files.write(folder.resolve("model/m.onnx"), InstanceRunTest.model(List.of(output)));
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        title: t
        licence: none
        provenance: synthetic
        task: detection
        files: {onnx: {path: m.onnx}}
        inputs: [{name: images, type: float32, shape: [1, 3, 64, 64]}]
        outputs: [{name: output0, type: float32, shape: %s}]
        preprocess: {resize: letterbox, padValue: 114, scale: 0.00392156862745098}
        decoder: %s
        labels: [leaf]
        """
            .formatted(output.shape(), decoder));
    return Files.writeString(
            folder.resolve("c.yaml"),
            """
            name: rotated
            dataset: {format: yolo, images: images, annotations: data.yaml}
            cases: {model: ./model, engine: onnxruntime}
            measure: {trials: 1, warmupSeconds: 0, maxWarmupSeconds: 0.1, warmupBatches: 1, minSeconds: 0, minBatches: 4, heapMiB: 256}
            score: [%s]
            reports: [console, json, markdown, html, images]
            output: %s
            """
                .formatted(score, folder.resolve("out")))
        .toString();
  }

  private JsonNode run(String config) throws IOException {
    CommandRun run = CommandRun.of("run", config, "--no-calibration");
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("coco-obb-ap");
    Path result = folder.resolve("out/result.json");
    assertThat(ResultSchema.problems(result)).isEmpty();
    assertThat(Files.readString(folder.resolve("out/index.html"))).contains("coco-obb-ap");
    return new ObjectMapper().readTree(result.toFile()).at("/cases/0");
  }

  // p0's rectangle is found exactly. p1's is 8 px off along its length: 32 · 20 = 640 px of both,
  // 640 / (800 + 800 - 640) = 2/3, four of ten thresholds. From .70 on a hit before a miss,
  // precision 1 at 51 recalls: (4 + 6 · 51/101) / 10.
  @Test
  void run_rotatedBoxesOfTwoForms_haveTheHandWorkedPrecision() throws Exception {
    Map<String, Output> forms =
        Map.of(
            "yolov8-obb", InstanceRunTest.columns(32, 32, 40, 20, .9f, ANGLE),
            "yolov10-obb", InstanceRunTest.rows(32, 32, 40, 20, .9f, 0, ANGLE));
    for (Map.Entry<String, Output> form : forms.entrySet()) {
      String decoder = "{type: %s, scoreThreshold: 0.25}".formatted(form.getKey());
      JsonNode one = run(config(decoder, form.getValue(), "coco-ap, coco-obb-ap"));
      assertThat(InstanceRunTest.score(one, "coco-obb-ap"))
          .as(form.getKey())
          .isCloseTo((4 + 6 * 51 / 101.0) / 10, within(1e-9));
      assertThat(InstanceRunTest.score(one, "coco-obb-ap50")).isCloseTo(1, within(1e-9));
      assertThat(InstanceRunTest.score(one, "coco-obb-ap75")).isCloseTo(51 / 101.0, within(1e-9));
    }
  }

  @Test
  void shards_ofRotatedBoxes_mergeToTheRunsFigures() throws Exception {
    Output output = InstanceRunTest.columns(32, 32, 40, 20, .9f, ANGLE);
    String config = config("{type: yolov8-obb, scoreThreshold: 0.25}", output, "coco-obb-ap, bce");
    JsonNode whole = run(config);
    String parts = folder.resolve("parts").toString();
    for (String part : List.of("2/2", "1/2")) {
      CommandRun shard = CommandRun.of("score-shard", config, "--shard", part, "--out", parts);
      assertThat(shard.exitCode()).as(shard.err()).isZero();
    }
    Path merged = folder.resolve("merged");
    CommandRun merge = CommandRun.of("merge", parts, "--out", merged.toString());
    assertThat(merge.exitCode()).as(merge.err()).isZero();
    assertThat(
            new ObjectMapper()
                .readTree(merged.resolve("result.json").toFile())
                .at("/cases/0/scores"))
        .isEqualTo(whole.get("scores"));
  }

  @Test
  void run_ruleOfUprightBoxes_isRefused() throws Exception {
    Output output = InstanceRunTest.columns(32, 32, 40, 20, .9f, ANGLE);
    CommandRun run =
        CommandRun.of("run", config("{type: yolov8-obb, nms: diou}", output, "coco-obb-ap"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("decoder.nms", "diou for decoder yolov8-obb", "ultralytics");
  }

  @Test
  void init_rotatedExport_namesTheDecoder() throws Exception {
    byte[] export =
        new SignatureModel()
            .input("images", "1", "3", "64", "64")
            .output("output0", 1, 6, 84)
            .metadata("author", "Ultralytics")
            .metadata("description", "Ultralytics YOLOv8n-obb model")
            .metadata("stride", "32")
            .metadata("task", "obb")
            .metadata("imgsz", "[64, 64]")
            .metadata("names", "{0: 'leaf'}")
            .bytes();
    Path file = Files.write(folder.resolve("leaf-obb.onnx"), export);
    CommandRun run =
        CommandRun.of("init", file.toString(), "--into", folder.resolve("leaf").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(folder.resolve("leaf/models/leaf-obb/model.yaml")))
        .contains("task: detection", "type: yolov8-obb");
  }
}
