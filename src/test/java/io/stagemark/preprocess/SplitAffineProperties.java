package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SplitAffineProperties {

  private static float[] table(double scale, double mean, double std) {
    float[] table = new float[256];
    for (int v = 0; v < 256; v++) {
      table[v] = (float) ((v * scale - mean) / std);
    }
    return table;
  }

  @Example
  void of_usualNormalisations_isFound() {
    // [0, 255], [0, 1], [−1, 1] twice, ImageNet, NanoDet, Caffe: scale, mean, std
    for (List<Double> n :
        List.of(
            List.of(1.0, 0.0, 1.0),
            List.of(1 / 255.0, 0.0, 1.0),
            List.of(1 / 127.5, 1.0, 1.0),
            List.of(1 / 255.0, .5, .5),
            List.of(1 / 255.0, .485, .229),
            List.of(1 / 255.0, .456, .224),
            List.of(1 / 255.0, .406, .225),
            List.of(1.0, 103.53, 57.375),
            List.of(1.0, 116.28, 57.12),
            List.of(1.0, 123.675, 58.395),
            List.of(1.0, 104.0, 1.0))) {
      assertThat(of(n.get(0), n.get(1), n.get(2))).as("%s", n).isPresent();
    }
  }

  private static Optional<SplitAffine> of(double scale, double mean, double std) {
    return SplitAffine.of(table(scale, mean, std), (0 - mean) / std, (255 * scale - mean) / std);
  }

  @Property(tries = 500)
  void value_ofAnyThatIsFound_isTheTableToTheBit(
      @ForAll @IntRange(min = 1, max = 2000) int scale,
      @ForAll @IntRange(min = -2000, max = 2000) int mean,
      @ForAll @IntRange(min = 100, max = 2000) int std) {
    float[] table = table(scale / 1000.0, mean / 1000.0, std / 1000.0);
    of(scale / 1000.0, mean / 1000.0, std / 1000.0)
        .ifPresent(
            affine -> {
              for (int v = 0; v < 256; v++) {
                assertThat(affine.value(v)).isEqualTo(table[v]);
              }
            });
  }
}
