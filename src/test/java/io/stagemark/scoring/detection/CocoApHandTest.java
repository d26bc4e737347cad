package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** COCO's rules one by one, on cases worked by hand. */
final class CocoApHandTest {
  private static final double PERFECT = 0.9999999999999998; // pycocotools' own rounding of 1

  private static CocoDetection found(double x, double width, double score) {
    return new CocoDetection(x, 0, width, 100, 1, score);
  }

  private static CocoTruth right(double x, double width, boolean crowd) {
    return new CocoTruth(x, 0, width, 100, 1, width * 100, crowd);
  }

  private static CocoResult one(List<CocoDetection> detections, List<CocoTruth> truths) {
    CocoAp evaluation = new CocoAp();
    evaluation.addCoco("1", detections, truths);
    return evaluation.result();
  }

  // two detections lie inside a crowd region of twice their width: neither found nor held against
  @Test
  void crowd_detectionsInside_areForgivenAsOftenAsTheyCome() {
    CocoResult result =
        one(
            List.of(found(0, 100, .5), found(300, 40, .9), found(340, 40, .8)),
            List.of(right(0, 100, false), right(300, 100, true)));
    assertThat(result.figures().ap()).isCloseTo(1, within(1e-15));
    assertThat(result.categories().get(0).truths()).isEqualTo(1);
  }

