package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.stagemark.cli.InstanceBed.Output;
import io.stagemark.postprocess.decoder.Decoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each decoder on an ONNX file of its family's form, from the card and the pictures to the average
 * precision: made networks of 64x64 px whose outputs, worked out by hand, all mean the box (8, 8)
 * to (40, 24), with its centre at (24, 16) and a score of at least 0.8.
 */
final class DecoderRunTest {
  private static final int SIDE = 64;
  private static final int BINS = 8;

  /** Decoders whose files are scored in other tests, or are in {@code models}. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "blazeface", // HeadRunTest, as the four that follow
          "scrfd",
          "yunet",
          "yunet-2022",
          "centernet-wh",
          "yolov8-seg", // InstanceRunTest, as the three that follow
          "yolov10-seg",
          "yolov8-pose",
          "yolov10-pose",
          "yolov8-obb", // RotatedRunTest, as the next
          "yolov10-obb",
          "centernet"); // models/centernet-mbv3-coco

  @TempDir Path folder;

  /** A decoder of a card, and a network's outputs. */
  private record Form(String type, String parameters, Output... outputs) {
    @Override
    public String toString() {
      return type;
    }
  }

  private static Form form(String type, Output... outputs) {
    return new Form(type, "", outputs);
  }

  static List<Form> forms() {
    return Stream.of(rows(), queries(), cells(), anchors(), selected())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Form> rows() {
    return List.of(
        form("yolov5", one("o", 0, 3, 1, 24, 16, 32, 16, .9f, 1)),
        form("yolov5-seg", one("o", 0, 3, 1, 24, 16, 32, 16, .9f, 1, 5), InstanceBed.leftHalf()),
        new Form(
            "yolov7-pose",
            "keyPoints: 2",
            one("o", 0, 3, 1, 24, 16, 32, 16, .9f, 1, 10, 10, 1, 30, 20, 1)),
        form("yolov8", InstanceBed.columns(24, 16, 32, 16, .9f)),
        form("yolov10", InstanceBed.rows(8, 8, 40, 24, .9f, 0)),
        form(
            "rows7",
            new Output(
                "o",
                List.of(2L, 7L),
                List.of(0f, 8f, 8f, 40f, 24f, .9f, 0f, -1f, 0f, 0f, 0f, 0f, 0f, 0f))));
  }

  private static List<Form> queries() {
    return List.of(
        form(
            "detr",
            new Output("logits", List.of(1L, 2L, 2L), List.of(-9f, 9f, 9f, -9f)),
            one("boxes", .5f, 2, 1, .375f, .25f, .5f, .25f)),
        form("rtdetr-ultralytics", one("o", 0, 4, 2, .375f, .25f, .5f, .25f, .9f)),
        form("yolonas", one("boxes", 0, 4, 2, 8, 8, 40, 24), one("scores", 0, 4, 2, .9f)),
        form(
            "ssd",
            new Output("scores", List.of(1L, 3L, 2L), List.of(1f, 0f, .1f, .9f, 1f, 0f)),
            one("boxes", 0, 3, 1, .125f, .125f, .625f, .375f)));
  }

  private static List<Form> cells() {
    return List.of(
        // the centre of cell (2, 1) of stride 8 is (20, 12)
        form(
            "fcos",
            Stream.of(8, 16, 32, 64, 128)
                .flatMap(
                    stride -> {
                      int count = Math.max(SIDE / stride, 1) * Math.max(SIDE / stride, 1);
                      int row = stride == 8 ? 8 + 2 : 0;
                      float logit = stride == 8 ? 4 : -20;
                      return Stream.of(
                          one("scores" + stride, -20, count, row, logit),
                          one("sides" + stride, 0, count, row, 12, 4, 20, 12),
                          one("centre" + stride, 0, count, row, 4));
                    })
                .toArray(Output[]::new)),
        // cell (3, 2) of stride 8: its centre by pixels is (27.5, 19.5), its corner (24, 16)
        form("nanodet", bins(2 * 8 + 3, 27.5, 19.5)),
        form("nanodet-plus", bins(2 * 8 + 3, 24, 16)),
        form("picodet", bins(8 + 2, 20, 12)),
        form(
            "yolox",
            one("o", 0, 84, 2 * 8 + 3, 0, 0, (float) Math.log(4), (float) Math.log(2), .9f, 1)),
        form("fastestdet", fastestDet()),
        new Form("text-map", "unclip: 0", textMap()));
  }

  private static List<Form> anchors() {
    return List.of(
        // the second shape's first anchor of cell (3, 2): 32x32 px about (24, 16)
        form(
            "retinanet",
            one("scores", -20, 774, 9 * (2 * 8 + 3) + 3, 4),
            one("boxes", 0, 774, 9 * (2 * 8 + 3) + 3, 0, 0, 0, (float) Math.log(.5))),
        // the first anchor of cell (3, 2): 32x32 px about (28, 20); y comes before x
        form(
            "efficientdet",
            one("scores", 0, 774, 9 * (2 * 8 + 3), .9f),
            one("boxes", 0, 774, 9 * (2 * 8 + 3), -.125f, -.125f, (float) Math.log(.5), 0)),
        // the first of two priors of cell (1, 0) of 4x4: 8x8 px about (24, 8)
        new Form(
            "ssd-priors",
            "anchors: [8, 8, 16, 12], strides: [16], anchorsPerCell: [2]",
            new Output("scores", List.of(1L, 32L, 2L), background(32, 2)),
            one("boxes", 0, 32, 2, 0, 10, (float) (Math.log(4) / .2), (float) (Math.log(2) / .2))),
        // cell (1, 1) of stride 16, the first of its anchors: 30x61 px
        form("yolo-grids", grid(8, 0, -20, -20), grid(4, 5, 6, -20), grid(2, 0, -20, -20)),
        // the same cell, the second anchor: 37.88 x 51.48 px
        form("yolo-fastestv2", fastestV2(4, .9f), fastestV2(2, 0)));
  }

  private static List<Form> selected() {
    return List.of(
        form(
            "selected",
            one("boxes", 0, 3, 1, 8, 8, 40, 24),
            new Output("scores", List.of(1L, 3L), List.of(0f, .9f, 0f)),
            integers("labels", List.of(1L, 3L), 0, 0, 0)),
        form(
            "tf-od",
            one("boxes", 0, 3, 0, .125f, .125f, .375f, .625f),
            new Output("scores", List.of(1L, 3L), List.of(.9f, 0f, 0f)),
            new Output("classes", List.of(1L, 3L), List.of(1f, 1f, 1f)),
            new Output("count", List.of(1L), List.of(1f))),
        form(
            "onnx-nms",
            one("boxes", 0, 4, 2, 8, 8, 24, 40),
            new Output("scores", List.of(1L, 1L, 4L), List.of(.3f, .3f, .9f, .3f)),
            integers("chosen", List.of(1L, 3L), 0, 0, 2)));
  }

  /** An output [1, count, numbers] that is the same everywhere but in one row. */
  private static Output one(String name, float others, int count, int row, float... numbers) {
    List<Long> shape = List.of(1L, (long) count, (long) numbers.length);
    return Output.rows(name, others, shape, row, numbers);
  }

  private static Output integers(String name, List<Long> shape, long... values) {
    List<Long> all = Arrays.stream(values).boxed().toList();
    return new Output(name, TensorProto.DataType.INT64, shape, all);
  }

  private static List<Float> background(int rows, int found) {
    List<Float> all = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      all.add(row == found ? .1f : 1);
      all.add(row == found ? .9f : 0);
    }
    return all;
  }

