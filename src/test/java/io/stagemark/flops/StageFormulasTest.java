package io.stagemark.flops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Stage formulas, each worked by hand. */
final class StageFormulasTest {

  // 512 x 512 x 3 outputs: 7 operations to resize, 2 to normalise
  @Test
  void resizeAndNormalise_ofAnImage_countEveryElement() {
    long elements = 512 * 512 * 3;

    assertThat(StageFormulas.bilinearResize(elements)).isEqualTo(Operations.of(5505024, 0, 0));
    assertThat(StageFormulas.normalise(elements)).isEqualTo(Operations.of(1572864, 0, 0));
  }

  @Test
  void softmax_ofRows_countsAsTheGraphsRule() {
    assertThat(StageFormulas.softmax(6, 4)).isEqualTo(Operations.of(66, 24, 18));
    assertThat(StageFormulas.softmax(6, 0)).isEqualTo(Operations.NONE);
  }

  // 10 boxes: 45 pairs of 14; sorting costs round(10 * 3.3219) = 33
  @Test
  void suppress_tenBoxes_comparesEveryPairOnce() {
    assertThat(StageFormulas.suppress(10)).isEqualTo(Operations.of(630, 0, 630 + 33));
    assertThat(StageFormulas.suppress(1)).isEqualTo(Operations.NONE);
    assertThat(StageFormulas.suppress(0)).isEqualTo(Operations.NONE);
  }

  @Test
  void threshold_ofEveryScore_isOneComparison() {
    assertThat(StageFormulas.threshold(16384, 80).comparisons()).isEqualTo(1310720);
    assertThat(StageFormulas.decodeBoxes(3)).isEqualTo(Operations.of(24, 0, 0));
    assertThat(StageFormulas.sigmoid(5)).isEqualTo(Operations.of(10, 5, 0));
  }
}
