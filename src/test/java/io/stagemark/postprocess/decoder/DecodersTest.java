package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Box;
import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.object.Outline;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.DecoderSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One box a family, worked by hand; inputs of 32x32 or 64x64 px, images of the same size. */
class DecodersTest {
  private static final Geometry SAME = new Geometry(64, 64, 1, 1, 0, 0);

  private static Tensor tensor(String name, long... shape) {
    return Tensor.allocate(
        new TensorSpec(name, ElementType.FLOAT32, Arrays.stream(shape).boxed().toList()));
  }

  private static BoxPostprocessor post(
      String type, Map<String, String> parameters, int classes, int input, List<Tensor> outputs) {
    return BoxPostprocessor.create(
        new DecoderSettings(type, .3, .5, 1000, 100, parameters),
        classes,
        outputs.stream().map(Tensor::spec).toList(),
        input,
        input);
  }

  private static void assertOne(Detection detection, int classId, double score, double... box) {
    assertThat(detection.classId()).isEqualTo(classId);
    assertThat(detection.score()).isCloseTo(score, within(1e-6));
    Box b = detection.box();
    assertThat(new double[] {b.left(), b.top(), b.right(), b.bottom()})
        .containsExactly(box, within(1e-4));
  }

  private static Detection only(BoxPostprocessor post, List<Tensor> outputs, int slot) {
    post.run(outputs::get, slot, SAME);
    assertThat(post.detections(slot)).hasSize(1);
    return post.detections(slot).get(0);
  }

  // .8 · .5 = .4 for class 1; centre (20, 30), 10x8
  @Test
  void yolov5_secondSlot_multipliesObjectnessAndClass() {
    Tensor output = tensor("output", 2, 3, 7);
    output.floats().put(3 * 7 + 7, new float[] {20, 30, 10, 8, .8f, .2f, .5f});
    List<Tensor> outputs = List.of(output);
    BoxPostprocessor post = post("yolov5", Map.of(), 2, 64, outputs);
    assertOne(only(post, outputs, 1), 1, .4, 15, 26, 25, 34);
    DenseCandidates dense = post.dense(outputs::get, 1, SAME);
    assertThat(dense.score(1, 0)).isCloseTo(.16f, within(1e-6f));
    assertThat(dense.edge(1, 2)).isEqualTo(25);
  }

  // 64x64 px: 64 + 16 + 4 cells. Candidate 64 + 5 is stride 16, x = 1, y = 1: centre
  // ((.5 + 1)·16, (.25 + 1)·16) = (24, 20), sides e^0·16 = 16 and e^ln2·16 = 32
  @Test
  void yolox_undecoded_putsBoxesOnTheGrid() {
    Tensor output = tensor("output", 1, 84, 6);
    output.floats().put(69 * 6, new float[] {.5f, .25f, 0, (float) Math.log(2), .9f, .5f});
    List<Tensor> outputs = List.of(output);
    BoxPostprocessor post = post("yolox", Map.of(), 1, 64, outputs);
    assertOne(only(post, outputs, 0), 0, .45, 16, 4, 32, 36);
    assertThat(post.dense(outputs::get, 0, SAME).edge(69, 3)).isCloseTo(36, within(1e-4));
  }

  @Test
  void yolox_decoded_takesPixels() {
    Tensor output = tensor("output", 1, 3, 6);
    output.floats().put(6, new float[] {20, 30, 10, 8, .9f, .5f});
    List<Tensor> outputs = List.of(output);
    assertOne(
        only(post("yolox", Map.of("decoded", "1"), 1, 64, outputs), outputs, 0),
        0,
        .45,
        15,
        26,
        25,
        34);
  }