  /** Rows of one class and a distribution of each side, of strides 8 to 64, about a centre. */
  private static Output bins(int row, double x, double y) {
    float[] numbers = new float[1 + 4 * BINS];
    numbers[0] = .9f;
    double[] sides = {x - 8, y - 8, 40 - x, 24 - y};
    for (int side = 0; side < 4; side++) {
      int bin = (int) (sides[side] / 8);
      double above = sides[side] / 8 - bin;
      Arrays.fill(numbers, 1 + side * BINS, 1 + (side + 1) * BINS, -90);
      numbers[1 + side * BINS + bin] = (float) Math.log(1 - above);
      if (above > 0) {
        numbers[1 + side * BINS + bin + 1] = (float) Math.log(above);
      }
    }
    return one("o", 0, 64 + 16 + 4 + 1, row, numbers);
  }

  private static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }

  /**
   * Planes of 4x4 cells: the centre is in the middle of cell (1, 1) but for x, which is half on.
   */
  private static Output fastestDet() {
    Float[] values = new Float[6 * 16];
    Arrays.fill(values, 0f);
    double[] found = {.9, atanh(.5), 0, logit(.5), logit(.25), .9};
    for (int plane = 0; plane < found.length; plane++) {
      values[plane * 16 + 4 + 1] = (float) found[plane];
    }
    return new Output("o", List.of(1L, 6L, 4L, 4L), List.of(values));
  }

  /** The pixels of the box with its right and its lower edge: OpenCV's contour is the box. */
  private static Output textMap() {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < SIDE * SIDE; i++) {
      int x = i % SIDE;
      int y = Math.floorDiv(i, SIDE);
      values.add(x >= 8 && x <= 40 && y >= 8 && y <= 24 ? .9f : 0);
    }
    return new Output("map", List.of(1L, 1L, (long) SIDE, (long) SIDE), values);
  }

  private static double atanh(double value) {
    return Math.log((1 + value) / (1 - value)) / 2;
  }

  /**
   * One grid of three anchors: sigmoids of x, y, the roots of the size's ratios, and two scores.
   */
  private static Output grid(int cells, int row, float score, float others) {
    float[] numbers = {
      (float) logit(.5),
      (float) logit(.25),
      (float) logit(Math.sqrt(32 / 30.0) / 2),
      (float) logit(Math.sqrt(16 / 61.0) / 2),
      score,
      score
    };
    List<Long> shape = List.of(1L, 3L, (long) cells, (long) cells, 6L);
    return Output.rows("o" + cells, others, shape, row, numbers);
  }

  private static Output fastestV2(int cells, float score) {
    float[] numbers = new float[16];
    numbers[4] = .5f;
    numbers[5] = .25f;
    numbers[6] = (float) (Math.sqrt(32 / 37.88) / 2);
    numbers[7] = (float) (Math.sqrt(16 / 51.48) / 2);
    numbers[13] = score;
    numbers[15] = 1;
    List<Long> shape = List.of(1L, (long) cells, (long) cells, 16L);
    return Output.rows("o" + cells, 0, shape, cells == 4 ? 5 : 0, numbers);
  }

  // an overlap of 0.999 is a twentieth of a pixel on one side; COCO's highest, 0.95, is one of 2 px
  @ParameterizedTest
  @MethodSource("forms")
  void score_fileOfAFamily_findsTheBox(Form form) throws Exception {
    InstanceBed bed = new InstanceBed(folder);
    bed.writeTruth();
    String config =
        bed.config(
            "{type: %s, scoreThreshold: 0.25, parameters: {%s}}"
                .formatted(form.type(), form.parameters()),
            "[coco-ap]\ncoco: {iouThresholds: [0.999]}",
            InstanceBed.COCO,
            form.outputs());
    assertThat(InstanceBed.score(bed.scored(config), "coco-ap")).isCloseTo(1, within(1e-9));
  }

  @Test
  void forms_andOtherTests_haveEachDecoder() {
    Set<String> tried = new TreeSet<>(ELSEWHERE);
    forms().forEach(each -> tried.add(each.type()));
    assertThat(tried).isEqualTo(new TreeSet<>(Decoders.names()));
  }
}
