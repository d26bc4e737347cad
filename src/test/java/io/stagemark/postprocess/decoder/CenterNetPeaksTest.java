package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The original CenterNet on a map of 4x2 cells of 8 px, worked by hand. */
class CenterNetPeaksTest {
  private static final Geometry WHOLE = new Geometry(32, 16, 1, 1, 0, 0);
  private static final float NAN = Float.NaN;

  private static Tensor map(String name, int channels, float... values) {
    Tensor tensor =
        Tensor.allocate(
            new TensorSpec(name, ElementType.FLOAT32, List.of(1L, (long) channels, 2L, 4L)));
    tensor.floats().put(0, values);
    return tensor;
  }

  /** Sizes of 1x2 cells, 8x16 px, everywhere. */
  private static Tensor sizes() {
    return map("wh", 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2);
  }

  private static BoxPostprocessor post(int most, int classes, List<Tensor> outputs) {
    BoxPostprocessor post =
        BoxPostprocessor.create(
            new DecoderSettings("centernet-wh", .3, .45, 1000, most, Map.of()),
            classes,
            outputs.stream().map(Tensor::spec).toList(),
            32,
            16);
    post.run(outputs::get, 0, WHOLE);
    return post;
  }

  private static List<Double> scores(BoxPostprocessor post) {
    return post.detections(0).stream()
        .map(each -> (double) Math.round(each.score() * 100) / 100)
        .toList();
  }

  // cell (2, 1) with the offset (.25, -.5): centre ((2 + .25) · 8, (1 - .5) · 8) = (18, 4), 8x16 px
  // around it: (14, -4, 22, 12), clipped
  @Test
  void run_onePeak_isMovedByItsOffset() {
    Tensor hm = map("hm", 1, .1f, .2f, .3f, .2f, .1f, .2f, .9f, .2f);
    Tensor reg = map("reg", 2, 0, 0, 0, 0, 0, 0, .25f, 0, 0, 0, 0, 0, 0, 0, -.5f, 0);
    assertThat(post(9, 1, List.of(hm, sizes(), reg)).detections(0))
        .containsExactly(new Detection(new Box(14, 0, 22, 12), 0, (double) .9f));
  }

  // without offsets the centre is that of the cell: ((2 + .5) · 8, 12); 8x16 px
  @Test
  void run_noOffsets_takesTheMiddleOfTheCell() {
    Tensor hm = map("hm", 1, .1f, .2f, .3f, .2f, .1f, .2f, .9f, .2f);
    assertThat(post(9, 1, List.of(hm, sizes())).detections(0))
        .containsExactly(new Detection(new Box(16, 4, 24, 16), 0, (double) .9f));
  }

  // .8 is beside .9; .7 and .7 at the other end are equal neighbours: both are maxima, and their
  // boxes stay though they overlap
  @Test
  void run_neighbours_loseAgainstLargerOnesOnly() {
    Tensor hm = map("hm", 1, .9f, .1f, .7f, .7f, .8f, .1f, .2f, .2f);
    BoxPostprocessor post = post(9, 1, List.of(hm, sizes()));
    assertThat(scores(post)).containsExactly(.9, .7, .7);
    assertThat(post.counts(0)).isEqualTo(new CandidateCounts(3, 0, 3, 3));
    assertThat(scores(post(2, 1, List.of(hm, sizes())))).containsExactly(.9, .7);
  }

  // cell 0 is the maximum of both classes: two detections
  @Test
  void run_cellThatIsAPeakOfTwoClasses_isBoth() {
    Tensor hm = map("hm", 2, .6f, 0, 0, 0, 0, 0, 0, 0, .5f, 0, 0, 0, 0, 0, 0, .4f);
    BoxPostprocessor post = post(9, 2, List.of(hm, sizes()));
    assertThat(scores(post)).containsExactly(.6, .5, .4);
    assertThat(post.detections(0)).extracting(Detection::classId).containsExactly(0, 1, 1);
  }

  // as a pooling that hands NaN on: .9 has it beside it, .6 does not
  @Test
  void run_cellBesideNaN_isNoPeak() {
    Tensor hm = map("hm", 1, .9f, NAN, .1f, .6f, .1f, .1f, .1f, .1f);
    assertThat(scores(post(9, 1, List.of(hm, sizes())))).containsExactly(.6);
  }

  @Test
  void dense_hasEveryCellWithItsScoresInPlace() {
    List<Tensor> outputs =
        List.of(map("hm", 2, 0, 0, 0, 0, 0, 0, .9f, 0, 0, 0, 0, 0, 0, .8f, .7f, 0), sizes());
    DenseCandidates dense = post(9, 2, outputs).dense(outputs::get, 0, WHOLE);
    assertThat(dense.count()).isEqualTo(8);
    assertThat(dense.score(6, 1)).isEqualTo(.7f);
    assertThat(List.of(dense.edge(6, 0), dense.edge(6, 1), dense.edge(6, 2), dense.edge(6, 3)))
        .containsExactly(16.0, 4.0, 24.0, 20.0); // not clipped
  }
}
