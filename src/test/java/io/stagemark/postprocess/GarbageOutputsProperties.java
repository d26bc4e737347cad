package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.CandidateCounts;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.NmsMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a network puts out, detections are finite, inside the image, sorted and counted. */
class GarbageOutputsProperties {
  private static final float[] ODD = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f, 1e-40f, -0f, 0
  };

  /** A layout of 2 classes (1 where the decoder has one) for an input of 64x64 px. */
  private record Layout(String type, int classes, List<List<Long>> shapes) {}

  private static final List<Layout> LAYOUTS =
      List.of(
          new Layout("centernet", 2, List.of(List.of(1L, 2L, 8L, 8L), List.of(1L, 4L, 8L, 8L))),
          new Layout("blazeface", 1, List.of(List.of(1L, 32L, 1L), List.of(1L, 32L, 16L))),
          new Layout("yolov5", 2, List.of(List.of(1L, 60L, 7L))),
          new Layout("yolov8", 2, List.of(List.of(1L, 6L, 60L))),
          new Layout("yolox", 2, List.of(List.of(1L, 84L, 7L))),
          new Layout("yolov10", 2, List.of(List.of(1L, 50L, 6L))),
          new Layout("nanodet", 2, List.of(List.of(1L, 64L, 2L), List.of(1L, 64L, 32L))),
          new Layout("detr", 2, List.of(List.of(1L, 40L, 3L), List.of(1L, 40L, 4L))),
          new Layout("ssd", 2, List.of(List.of(1L, 40L, 3L), List.of(1L, 40L, 4L))),
          new Layout("text-map", 1, List.of(List.of(1L, 1L, 32L, 32L))));

  @Provide
  Arbitrary<Layout> layouts() {
    return Arbitraries.of(LAYOUTS);
  }

  private static Tensor filled(List<Long> shape, int index, Random random, int oddPercent) {
    Tensor tensor = Tensor.allocate(new TensorSpec("output" + index, ElementType.FLOAT32, shape));
    for (int i = 0; i < tensor.floats().capacity(); i++) {
      boolean odd = random.nextInt(100) < oddPercent;
      float plain = random.nextBoolean() ? random.nextFloat() : 60 * random.nextFloat();
      tensor.floats().put(i, odd ? ODD[random.nextInt(ODD.length)] : plain);
    }
    return tensor;
  }

  @Property(tries = 800)
  void run_anyOutputs_giveFiniteSortedBoxesInsideTheImage(
      @ForAll("layouts") Layout layout,
      @ForAll NmsMethod rule,
      @ForAll boolean agnostic,
      @ForAll boolean multiLabel,
      @ForAll long seed) {
    Random random = new Random(seed);
    int oddPercent = List.of(0, 5, 100).get(random.nextInt(3));
    List<Tensor> outputs =
        IntStream.range(0, layout.shapes().size())
            .mapToObj(i -> filled(layout.shapes().get(i), i, random, oddPercent))
            .toList();
    DecoderSettings settings =
        new DecoderSettings(
            layout.type(),
            .3,
            .5,
            30,
            20,
            Map.of(),
            rule,
            OptionalDouble.empty(),
            agnostic,
            multiLabel,
            List.of());
    BoxPostprocessor post =
        BoxPostprocessor.create(
            settings, layout.classes(), outputs.stream().map(Tensor::spec).toList(), 64, 64);

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
