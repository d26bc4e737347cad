package io.stagemark.nmscurve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.ModelCardReader;
import io.stagemark.data.BadInputException;
import io.stagemark.nmscurve.NmsCurve.CurvePoint;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NmsCurveTest {
  private static NmsCurveSetup setup(String rule, int topK, boolean clustered, Integer... counts) {
    return new NmsCurveSetup(
        rule,
        .45,
        OptionalDouble.empty(),
        .25,
        false,
        topK,
        1000,
        3,
        clustered,
        List.of(counts),
        2);
  }

  static List<String> rules() {
    return NmsCurveSetup.rules();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void measure_anyRule_hasAPointForEachSetInTheOrderOfTheCounts(String rule) {
    NmsCurve curve = NmsCurve.measure(setup(rule, 1000, true, 60, 20, 40), 0, 0);
    assertThat(curve.points())
        .extracting(CurvePoint::candidates)
        .containsExactly(20, 20, 40, 40, 60, 60);
    assertThat(curve.points()).allMatch(p -> p.kept() >= 1 && p.kept() <= p.candidates());
    assertThat(curve.points()).extracting(CurvePoint::runs).containsOnly(5);
    assertThat(curve.fit().orElseThrow().points()).isEqualTo(6);
  }

  // with the best 30 only, the points of 40 and 60 are of the same 30: they say nothing of growth
  @Test
  void measure_countsBeyondTheCut_areNotInTheFit() {
    NmsCurve curve = NmsCurve.measure(setup("hard", 30, true, 10, 20, 40, 60), 0, 0);
    assertThat(curve.fit().orElseThrow().points()).isEqualTo(4);
    assertThat(NmsCurve.measure(setup("hard", 15, true, 10, 20), 0, 0).fit()).isEmpty();
  }

  @Test
  void boxes_anySpread_areProperAboveTheThresholdAndTheSameEachTime() {
    for (boolean clustered : new boolean[] {true, false}) {
      NmsCurveSetup setup = setup("hard", 1000, clustered, 500);
      BoxList boxes = NmsBoxes.of(setup, 500, 7);
      BoxList again = NmsBoxes.of(setup, 500, 7);
      for (int i = 0; i < 500; i++) {
        assertThat(boxes.scores()[i]).isGreaterThan(.25f).isLessThanOrEqualTo(1);
        assertThat(boxes.right()[i] - boxes.left()[i]).isBetween(19.9f, 120.1f);
        assertThat(boxes.bottom()[i] - boxes.top()[i]).isBetween(19.9f, 120.1f);
        assertThat(boxes.classIds()[i]).isBetween(0, 2);
        assertThat(boxes.left()[i]).isEqualTo(again.left()[i]);
      }
    }
  }

  @Test
  void of_aCard_takesItsRuleAndClassesOrSaysThatThereIsNone() throws Exception {
    ModelCardReader reader = new ModelCardReader();
    NmsCurveSetup own = setup("fast", 7, true, 10);
    NmsCurveSetup centernet =
        own.of(
            reader.read(Path.of("models/centernet-mbv3-coco/model.yaml")),
            Optional.empty(),
            Optional.empty());
    assertThat(centernet.rule()).isEqualTo("hard");
    assertThat(centernet.preNmsTopK()).isEqualTo(1000);
    assertThat(centernet.classes()).isEqualTo(80);
    assertThat(centernet.counts()).containsExactly(10);
    assertThatThrownBy(
            () ->
                own.of(
                    reader.read(Path.of("models/ppocrv3-text-detection/model.yaml")),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no suppression")
        .hasMessageContaining("--nms hard");
  }
}