  // the same detections beside the region are false positives above the hit: precision 1/3
  @Test
  void crowd_detectionsOutside_areHeldAgainst() {
    CocoResult result =
        one(
            List.of(found(0, 100, .5), found(500, 40, .9), found(540, 40, .8)),
            List.of(right(0, 100, false), right(300, 100, true)));
    assertThat(result.figures().ap()).isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void crowdAlone_isUndefined() {
    CocoResult result = one(List.of(found(0, 50, .5)), List.of(right(0, 100, true)));
    assertThat(result.figures().byName().values()).containsOnly(-1.0);
    assertThat(result.apByThreshold()).containsOnly(-1.0);
  }

  // IoU 50/150 = 1/3 with the object but 1/2 inside the crowd: the object is below the threshold
  @Test
  void crowd_isTakenOnlyWhereNoObjectPasses() {
    CocoResult result =
        one(List.of(found(50, 100, .9)), List.of(right(0, 100, false), right(100, 100, true)));
    assertThat(result.figures().ap50()).isZero();
    // the object passes where it overlaps more, although the crowd overlaps it wholly
    CocoResult hit =
        one(List.of(found(0, 100, .9)), List.of(right(0, 200, true), right(0, 95, false)));
    assertThat(hit.figures().ap50()).isCloseTo(1, within(1e-15));
  }

  @Test
  void noImages_areUndefined() {
    CocoResult result = new CocoAp().result();
    assertThat(result.figures().ap()).isEqualTo(CocoFigures.UNDEFINED);
    assertThat(result.categories()).isEmpty();
    assertThat(result.apByThreshold()).hasSize(10);
  }

  @Test
  void objectsWithoutDetections_areZero() {
    CocoResult result = one(List.of(), List.of(right(0, 100, false)));
    assertThat(result.figures().ap()).isZero();
    assertThat(result.figures().ar1()).isZero();
    assertThat(result.figures().ar100()).isZero();
  }

  // IoU .8 with the only object: found at .50 … .80, seven of ten thresholds
  @Test
  void apByThreshold_overlapOfFourFifths_fallsAtTheEighth() {
    CocoResult result = one(List.of(found(0, 80, .9)), List.of(right(0, 100, false)));
    List<Double> byThreshold = result.apByThreshold();
    assertThat(byThreshold.subList(0, 7)).allMatch(ap -> ap > .999);
    assertThat(byThreshold.subList(7, 10)).containsOnly(0.0);
    assertThat(result.figures().ap()).isCloseTo(.7, within(1e-15));
    assertThat(result.figures().ap75()).isCloseTo(1, within(1e-15));
    assertThat(result.figures().ar100()).isCloseTo(.7, within(1e-15));
    assertThat(result.categories().get(0).apByThreshold()).isEqualTo(byThreshold);
  }

  // The surest detection is wrong, the second finds one of two objects: precision 1/2 up to recall
  // 1/2, which the points 0, .01, … .50 do not exceed, and 0 at the 50 points above it.
  @Test
  void precision_oneOfTwoFoundBehindAMiss_isAHalfUpToRecallOneHalf() {
    CocoResult result =
        one(
            List.of(found(500, 100, .9), found(0, 100, .8)),
            List.of(right(0, 100, false), right(200, 100, false)));
    List<Double> curve = result.precision().at50();
    assertThat(curve).hasSize(101);
    assertThat(curve.subList(0, 51)).allSatisfy(p -> assertThat(p).isCloseTo(.5, within(1e-15)));
    assertThat(curve.subList(51, 101)).containsOnly(0.0);
    assertThat(mean(curve)).isCloseTo(51 * .5 / 101, within(1e-15));
    assertThat(result.figures().ap50()).isCloseTo(mean(curve), within(1e-15));
  }

  // IoU .6 with the only object: found at .50, .55 and .60, not at .75
  @Test
  void precision_overlapOfSixTenths_dependsOnTheThreshold() {
    CocoPrecision curves =
        one(List.of(found(0, 60, .9)), List.of(right(0, 100, false))).precision();
    assertThat(curves.at50()).allSatisfy(p -> assertThat(p).isCloseTo(1, within(1e-15)));
    assertThat(curves.at75()).hasSize(101).containsOnly(0.0);
    assertThat(curves.at50To95()).allSatisfy(p -> assertThat(p).isCloseTo(.3, within(1e-15)));
  }

  // class 1 is found, class 2 is not: the mean is 1/2 at every point; class 3 has no object
  @Test
  void precision_ofCategories_isTheirMeanWithoutThoseThatHaveNoObject() {
    CocoResult result =
        one(
            List.of(found(0, 100, .9), new CocoDetection(0, 0, 10, 10, 3, .9)),
            List.of(right(0, 100, false), new CocoTruth(300, 0, 50, 50, 2, 2500, false)));
    assertThat(result.precision().at50())
        .hasSize(101)
        .allSatisfy(p -> assertThat(p).isCloseTo(.5, within(1e-15)));
    assertThat(result.categories().get(1).precision().at50()).hasSize(101).containsOnly(0.0);
    assertThat(result.categories().get(2).precision().at50()).isEmpty();
  }

  @Test
  void precision_withoutAnObject_isEmpty() {
    CocoPrecision curves = one(List.of(found(0, 50, .5)), List.of(right(0, 100, true))).precision();
    assertThat(curves.at50()).isEmpty();
    assertThat(curves.at75()).isEmpty();
    assertThat(curves.at50To95()).isEmpty();
  }

  private static double mean(List<Double> curve) {
    return curve.stream().mapToDouble(p -> p).average().orElseThrow();
  }

  @Test
  void categories_areReportedApartAndAveraged() {
    CocoAp evaluation = new CocoAp();
    Box box = new Box(0, 0, 10, 10);
    evaluation.add(
        "a",
        List.of(new Detection(box, 7, .5), new Detection(box, 9, .5)),
        List.of(new Annotation(box, 3, 100, false), new Annotation(box, 7, 100, false)));
    CocoResult result = evaluation.result();

    assertThat(result.categories()).extracting(CocoResult.Category::id).containsExactly(3, 7, 9);
    assertThat(result.categories())
        .extracting(CocoResult.Category::truths)
        .containsExactly(1, 1, 0);
    assertThat(result.categories().get(0).figures().ap()).isZero();
    assertThat(result.categories().get(1).figures().ap()).isEqualTo(PERFECT);
    assertThat(result.categories().get(2).figures().ap()).isEqualTo(-1);
    assertThat(result.figures().ap()).isCloseTo(.5, within(1e-15));
    assertThat(result.figures().apSmall()).isCloseTo(.5, within(1e-15));
    assertThat(result.figures().apLarge()).isEqualTo(-1);
    assertThat(result.figures().arSmall()).isEqualTo(.5);
  }

  // an area of exactly 32² is small and medium, of 96² medium and large
  @Test
  void areaOnAnEdge_belongsToBothRanges() {
    CocoFigures small =
        one(
                List.of(new CocoDetection(0, 0, 32, 32, 1, .5)),
                List.of(new CocoTruth(0, 0, 32, 32, 1, 1024, false)))
            .figures();
    assertThat(small.apSmall()).isEqualTo(PERFECT);
    assertThat(small.apMedium()).isEqualTo(PERFECT);
    assertThat(small.apLarge()).isEqualTo(-1);
    CocoFigures large =
        one(
                List.of(new CocoDetection(0, 0, 96, 96, 1, .5)),
                List.of(new CocoTruth(0, 0, 96, 96, 1, 9216, false)))
            .figures();
    assertThat(large.arSmall()).isEqualTo(-1);
    assertThat(large.arMedium()).isEqualTo(1);
    assertThat(large.arLarge()).isEqualTo(1);
  }

  // a miss and a hit of one score in two images: the lower id's comes first
  @Test
  void equalScores_areTakenByImageId() {
    for (String[] ids : new String[][] {{"2", "10"}, {"10", "b"}, {"a", "b"}, {"-1", "2"}}) {
      CocoAp hitFirst = new CocoAp();
      hitFirst.addCoco(ids[1], List.of(found(500, 10, .5)), List.of());
      hitFirst.addCoco(ids[0], List.of(found(0, 100, .5)), List.of(right(0, 100, false)));
      assertThat(hitFirst.result().figures().ap()).as(ids[0]).isEqualTo(PERFECT);
      CocoAp missFirst = new CocoAp();
      missFirst.addCoco(ids[1], List.of(found(0, 100, .5)), List.of(right(0, 100, false)));
      missFirst.addCoco(ids[0], List.of(found(500, 10, .5)), List.of());
      assertThat(missFirst.result().figures().ap()).as(ids[0]).isEqualTo(.5);
    }
  }

  // within an image the earlier of two equal scores takes the object
  @Test
  void equalScoresInAnImage_keepTheirOrder() {
    CocoResult first =
        one(List.of(found(0, 100, .5), found(500, 9, .5)), List.of(right(0, 100, false)));
    CocoResult last =
        one(List.of(found(500, 9, .5), found(0, 100, .5)), List.of(right(0, 100, false)));
    assertThat(first.figures().ap()).isEqualTo(PERFECT);
    assertThat(last.figures().ap()).isEqualTo(.5);
    assertThat(last.figures().ar1()).isZero();
    assertThat(last.figures().ar10()).isEqualTo(1);
  }

  @Test
  void nanScore_comesLast() {
    CocoResult result =
        one(List.of(found(500, 9, Double.NaN), found(0, 100, -1)), List.of(right(0, 100, false)));
    assertThat(result.figures().ap()).isEqualTo(PERFECT);
    assertThat(CocoMatcher.descending(Double.NaN, 1)).isPositive();
    assertThat(CocoMatcher.descending(1, Double.NaN)).isNegative();
    assertThat(CocoMatcher.descending(Double.NaN, Double.NaN)).isZero();
    assertThat(CocoMatcher.descending(0.0, -0.0)).isZero();
    assertThat(CocoMatcher.descending(2, 1)).isNegative();
    assertThat(CocoMatcher.descending(1, 2)).isPositive();
  }

  // 12 misses before the hit: out of the first 1 and 10, in the first 100; at rank 101 out of all
  @Test
  void mostDetections_cutAtOneTenAndAHundred() {
    for (int misses : new int[] {0, 1, 9, 10, 99, 100}) {
      List<CocoDetection> detections = new ArrayList<>();
      for (int i = 0; i < misses; i++) {
        detections.add(found(500 + i, 9, .9));
      }
      detections.add(found(0, 100, .5));
      CocoFigures figures = one(detections, List.of(right(0, 100, false))).figures();
      assertThat(figures.ar1()).as("%d", misses).isEqualTo(misses < 1 ? 1 : 0);
      assertThat(figures.ar10()).as("%d", misses).isEqualTo(misses < 10 ? 1 : 0);
      assertThat(figures.ar100()).as("%d", misses).isEqualTo(misses < 100 ? 1 : 0);
    }
  }

  @Test
  void add_sameImageTwice_isRefused() {
    CocoAp evaluation = new CocoAp();
    evaluation.add("7", List.of(), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluation.add("7", List.of(), List.of()))
        .withMessageContaining("'7'");
  }

  // 40 images of one object each, every second found: more than the first growth of the store
  @Test
  void manyImages_areAllKept() {
    CocoAp evaluation = new CocoAp();
    for (int n = 0; n < 40; n++) {
      List<CocoDetection> detections =
          n % 2 == 0 ? List.of(found(0, 100, 1 - n / 100.0)) : List.of(found(300, 5, .01));
      evaluation.addCoco(Integer.toString(n), detections, List.of(right(0, 100, false)));
    }
    // recall ends at .5 with precision 1: points 0 … .50, that is 51 of 101
    assertThat(evaluation.result().figures().ap()).isCloseTo(51 / 101.0, within(1e-15));
    assertThat(evaluation.result().figures().ar1()).isEqualTo(.5);
  }
}
