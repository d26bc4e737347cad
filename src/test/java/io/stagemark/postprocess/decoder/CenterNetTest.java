package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.Box;
import io.stagemark.data.CandidateCounts;
import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.DecoderSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CenterNetTest {
  private static final DecoderSettings SETTINGS =
      new DecoderSettings("centernet", 0.3, 0.45, 1000, 100, Map.of());
  private static final TensorSpec SCORES =
      new TensorSpec("keypoints", ElementType.FLOAT32, List.of(1L, 2L, 2L, 2L));
  private static final TensorSpec SIDES =
      new TensorSpec("wh", ElementType.FLOAT32, List.of(1L, 4L, 2L, 2L));

  /** An input of 8x8 px and a map of 2x2 cells: stride 4. */
  private static BoxPostprocessor postprocessor() {
    return BoxPostprocessor.create(SETTINGS, 2, List.of(SCORES, SIDES), 8, 8);
  }

  private static Tensor tensor(TensorSpec spec, float... values) {
    Tensor tensor = Tensor.allocate(spec);
    tensor.floats().put(0, values);
    return tensor;
  }

  // cell 3 is x = 1, y = 1: centre (4, 4); sides 1, 2, 3, 4 give (3, 2, 7, 8) in the input.
  // The source is 16x8 px, so x is halved on the way in: (6, 2, 14, 8) there.
  @Test
  void run_oneCellAbove_givesTheBoxInSourcePixels() {
    List<Tensor> outputs =
        List.of(
            tensor(SCORES, 0, 0, 0, .2f, 0, 0, .3f, .9f),
            tensor(SIDES, 9, 9, 9, 1, 9, 9, 9, 2, 9, 9, 9, 3, 9, 9, 9, 4));
    BoxPostprocessor post = postprocessor();

    post.run(outputs::get, 0, new Geometry(16, 8, 0.5, 1, 0, 0));

    assertThat(post.detections(0))
        .containsExactly(new Detection(new Box(6, 2, 14, 8), 1, (double) .9f));
    assertThat(post.counts(0).aboveThreshold()).isEqualTo(1);
  }

  // cell 0's box (−1, −1, 1, 1) sticks out of the image by a pixel left and above
  @Test
  void run_boxOutside_isClippedToTheImage() {
    List<Tensor> outputs =
        List.of(
            tensor(SCORES, .9f, 0, 0, 0, 0, 0, 0, 0),
            tensor(SIDES, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    BoxPostprocessor post = postprocessor();

    post.run(outputs::get, 0, new Geometry(8, 8, 1, 1, 0, 0));

    assertThat(post.detections(0)).extracting(Detection::box).containsExactly(new Box(0, 0, 1, 1));
  }

  @Test
  void run_nanScoresAndInfiniteBoxes_areDroppedAndCounted() {
    float inf = Float.POSITIVE_INFINITY;
    List<Tensor> outputs =
        List.of(
            tensor(SCORES, Float.NaN, .9f, .8f, 0, 0, 0, 0, 0),
            tensor(SIDES, 1, inf, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    BoxPostprocessor post = postprocessor();

    post.run(outputs::get, 0, new Geometry(8, 8, 1, 1, 0, 0));

    assertThat(post.detections(0)).extracting(Detection::score).containsExactly((double) .8f);
    // NaN is not above the threshold: the infinite box is the one that was dropped
    assertThat(post.counts(0)).isEqualTo(new CandidateCounts(2, 1, 1, 1));
  }

  @Test
  void dense_everyCell_hasUnclippedBoxesAndScoresInPlace() {
    List<Tensor> outputs =
        List.of(
            tensor(SCORES, 0, .1f, .2f, .3f, .4f, .5f, .6f, .7f),
            tensor(SIDES, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4));

    DenseCandidates dense = postprocessor().dense(outputs::get, 0, new Geometry(8, 8, 1, 1, 0, 0));

    assertThat(dense.count()).isEqualTo(4);
    assertThat(dense.logits()).isFalse();
    assertThat(dense.score(2, 1)).isEqualTo(.6f);
    // cell 2: x = 0, y = 4
    assertThat(List.of(dense.edge(2, 0), dense.edge(2, 1), dense.edge(2, 2), dense.edge(2, 3)))
        .containsExactly(-1.0, 2.0, 3.0, 8.0);
  }

  @Test
  void create_wrongShape_namesBoth() {
    TensorSpec other = new TensorSpec("wh", ElementType.FLOAT32, List.of(1L, 5L, 2L, 2L));
    assertThatThrownBy(() -> BoxPostprocessor.create(SETTINGS, 2, List.of(SCORES, other), 8, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[N, 4, h, w]")
        .hasMessageContaining("wh float32[1, 5, 2, 2]");
  }

  @Test
  void create_classCountDisagrees_namesBoth() {
    assertThatThrownBy(() -> BoxPostprocessor.create(SETTINGS, 80, List.of(SCORES, SIDES), 8, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 80 classes")
        .hasMessageContaining("keypoints float32[1, 2, 2, 2]");
  }
}
