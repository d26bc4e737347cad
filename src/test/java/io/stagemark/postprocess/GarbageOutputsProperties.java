package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.CandidateCounts;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.DecoderLayouts.Layout;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.postprocess.nms.NmsMethod;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a network puts out, detections are finite, inside the image, sorted and counted. */
class GarbageOutputsProperties {
  private static final float[] ODD = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f, 1e-40f, -0f, 0
  };

  @Provide
  Arbitrary<Layout> layouts() {
    return Arbitraries.of(DecoderLayouts.ALL);
  }

  private static void fill(Tensor tensor, Random random, int oddPercent) {
    if (tensor.spec().type() == ElementType.INT64) {
      for (int i = 0; i < tensor.longs().capacity(); i++) {
        tensor.longs().put(i, random.nextInt(100) < oddPercent ? -1L << 40 : random.nextInt(4) - 1);
      }
      return;
    }
    for (int i = 0; i < tensor.floats().capacity(); i++) {
      boolean odd = random.nextInt(100) < oddPercent;
      float plain = random.nextBoolean() ? random.nextFloat() : 60 * random.nextFloat();
      tensor.floats().put(i, odd ? ODD[random.nextInt(ODD.length)] : plain);
    }
  }

  @Property(tries = 1600)
  void run_anyOutputs_giveFiniteSortedBoxesInsideTheImage(
      @ForAll("layouts") Layout layout,
      @ForAll NmsMethod rule,
      @ForAll boolean agnostic,
      @ForAll boolean multiLabel,
      @ForAll long seed) {
    // a fused box is of several candidates: it has no mask of its own, and is refused
    Assume.that(
        rule != NmsMethod.WEIGHTED_FUSION
            || !Decoders.needsNms(layout.type())
            || Decoders.parts(layout.type(), layout.parameters()).isEmpty());
    Random random = new Random(seed);
    int oddPercent = List.of(0, 5, 100).get(random.nextInt(3));
    List<Tensor> outputs = layout.allocate();
    outputs.forEach(each -> fill(each, random, oddPercent));
    DecoderSettings settings =
        new DecoderSettings(
            layout.type(),
            .3,
            .5,
            30,
            20,
            layout.parameters(),
            rule,
            OptionalDouble.empty(),
            agnostic,
            multiLabel,
            List.of());
    BoxPostprocessor post =
        BoxPostprocessor.create(settings, layout.classes(), layout.specs(), 64, 64);

    post.run(outputs::get, 0, new Geometry(100, 50, .64, .64, 0, 16));

    CandidateCounts counts = post.counts(0);
    List<Detection> detections = post.detections(0);
    assertThat(detections.size()).isEqualTo(counts.kept()).isLessThanOrEqualTo(20);
    assertThat(counts.kept()).isLessThanOrEqualTo(counts.intoNms());
    assertThat(counts.intoNms()).isLessThanOrEqualTo(30);
    double last = Double.POSITIVE_INFINITY;
    for (Detection found : detections) {
      double[] edges = {
        found.box().left(), found.box().top(), found.box().right(), found.box().bottom()
      };
      assertThat(Arrays.stream(edges).allMatch(Double::isFinite)).isTrue();
      assertThat(edges[0] >= 0 && edges[1] >= 0 && edges[2] <= 100 && edges[3] <= 50).isTrue();
      assertThat(found.score()).isFinite().isLessThanOrEqualTo(last);
      assertThat(found.classId()).isBetween(0, layout.classes() - 1);
      last = found.score();
    }
  }
}
