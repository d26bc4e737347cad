package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.cli.InstanceBed.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CenterNet's peaks and the key points of faces: a whole run of each, and scores of the other
 * forms. The made networks of 64x64 px all find the box (8, 8) to (40, 24) and the points (10, 10),
 * (20, 10), (30, 20).
 */
final class HeadRunTest {
  private static final float[] POINTS = {10, 10, 20, 10, 30, 20};
  private static final int SIDE = 64;

  @TempDir Path folder;
  private InstanceBed bed;

  @BeforeEach
  void write() throws IOException {
    bed = new InstanceBed(folder);
    bed.writeTruth();
  }

  /** The points as differences to a place, in some unit. */
  private static float[] points(double x, double y, double unit) {
    float[] numbers = new float[POINTS.length];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = (float) ((POINTS[k] - (k % 2 == 0 ? x : y)) / unit);
    }
    return numbers;
  }

  private static float[] joined(float[] a, float[] b, int length) {
    float[] all = Arrays.copyOf(a, length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  /** Cell (3, 2) of stride 8, two anchors a cell: its corner is (24, 16). */
  private static Output[] scrfd() {
    List<Output> all = new ArrayList<>();
    for (int stride : new int[] {8, 16, 32}) {
      long count = 2L * SIDE / stride * SIDE / stride;
      int row = stride == 8 ? 2 * (2 * 8 + 3) : 0;
      boolean found = stride == 8;
      all.add(Output.rows("score" + stride, 0, List.of(count, 1L), row, found ? .9f : 0));
      all.add(Output.rows("box" + stride, 1, List.of(count, 4L), row, 2, 1, 2, 1));
      all.add(Output.rows("kps" + stride, 0, List.of(count, 6L), row, points(24, 16, 8)));
    }
    return all.toArray(Output[]::new);
  }

  /** The same cell; sides are logarithms of 32/8 and 16/8. */
  private static Output[] yunet() {
    List<Output> all = new ArrayList<>();
    float[] box = {0, 0, (float) Math.log(4), (float) Math.log(2)};
    for (int stride : new int[] {8, 16, 32}) {
      long count = (long) SIDE / stride * SIDE / stride;
      int row = stride == 8 ? 2 * 8 + 3 : 0;
      float score = stride == 8 ? .9f : 0;
      all.add(Output.rows("cls" + stride, 0, List.of(1L, count, 1L), row, score));
      all.add(Output.rows("obj" + stride, 0, List.of(1L, count, 1L), row, score));
      all.add(Output.rows("bbox" + stride, 0, List.of(1L, count, 4L), row, box));
      all.add(Output.rows("kps" + stride, 0, List.of(1L, count, 6L), row, points(24, 16, 8)));
    }
    return all.toArray(Output[]::new);
  }

  /** The first of three priors of cell (3, 2): 10 px about (28, 20), variances .1, .1, .2. */
  private static Output[] yunet2022() {
    float[] box = {-4, -4, (float) (Math.log(3.2) / .1), (float) (Math.log(1.6) / .2)};
    int row = 3 * (2 * 8 + 3);
    return new Output[] {
      Output.rows("loc", 0, List.of(235L, 14L), row, joined(box, points(28, 20, 1), 14)),
      Output.rows("conf", 0, List.of(235L, 2L), row, .1f, .9f),
      Output.rows("iou", 0, List.of(235L, 1L), row, 1.1f)
    };
  }

  /** 4x4 cells of 16 px with two anchors: the first of cell (1, 0), about (24, 8). */
  private static Output[] blazeface() {
    float[] box = {0, 8, 32, 16};
    return new Output[] {
      Output.rows("logits", -9, List.of(1L, 32L, 1L), 2, 3f),
      Output.rows("boxes", 0, List.of(1L, 32L, 10L), 2, joined(box, points(24, 8, 1), 10))
    };
  }

  private String faces(String decoder, Output... outputs) throws IOException {
    return bed.config(
        "{type: %s, scoreThreshold: 0.25, parameters: {keyPoints: 3}}".formatted(decoder),
        "[coco-ap, coco-keypoint-ap]\ncoco: {sigmas: [0.25, 0.25, 0.25]}",
        InstanceBed.COCO,
        outputs);
  }

  // Three points with σ = 1/4 on an object of 512 px²: e^(−d² / (4σ² · 512 · 2)) = e^(−d²/256).
  // p0's points are exact. Of p1's one is exact, one 16 px off, e^−1, and one not labelled:
  // (1 + e^−1) / 2 = .684, four of ten thresholds. From .70 on a hit before a miss, precision 1 at
  // 51 recalls: (4 + 6 · 51/101) / 10.
  private static void assertPrecisionOfFaces(JsonNode one) {
    assertThat(InstanceBed.score(one, "coco-keypoint-ap"))
        .isCloseTo((4 + 6 * 51 / 101.0) / 10, within(1e-9));
    assertThat(InstanceBed.score(one, "coco-ap")).isCloseTo(1, within(1e-9));
  }

  @Test
  void run_keyPointsOfFaces_haveTheHandWorkedPrecision() throws Exception {
    assertPrecisionOfFaces(bed.run(faces("scrfd", scrfd()), "coco-keypoint-ap"));
    assertThat(examples()).contains("\"pose\"");
  }

  @Test
  void score_keyPointsOfFaces_haveTheHandWorkedPrecision() throws Exception {
    assertPrecisionOfFaces(bed.scored(faces("yunet", yunet())));
    assertPrecisionOfFaces(bed.scored(faces("yunet-2022", yunet2022())));
    assertPrecisionOfFaces(bed.scored(faces("blazeface", blazeface())));
  }

  // a card from before: the outputs of key points are there and not read
  @Test
  void run_cardThatAsksForNoKeyPoints_findsBoxesAlone() throws Exception {
    String config =
        bed.config("{type: scrfd, scoreThreshold: 0.25}", "[coco-ap]", InstanceBed.COCO, scrfd());
    assertThat(InstanceBed.score(bed.run(config, "coco-ap"), "coco-ap")).isCloseTo(1, within(1e-9));
    assertThat(examples()).doesNotContain("pose");
    Path file = Path.of(config);
    Files.writeString(file, Files.readString(file).replace("[coco-ap]", "[coco-keypoint-ap]"));
    assertThat(CommandRun.of("validate", config).err())
        .contains("compares key points, which decoder scrfd does not find");
  }

  private String examples() throws IOException {
    return Files.readString(bed.examples());
  }

  // cell (5, 3) of 16x16 cells of 4 px, moved by a whole cell: its centre is (24, 16); its right
  // neighbour has .8 and is no peak, so that nothing else is found
  @Test
  void run_centerNetWithOffsets_findsThePeakAlone() throws Exception {
    int cell = 3 * 16 + 5;
    List<Float> scores = new ArrayList<>(Collections.nCopies(256, 0f));
    scores.set(cell, .9f);
    scores.set(cell + 1, .8f);
    List<Float> sizes = new ArrayList<>(Collections.nCopies(256, 8f));
    sizes.addAll(Collections.nCopies(256, 4f));
    List<Float> offsets = Collections.nCopies(512, 1f);
    List<Long> pair = List.of(1L, 2L, 16L, 16L);
    String config =
        bed.config(
            "{type: centernet-wh, scoreThreshold: 0.25}",
            "[coco-ap, bce]",
            InstanceBed.COCO,
            new Output("hm", List.of(1L, 1L, 16L, 16L), scores),
            new Output("wh", pair, sizes),
            new Output("reg", pair, offsets));
    JsonNode one = bed.run(config, "coco-ap", "bce");
    assertThat(InstanceBed.score(one, "coco-ap")).isCloseTo(1, within(1e-9));
    JsonNode found = new ObjectMapper().readTree(examples()).at("/examples/0/detections");
    assertThat(found).hasSize(1);
  }

  /** MediaPipe's order: the right eye, on the left in a picture, left eye, nose, mouth, ears. */
  @Test
  void run_blazeFaceOnAPhotograph_findsAFaceAndItsPoints() throws Exception {
    Path model = Files.createDirectories(folder.resolve("face"));
    Path shipped = Path.of("models/blazeface-back");
    Files.copy(
        shipped.resolve("blazeface_back_256.onnx"), model.resolve("blazeface_back_256.onnx"));
    Files.writeString(
        model.resolve("model.yaml"),
        Files.readString(shipped.resolve("model.yaml"))
            .replace("  type: blazeface\n", "  type: blazeface\n  parameters: {keyPoints: 6}\n"));
    Path photographs = Files.createDirectories(folder.resolve("photographs"));
    Files.copy(
        Path.of("configs/data/quickstart/astronaut.jpg"), photographs.resolve("astronaut.jpg"));
    Path config =
        Files.writeString(
            folder.resolve("faces.yaml"),
            """
            name: faces
            dataset: {format: images, images: photographs}
            cases: {model: ./face, engine: onnxruntime}
            measure: {trials: 1, warmupSeconds: 0, warmupBatches: 1, minSeconds: 0, minBatches: 4, heapMiB: 256, causes: false}
            reports: [console, json, images]
            output: %s
            """
                .formatted(folder.resolve("out")));
    CommandRun run = CommandRun.of("run", config.toString(), "--no-calibration");
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    JsonNode face = new ObjectMapper().readTree(examples()).at("/examples/0/detections/0");
    JsonNode points = face.at("/pose/points");
    assertThat(points).hasSize(6);
    double[] x = new double[6];
    double[] y = new double[6];
    for (int p = 0; p < 6; p++) {
      x[p] = points.get(p).get("x").doubleValue();
      y[p] = points.get(p).get("y").doubleValue();
    }
    JsonNode box = face.get("box");
    assertThat(x[0]).isBetween(box.get("left").doubleValue(), x[2]);
    assertThat(x[1]).isBetween(x[2], box.get("right").doubleValue());
    assertThat(Math.max(y[0], y[1])).isBetween(box.get("top").doubleValue(), y[2]);
    assertThat(y[3]).isBetween(y[2], box.get("bottom").doubleValue());
    assertThat(x[4]).isLessThan(x[0]);
    assertThat(x[5]).isGreaterThan(x[1]);
  }
}
