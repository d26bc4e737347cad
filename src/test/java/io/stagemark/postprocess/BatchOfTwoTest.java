package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two images in one batch, each with one box of its own worked by hand; the second lay at half size
 * and 4 px down in the input.
 */
class BatchOfTwoTest {
  private static final Geometry FIRST = new Geometry(64, 64, 1, 1, 0, 0);
  private static final Geometry SECOND = new Geometry(128, 100, .5, .5, 0, 4);

  private static Tensor tensor(String name, long... shape) {
    return Tensor.allocate(
        new TensorSpec(name, ElementType.FLOAT32, Arrays.stream(shape).boxed().toList()));
  }

  /** Runs both slots, in both orders, and only then looks at what each holds. */
  private static BoxPostprocessor bothRun(
      String type, int classes, int input, List<Tensor> outputs) {
    BoxPostprocessor post =
        BoxPostprocessor.create(
            new DecoderSettings(type, .3, .5, 1000, 100, Map.of()),
            classes,
            outputs.stream().map(Tensor::spec).toList(),
            input,
            input);
    post.run(outputs::get, 1, SECOND);
    post.run(outputs::get, 0, FIRST);
    post.run(outputs::get, 1, SECOND);
    return post;
  }

  private static void assertOnly(
      BoxPostprocessor post, int slot, int classId, double score, double... edges) {
    assertThat(post.counts(slot).aboveThreshold()).isEqualTo(1);
    assertThat(post.detections(slot)).hasSize(1);
    Detection detection = post.detections(slot).get(0);
    assertThat(detection.classId()).isEqualTo(classId);
    assertThat(detection.score()).isCloseTo(score, within(1e-6));
    Box box = detection.box();
    assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom()})
        .containsExactly(edges, within(1e-4));
  }

  // [2, 6, 3], channel-major. First: candidate 2, centre (20, 30), 10x8. Second: candidate 0,
  // centre (40, 24), 16x8: (32, 20, 48, 28), in the source ·2 after 4 px up: (64, 32, 96, 48)
  @Test
  void yolov8_twoImages_keepTheirOwn() {
    Tensor output = tensor("output0", 2, 6, 3);
    float[] first = {0, 0, 20, 0, 0, 30, 0, 0, 10, 0, 0, 8, 0, 0, .1f, 0, 0, .8f};
    float[] second = {40, 0, 0, 24, 0, 0, 16, 0, 0, 8, 0, 0, .6f, 0, 0, .2f, 0, 0};
    output.floats().put(0, first);
    output.floats().put(18, second);
    List<Tensor> outputs = List.of(output);
    BoxPostprocessor post = bothRun("yolov8", 2, 64, outputs);
    assertOnly(post, 0, 1, .8, 15, 26, 25, 34);
    assertOnly(post, 1, 0, .6, 64, 32, 96, 48);
    assertThat(post.dense(outputs::get, 0, FIRST).score(2, 1)).isEqualTo(.8f);
    assertThat(post.dense(outputs::get, 1, SECOND).score(0, 1)).isEqualTo(.2f);
  }

  // sigmoid(ln 4) = .8 and sigmoid(ln 1.5) = .6. First: query 1, (.5, .25, .5, .25) of 64 px:
  // (16, 8, 48, 24). Second: query 0, (.25, .5, .25, .5): (8, 16, 24, 48), in the source
  // (16, 24, 48, 88)
  @Test
  void detr_twoImages_keepTheirOwn() {
    Tensor logits = tensor("logits", 2, 2, 3);
    Tensor boxes = tensor("boxes", 2, 2, 4);
    logits.floats().put(0, new float[] {-9, -9, -9, -9, -9, (float) Math.log(4)});
    logits.floats().put(6, new float[] {-9, (float) Math.log(1.5), -9, -9, -9, -9});
    boxes.floats().put(4, new float[] {.5f, .25f, .5f, .25f});
    boxes.floats().put(8, new float[] {.25f, .5f, .25f, .5f});
    List<Tensor> outputs = List.of(logits, boxes);
    BoxPostprocessor post = bothRun("detr", 3, 64, outputs);
    assertOnly(post, 0, 2, .8, 16, 8, 48, 24);
    assertOnly(post, 1, 1, .6, 16, 24, 48, 88);
    assertThat(post.dense(outputs::get, 1, SECOND).edge(0, 3)).isCloseTo(88, within(1e-4));
  }

  // background first. First: row 1, (.25, .5, .5, .75) of 64 px. Second: row 0, (.125, .25, .5,
  // .5): (8, 16, 32, 32), in the source (16, 24, 64, 56)
  @Test
  void ssd_twoImages_keepTheirOwn() {
    Tensor scores = tensor("scores", 2, 2, 2);
    Tensor boxes = tensor("boxes", 2, 2, 4);
    scores.floats().put(0, new float[] {.9f, .1f, .3f, .7f, .4f, .6f, .8f, .2f});
    boxes.floats().put(4, new float[] {.25f, .5f, .5f, .75f, .125f, .25f, .5f, .5f});
    List<Tensor> outputs = List.of(scores, boxes);
    BoxPostprocessor post = bothRun("ssd", 1, 64, outputs);
    assertOnly(post, 0, 0, .7, 16, 32, 32, 48);
    assertOnly(post, 1, 0, .6, 16, 24, 64, 56);
    assertThat(post.dense(outputs::get, 1, SECOND).score(1, 0)).isEqualTo(.2f);
  }

  // 32 px, grids of 4x4 and 2x2, 2 bins: bars (0, 0) are .5 of a stride. First: stride 8, cell
  // (1, 1): 11.5 ± 4. Second: stride 16, cell (0, 0): its centre 7.5 ± 8, top -0.5 - 4 px up, all
  // ·2: (-1, -9, 31, 23), clipped to the source
  @Test
  void nanodet_twoImages_keepTheirOwn() {
    Tensor small = tensor("cls_8", 2, 16, 2);
    Tensor large = tensor("cls_16", 2, 4, 2);
    Tensor smallBars = tensor("dis_8", 2, 16, 8);
    Tensor largeBars = tensor("dis_16", 2, 4, 8);
    small.floats().put(5 * 2 + 1, .9f);
    large.floats().put(4 * 2, .7f);
    List<Tensor> outputs = List.of(small, large, smallBars, largeBars);
    BoxPostprocessor post = bothRun("nanodet", 2, 32, outputs);
    assertOnly(post, 0, 1, .9, 7.5, 7.5, 15.5, 15.5);
    assertOnly(post, 1, 0, .7, 0, 0, 31, 23);
  }
}
