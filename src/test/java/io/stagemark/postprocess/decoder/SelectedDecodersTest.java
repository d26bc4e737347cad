package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.BoxList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Networks that end in their selection: outputs in any order and of any type. */
class SelectedDecodersTest {
  private static final long ANY = TensorSpec.DYNAMIC;

  private static Tensor tensor(String name, ElementType type, long... shape) {
    return Tensor.allocate(new TensorSpec(name, type, Arrays.stream(shape).boxed().toList()));
  }

  private static Tensor floats(String name, float[] values, long... shape) {
    Tensor tensor = tensor(name, ElementType.FLOAT32, shape);
    tensor.floats().put(0, values);
    return tensor;
  }

  private static Tensor longs(String name, long[] values, long... shape) {
    Tensor tensor = tensor(name, ElementType.INT64, shape);
    tensor.longs().put(0, values);
    return tensor;
  }

  private static List<TensorSpec> specs(List<Tensor> outputs) {
    return outputs.stream().map(Tensor::spec).toList();
  }

  /** As a card says it of a network whose number of detections depends on the image. */
  private static TensorSpec open(Tensor tensor, int axis) {
    List<Long> shape = new ArrayList<>(tensor.spec().shape());
    shape.set(axis, ANY);
    return new TensorSpec(tensor.spec().name(), tensor.spec().type(), shape);
  }

  private static List<String> found(
      String type,
      Map<String, String> parameters,
      int classes,
      List<TensorSpec> specs,
      List<Tensor> outputs,
      int slot) {
    BoxDecoder decoder = Decoders.create(new Head(type, classes, specs, 100, 50, parameters));
    return found(decoder, outputs, slot);
  }