  // two equal boxes stay: the head has done the suppression; class 9 is not a class
  @Test
  void yolov10_rows_areDetections() {
    Tensor output = tensor("output0", 1, 4, 6);
    output.floats().put(0, new float[] {1, 2, 3, 4, .9f, 1, 1, 2, 3, 4, .8f, 1});
    output.floats().put(12, new float[] {1, 2, 3, 4, .7f, 9});
    List<Tensor> outputs = List.of(output);
    BoxPostprocessor post = post("yolov10", Map.of(), 2, 64, outputs);
    post.run(outputs::get, 0, SAME);
    assertThat(post.detections(0)).hasSize(2);
    assertOne(post.detections(0).get(1), 1, .8, 1, 2, 3, 4);
    assertThat(post.hasDense()).isFalse();
    assertThatThrownBy(() -> post.dense(outputs::get, 0, SAME))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  // Stride 8 on 32 px: 16 cells; cell 5 is x = 1, y = 1, centre 8 + 3.5 = 11.5. Two bins: equal
  // bars give .5, bars (0, ln 3) give .75: distances 4, 6, 4, 6 px. Stride 16 has 4 cells.
  @Test
  void nanodet_distributions_areIntegrated() {
    Tensor small = tensor("cls_8", 1, 16, 2);
    Tensor large = tensor("cls_16", 1, 4, 2);
    Tensor smallBars = tensor("dis_8", 1, 16, 8);
    Tensor largeBars = tensor("dis_16", 1, 4, 8);
    small.floats().put(5 * 2 + 1, .9f);
    float ln3 = (float) Math.log(3);
    smallBars.floats().put(5 * 8, new float[] {0, 0, 0, ln3, 0, 0, 0, ln3});
    List<Tensor> outputs = List.of(small, large, smallBars, largeBars);
    BoxPostprocessor post = post("nanodet", Map.of(), 2, 32, outputs);
    assertOne(only(post, outputs, 0), 1, .9, 7.5, 5.5, 15.5, 17.5);
    DenseCandidates dense = post.dense(outputs::get, 0, SAME);
    assertThat(dense.count()).isEqualTo(20);
    assertThat(dense.score(5, 1)).isEqualTo(.9f);
    assertThat(dense.edge(5, 0)).isCloseTo(7.5, within(1e-5));
  }

  // anchors 16·16·2 + 8·8·6 on 64 px: anchor 512 + 6 is cell (1, 0) of 8x8: centre (12, 4);
  // logit ln 9: sigmoid .9; offset (2, 4), 10x6
  @Test
  void blazeface_anchorOfTheSecondGrid_isPlaced() {
    Tensor logits = tensor("Identity", 1, 512, 1);
    Tensor otherLogits = tensor("Identity_1", 1, 384, 1);
    Tensor boxes = tensor("Identity_2", 1, 512, 16);
    Tensor otherBoxes = tensor("Identity_3", 1, 384, 16);
    for (int i = 0; i < 512; i++) {
      logits.floats().put(i, -9);
    }
    for (int i = 0; i < 384; i++) {
      otherLogits.floats().put(i, -9);
    }
    otherLogits.floats().put(6, (float) Math.log(9));
    otherBoxes.floats().put(6 * 16, new float[] {2, 4, 10, 6});
    List<Tensor> outputs = List.of(logits, otherLogits, boxes, otherBoxes);
    BoxPostprocessor post = post("blazeface", Map.of(), 1, 64, outputs);
    assertOne(only(post, outputs, 0), 0, .9, 9, 5, 19, 11);
    DenseCandidates dense = post.dense(outputs::get, 0, SAME);
    assertThat(dense.logits()).isTrue();
    assertThat(dense.count()).isEqualTo(896);
    assertThat(dense.score(518, 0)).isCloseTo((float) Math.log(9), within(1e-6f));
  }

  // sigmoid(ln 4) = .8; box (.5, .25, .5, .25) of 64 px: centre (32, 16), 32x16
  @Test
  void detr_asManyLogitsAsClasses_areSigmoids() {
    Tensor logits = tensor("logits", 1, 2, 3);
    Tensor boxes = tensor("boxes", 1, 2, 4);
    logits.floats().put(0, new float[] {-9, -9, -9, -9, -9, (float) Math.log(4)});
    boxes.floats().put(4, new float[] {.5f, .25f, .5f, .25f});
    for (List<Tensor> outputs : List.of(List.of(logits, boxes), List.of(boxes, logits))) {
      BoxPostprocessor post = post("detr", Map.of(), 3, 64, outputs);
      assertOne(only(post, outputs, 0), 2, .8, 16, 8, 48, 24);
      assertThat(post.dense(outputs::get, 0, SAME).logits()).isTrue();
    }
  }

  // two queries on one object stay: DETR's set loss leaves nothing to suppress
  @Test
  void detr_equalBoxes_areAllKept() {
    Tensor logits = tensor("logits", 1, 2, 1);
    Tensor boxes = tensor("boxes", 1, 2, 4);
    logits.floats().put(0, new float[] {3, 2});
    boxes.floats().put(0, new float[] {.5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f});
    List<Tensor> outputs = List.of(logits, boxes);
    BoxPostprocessor post = post("detr", Map.of(), 1, 64, outputs);
    post.run(outputs::get, 0, SAME);
    assertThat(post.detections(0)).hasSize(2);
  }

  // softmax of (0, ln 3, 0): the last is "no object"; class 1 has 3/5
  @Test
  void detr_oneLogitMore_isSoftmaxWithNoObjectLast() {
    Tensor logits = tensor("logits", 1, 1, 3);
    Tensor boxes = tensor("boxes", 1, 1, 4);
    logits.floats().put(0, new float[] {0, (float) Math.log(3), 0});
    boxes.floats().put(0, new float[] {.5f, .5f, 1, 1});
    List<Tensor> outputs = List.of(logits, boxes);
    BoxPostprocessor post = post("detr", Map.of(), 2, 64, outputs);
    assertOne(only(post, outputs, 0), 1, .6, 0, 0, 64, 64);
    assertThat(post.dense(outputs::get, 0, SAME).score(0, 0)).isCloseTo(.2f, within(1e-6f));
  }

  @Test
  void ssd_backgroundFirst_isSkipped() {
    Tensor scores = tensor("scores", 1, 2, 2);
    Tensor boxes = tensor("boxes", 1, 2, 4);
    scores.floats().put(0, new float[] {.9f, .1f, .3f, .7f});
    boxes.floats().put(4, new float[] {.25f, .5f, .5f, .75f});
    List<Tensor> outputs = List.of(scores, boxes);
    BoxPostprocessor post = post("ssd", Map.of(), 1, 64, outputs);
    assertOne(only(post, outputs, 0), 0, .7, 16, 32, 32, 48);
    assertThat(post.dense(outputs::get, 0, SAME).score(0, 0)).isEqualTo(.1f);
  }

  // a block of 20x10 pixels: smallest rectangle 19x9 between pixel centres, grown on every side
  // by 19·9·1.5/(2·28) = 4.580
  @Test
  void textMap_block_isGrownOnEverySide() {
    Tensor map = tensor("map", 1, 1, 64, 64);
    for (int y = 20; y < 30; y++) {
      for (int x = 15; x < 35; x++) {
        map.floats().put(y * 64 + x, .9f);
      }
    }
    map.floats().put(5 * 64 + 5, .9f); // a speck
    List<Tensor> outputs = List.of(map);
    BoxPostprocessor post = post("text-map", Map.of(), 1, 64, outputs);
    double grown = 19 * 9 * 1.5 / 56;
    post.run(outputs::get, 0, SAME);
    assertThat(post.detections(0)).hasSize(1);
    Box box = post.detections(0).get(0).box();
    assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom()})
        .containsExactly(
            new double[] {15 - grown, 20 - grown, 34 + grown, 29 + grown}, within(1e-3));
    assertThat(post.detections(0).get(0).score()).isCloseTo(.9, within(1e-3));
  }

  // the corners (32, 12), (52, 32), (32, 52), (12, 32) of a diamond: a square turned by 45 degrees
  // with sides of 20·√2, grown on every side by a quarter of that (area · 1 / perimeter): corners
  // 30 from the centre. The image lay at double size, 8 px to the right: x goes back by (x − 8) / 2
  @Test
  void textMap_turnedBlock_hasATurnedOutlineInSourcePixels() {
    Tensor map = tensor("map", 1, 1, 64, 64);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        map.floats().put(y * 64 + x, Math.abs(x - 32) + Math.abs(y - 32) <= 20 ? .9f : 0);
      }
    }
    List<Tensor> outputs = List.of(map);
    BoxPostprocessor post = post("text-map", Map.of("unclip", "1"), 1, 64, outputs);
    post.run(outputs::get, 0, new Geometry(28, 32, 2, 2, 8, 0));
    assertThat(post.detections(0)).hasSize(1);
    List<Outline.Corner> corners =
        post.detections(0).get(0).outline().orElseThrow().corners().stream()
            .sorted(java.util.Comparator.comparingDouble(Outline.Corner::x))
            .toList();
    // left (2, 32), bottom and top (32, 62) and (32, 2), right (62, 32); left is clipped at 0
    assertThat(corners.get(0).x()).isEqualTo(0);
    assertThat(corners.get(0).y()).isCloseTo(16, within(.3));
    assertThat(corners.get(1).x()).isCloseTo(12, within(.3));
    assertThat(Math.abs(corners.get(1).y() - 16)).isCloseTo(15, within(.3));
    assertThat(corners.get(3).x()).isCloseTo(27, within(.3));
    assertThat(corners.get(3).y()).isCloseTo(16, within(.3));
  }

  @Test
  void yolov10_boxes_haveNoOutline() {
    Tensor output = tensor("output0", 1, 1, 6);
    output.floats().put(0, new float[] {1, 2, 3, 4, .9f, 0});
    assertThat(
            only(post("yolov10", Map.of(), 1, 64, List.of(output)), List.of(output), 0).outline())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "centernet",
        "centernet-wh",
        "blazeface",
        "yolov5",
        "yolov8",
        "yolox",
        "yolov10",
        "nanodet",
        "nanodet-plus",
        "picodet",
        "detr",
        "rtdetr-ultralytics",
        "ssd",
        "ssd-priors",
        "yolonas",
        "retinanet",
        "efficientdet",
        "yolo-grids",
        "yolo-fastestv2",
        "scrfd",
        "yunet",
        "yunet-2022",
        "fastestdet",
        "fcos",
        "rows7",
        "selected",
        "tf-od",
        "onnx-nms",
        "text-map"
      })
  void create_anyDecoderOnAnotherLayout_namesBoth(String type) {
    for (Consumer<String> attempt :
        List.<Consumer<String>>of(
            name -> post(name, Map.of(), 3, 64, List.of(tensor("odd", 1, 11))),
            name -> post(name, Map.of(), 3, 64, List.of(tensor("odd", 1, 9, 9))),
            name -> post(name, Map.of(), 3, 64, List.of()))) {
      assertThatThrownBy(() -> attempt.accept(type))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("decoder '" + type + "' of 3 classes")
          .hasMessageContaining("the model's outputs are");
    }
  }

  @Test
  void create_unknownDecoderOrParameter_namesThoseThatExist() {
    List<Tensor> outputs = List.of(tensor("o", 1, 3, 6));
    assertThatThrownBy(() -> post("yolo", Map.of(), 1, 64, outputs))
        .hasMessageContaining("no decoder 'yolo'")
        .hasMessageContaining("yolov8");
    assertThatThrownBy(() -> post("yolox", Map.of("decodd", "1"), 1, 64, outputs))
        .hasMessageContaining("[decodd]")
        .hasMessageContaining("[decoded, strides, scores]");
    assertThatThrownBy(() -> post("yolox", Map.of("decoded", "2"), 1, 64, outputs))
        .hasMessageContaining(
            "parameter decoded of decoder 'yolox' must be a number in [0, 1], got 2");
  }

  @Test
  void names_areAllDecoders() {
    assertThat(Decoders.names()).hasSize(37).contains("centernet", "text-map").isSorted();
  }
}
