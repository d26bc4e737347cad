package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Evaluations that are not COCO's own, worked by hand. */
final class CocoSettingsTest {
  private static final List<Double> AREAS = CocoSettings.COCO.areaBoundsPx2();
  private static final List<Integer> MOST = CocoSettings.COCO.maxDetections();

  private static CocoTruth right(double x) {
    return new CocoTruth(x, 0, 10, 10, 1, 100, false);
  }

  private static CocoDetection found(double x, double score) {
    return new CocoDetection(x, 0, 10, 10, 1, score);
  }

  private static CocoFigures figures(
      CocoSettings settings, List<CocoDetection> found, List<CocoTruth> right) {
    CocoAp ap = new CocoAp(settings);
    ap.addCoco("1", found, right);
    return ap.result().figures();
  }

  // shifted by 2 of 10 px: 8·10 of 12·10, IoU 2/3: found at .5 and .6, not at .7
  @Test
  void figures_thresholds_areThoseThatAreAskedFor() {
    CocoSettings half = new CocoSettings(List.of(0.5), MOST, AREAS);
    CocoSettings three = new CocoSettings(List.of(0.5, 0.6, 0.7), MOST, AREAS);
    List<CocoDetection> found = List.of(found(2, .9));
    assertThat(figures(half, found, List.of(right(0))).ap()).isCloseTo(1, within(1e-9));
    CocoFigures mean = figures(three, found, List.of(right(0)));
    assertThat(mean.ap()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(mean.ar100()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(mean.ap50()).isCloseTo(1, within(1e-9));
    assertThat(mean.ap75()).isEqualTo(CocoFigures.UNDEFINED);
    assertThat(mean.byName(three)).containsKey("ap50").doesNotContainKey("ap75");
  }

  // three objects 100 px apart, found with falling scores: one, two or three of them count
  @Test
  void figures_maxDetections_areThoseThatAreAskedForAndNamed() {
    CocoSettings settings = new CocoSettings(List.of(0.5), List.of(1, 2, 3), AREAS);
    CocoFigures figures =
        figures(
            settings,
            List.of(found(0, .9), found(100, .8), found(200, .7)),
            List.of(right(0), right(100), right(200)));
    assertThat(figures.byName(settings))
        .containsEntry("ar1", 1 / 3.0)
        .containsEntry("ar2", 2 / 3.0)
        .containsEntry("ar3", 1.0)
        .doesNotContainKey("ar100");
    CocoSettings fewer = new CocoSettings(List.of(0.5), List.of(1, 2, 3), AREAS);
    CocoFigures cut =
        figures(
            fewer,
            List.of(found(900, .99), found(800, .98), found(700, .97), found(0, .1)),
            List.of(right(0)));
    assertThat(cut.ap()).as("the fourth detection does not count").isZero();
  }

  // 100 px² is small by COCO's bound, large where large begins at 50
  @Test
  void figures_areaBounds_sortObjects() {
    CocoSettings settings = new CocoSettings(List.of(0.5), MOST, List.of(20.0, 50.0));
    CocoFigures figures = figures(settings, List.of(found(0, .9)), List.of(right(0)));
    assertThat(figures.apLarge()).isCloseTo(1, within(1e-9));
    assertThat(figures.apSmall()).isEqualTo(CocoFigures.UNDEFINED);
    CocoFigures coco = figures(CocoSettings.COCO, List.of(found(0, .9)), List.of(right(0)));
    assertThat(coco.apSmall()).isCloseTo(1, within(1e-9));
    assertThat(coco.apLarge()).isEqualTo(CocoFigures.UNDEFINED);
  }

  @Test
  void new_valuesOutOfRange_areRefused() {
    for (List<Double> wrong :
        List.of(List.<Double>of(), List.of(0.0), List.of(.5, .5), List.of(.6, .5), List.of(1.1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new CocoSettings(wrong, MOST, AREAS));
    }
    for (List<Integer> wrong : List.of(List.of(1, 10), List.of(0, 1, 2), List.of(1, 1, 2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CocoSettings(List.of(.5), wrong, AREAS));
    }
    for (List<Double> wrong : List.of(List.of(1.0), List.of(9.0, 9.0), List.of(-1.0, 9.0))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CocoSettings(List.of(.5), MOST, wrong));
    }
  }
}