  private static List<String> found(BoxDecoder decoder, List<Tensor> outputs, int slot) {
    BoxList boxes = new BoxList(4);
    decoder.filter(outputs::get, slot, new BoxDecoder.Filter(0.3f, false), boxes);
    decoder.locate(outputs::get, slot, boxes);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      lines.add(
          "%d %s: %s %s %s %s"
              .formatted(
                  boxes.classIds()[i],
                  boxes.scores()[i],
                  boxes.left()[i],
                  boxes.top()[i],
                  boxes.right()[i],
                  boxes.bottom()[i]));
    }
    return lines;
  }

  /** torchvision: boxes, labels, scores without a batch axis, as many as there are. */
  @Test
  void selected_withoutABatchAxis_readsAsManyAsThereAre() {
    Tensor boxes = floats("boxes", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
    Tensor labels = longs("labels", new long[] {1, 0}, 2);
    Tensor scores = floats("scores", new float[] {.9f, .5f}, 2);
    List<Tensor> outputs = List.of(boxes, labels, scores);
    List<TensorSpec> card = outputs.stream().map(each -> open(each, 0)).toList();
    assertThat(found("selected", Map.of(), 2, card, outputs, 0))
        .containsExactly("1 0.9: 1.0 2.0 3.0 4.0", "0 0.5: 5.0 6.0 7.0 8.0");
  }

  /** RT-DETR's own exporter: labels first, int64; the second image. A class of −1 fills up. */
  @Test
  void selected_anyOrderOfOutputs_isReadBySlot() {
    Tensor labels = longs("labels", new long[] {0, 0, 1, -1}, 2, 2);
    Tensor boxes = tensor("boxes", ElementType.FLOAT32, 2, 2, 4);
    boxes.floats().put(8, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    Tensor scores = floats("scores", new float[] {.9f, .9f, .8f, .7f}, 2, 2);
    for (List<Tensor> outputs :
        List.of(
            List.of(labels, boxes, scores),
            List.of(scores, labels, boxes),
            List.of(boxes, scores, labels))) {
      assertThat(found("selected", Map.of(), 2, specs(outputs), outputs, 1))
          .containsExactly("1 0.8: 1.0 2.0 3.0 4.0");
    }
  }

  /** YOLO-NAS and EfficientNMS: only the first num_dets rows count, whatever the others hold. */
  @Test
  void selected_withACount_stopsThere() {
    Tensor count = tensor("num_dets", ElementType.INT32, 1, 1);
    count.ints().put(0, 1);
    Tensor boxes = floats("det_boxes", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2, 4);
    Tensor scores = floats("det_scores", new float[] {.9f, .8f}, 1, 2);
    Tensor classes = tensor("det_classes", ElementType.INT32, 1, 2);
    List<Tensor> outputs = List.of(count, boxes, scores, classes);
    assertThat(found("selected", Map.of(), 1, specs(outputs), outputs, 0))
        .containsExactly("0 0.9: 1.0 2.0 3.0 4.0");
    count.ints().put(0, 7); // more than there are rows
    assertThat(found("selected", Map.of(), 1, specs(outputs), outputs, 0)).hasSize(2);
    count.ints().put(0, -1);
    assertThat(found("selected", Map.of(), 1, specs(outputs), outputs, 0)).isEmpty();
  }

  /** One detection an image: the count is told from the scores by its name. */
  @Test
  void selected_oneDetection_isNoCount() {
    List<Tensor> outputs =
        List.of(
            floats("num_dets", new float[] {1}, 1, 1),
            floats("boxes", new float[] {1, 2, 3, 4}, 1, 1, 4),
            floats("scores", new float[] {.9f}, 1, 1),
            floats("classes", new float[] {1}, 1, 1));
    assertThat(found("selected", Map.of(), 2, specs(outputs), outputs, 0))
        .containsExactly("1 0.9: 1.0 2.0 3.0 4.0");
  }

  /** TensorFlow: top, left, bottom, right as fractions of 100x50 px, classes from 1 as floats. */
  @Test
  void tfOd_fractionsAndClassesFromOne_arePixelsAndFromZero() {
    List<Tensor> outputs =
        List.of(
            floats("detection_boxes", new float[] {.2f, .1f, .4f, .5f, 0, 0, 1, 1}, 1, 2, 4),
            floats("detection_classes", new float[] {2, 1}, 1, 2),
            floats("detection_scores", new float[] {.75f, .5f}, 1, 2),
            floats("num_detections", new float[] {1}, 1));
    assertThat(found("tf-od", Map.of(), 2, specs(outputs), outputs, 0))
        .containsExactly("1 0.75: 10.0 10.0 50.0 20.0");
  }

  /** Any order of three outputs, against the numbers that were written. */
  @Property(tries = 60)
  void selected_shuffledOutputs_areThoseWritten(@ForAll long seed, @ForAll boolean integers) {
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(9);
    Tensor boxes = tensor("b", ElementType.FLOAT32, 1, rows, 4);
    Tensor scores = tensor("s", ElementType.FLOAT32, 1, rows);
    Tensor classes =
        tensor(
            integers ? "c" : "labels", integers ? ElementType.INT64 : ElementType.FLOAT32, 1, rows);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      float[] box = new float[4];
      for (int side = 0; side < 4; side++) {
        box[side] = random.nextInt(40);
        boxes.floats().put(4 * i + side, box[side]);
      }
      int classId = random.nextInt(5) - 1;
      float score = random.nextInt(101) / 100f;
      scores.floats().put(i, score);
      if (integers) {
        classes.longs().put(i, classId);
      } else {
        classes.floats().put(i, classId);
      }
      if (score > 0.3f && classId >= 0 && classId < 3) {
        expected.add(
            "%d %s: %s %s %s %s".formatted(classId, score, box[0], box[1], box[2], box[3]));
      }
    }
    List<Tensor> outputs = new ArrayList<>(List.of(boxes, scores, classes));
    Collections.shuffle(outputs, random);
    assertThat(found("selected", Map.of(), 3, specs(outputs), outputs, 0))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void rows7_eachOrderOfColumns_isReadByImage() {
    Map<String, float[]> rows =
        Map.of(
            "box-score-class", new float[] {1, 1, 2, 3, 4, .9f, 1, 0, 9, 9, 9, 9, .9f, 1},
            "box-class-score", new float[] {1, 1, 2, 3, 4, 1, .9f, 0, 9, 9, 9, 9, 1, .9f},
            "class-score-box", new float[] {1, 1, .9f, 1, 2, 3, 4, 0, 1, .9f, 9, 9, 9, 9});
    rows.forEach(
        (columns, values) -> {
          Tensor flat = floats("out", values, 2, 7);
          assertThat(
                  found(
                      "rows7",
                      Map.of("columns", columns),
                      2,
                      List.of(open(flat, 0)),
                      List.of(flat),
                      1))
              .as(columns)
              .containsExactly("1 0.9: 1.0 2.0 3.0 4.0");
        });
    float[] two = {1, 1, 2, 3, 4, .9f, 1, 0, 9, 9, 9, 9, .9f, 1};
    Tensor nested = floats("out", two, 1, 1, 2, 7);
    assertThat(found("rows7", Map.of(), 2, specs(List.of(nested)), List.of(nested), 0))
        .containsExactly("1 0.9: 9.0 9.0 9.0 9.0");
  }

  /** Rows of image, class and box; a score below the threshold was selected by a lower one. */
  @Test
  void onnxNms_selectedIndices_areTheDetectionsAndAllAreDense() {
    Tensor boxes = tensor("boxes", ElementType.FLOAT32, 2, 3, 4);
    boxes.floats().put(12, new float[] {2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11});
    Tensor scores = tensor("scores", ElementType.FLOAT32, 2, 2, 3);
    scores.floats().put(6, new float[] {.1f, .2f, .9f, .8f, .05f, .6f});
    Tensor selected = longs("indices", new long[] {0, 0, 0, 1, 0, 2, 1, 1, 0, 1, 1, 1}, 4, 3);
    for (List<Tensor> outputs :
        List.of(List.of(boxes, scores, selected), List.of(selected, scores, boxes))) {
      List<TensorSpec> card =
          outputs.stream().map(each -> each == selected ? open(each, 0) : each.spec()).toList();
      BoxDecoder decoder = Decoders.create(new Head("onnx-nms", 2, card, 100, 50, Map.of()));
      assertThat(found(decoder, outputs, 1))
          .containsExactly("0 0.9: 9.0 10.0 11.0 12.0", "1 0.8: 1.0 2.0 3.0 4.0");
      DenseCandidates dense = decoder.dense(outputs::get, 1, BoxDecoder.UNMAPPED);
      assertThat(dense.count()).isEqualTo(3);
      assertThat(dense.score(1, 0)).isEqualTo(.2f);
      assertThat(dense.edge(1, 0)).isEqualTo(5);
    }
  }

  @Test
  void nonFinite_rowsOfTheImage_areCounted() {
    Tensor boxes = floats("b", new float[] {1, 2, Float.NaN, 4, 5, 6, 7, 8}, 1, 2, 4);
    Tensor scores = floats("s", new float[] {.9f, Float.POSITIVE_INFINITY}, 1, 2);
    Tensor classes = longs("labels", new long[] {0, 0}, 1, 2);
    List<Tensor> outputs = List.of(boxes, scores, classes);
    BoxDecoder decoder = Decoders.create(new Head("selected", 1, specs(outputs), 9, 9, Map.of()));
    assertThat(decoder.nonFinite(outputs::get, 0)).isEqualTo(2);
    scores.floats().put(1, .5f);
    assertThat(decoder.nonFinite(outputs::get, 0)).isEqualTo(1);
  }
}
