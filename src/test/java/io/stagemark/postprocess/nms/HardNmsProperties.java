package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

class HardNmsProperties {

  /** Greedy NMS as the definition reads: no grid, no vectors, no memory kept. */
  static List<Integer> bruteForce(BoxList boxes, List<Integer> order, float threshold) {
    List<Integer> kept = new ArrayList<>();
    for (int i : order) {
      if (kept.stream()
          .noneMatch(
              k -> boxes.classIds()[k] == boxes.classIds()[i] && iou(boxes, k, i) > threshold)) {
        kept.add(i);
      }
    }
    return kept;
  }

  static List<Integer> byScore(BoxList boxes) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> Float.compare(boxes.scores()[b], boxes.scores()[a]));
    return order;
  }

  private static float iou(BoxList boxes, int i, int j) {
    float width =
        Math.min(boxes.right()[i], boxes.right()[j]) - Math.max(boxes.left()[i], boxes.left()[j]);
    float height =
        Math.min(boxes.bottom()[i], boxes.bottom()[j]) - Math.max(boxes.top()[i], boxes.top()[j]);
    float intersection = Math.max(width, 0) * Math.max(height, 0);
    return intersection / (area(boxes, i) + area(boxes, j) - intersection);
  }

  private static float area(BoxList boxes, int i) {
    return (boxes.right()[i] - boxes.left()[i]) * (boxes.bottom()[i] - boxes.top()[i]);
  }

  @Property(tries = 300)
  void run_anyBoxes_keepsWhatBruteForceKeeps(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 1500) int count,
      @ForAll @IntRange(min = 0, max = 60) int clusters,
      @ForAll @FloatRange(min = 0, max = 1) float threshold) {
    Random random = new Random(seed);
    float[] corners = Boxes.corners(random, count, clusters);
    int[] classes = random.ints(count, 0, 1 + random.nextInt(4)).toArray();
    BoxList boxes = Boxes.of(corners, Boxes.scores(random, count, 500), classes);
    int[] expected =
        bruteForce(boxes, byScore(boxes), threshold).stream().mapToInt(Integer::intValue).toArray();
    for (OverlapTest overlaps : HardNmsTest.overlapTests()) {
      HardNms nms =
          new HardNms(
              threshold, HardNms.Classes.APART, Integer.MAX_VALUE, Integer.MAX_VALUE, overlaps);
      assertThat(Boxes.kept(nms, boxes)).containsExactly(expected);
    }
  }

  @Property(tries = 100)
  void run_ofItsOwnResult_changesNothing(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 500) int count) {
    Random random = new Random(seed);
    BoxList boxes = Boxes.of(Boxes.corners(random, count, 20), Boxes.scores(random, count, 1000));
    HardNms nms = new HardNms(.5, false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    int[] kept = Boxes.kept(nms, boxes);
    BoxList again = new BoxList(1);
    for (int k : kept) {
      again.add(boxes.scores()[k], 0, k);
      again.box(
          again.size() - 1, boxes.left()[k], boxes.top()[k], boxes.right()[k], boxes.bottom()[k]);
    }
    assertThat(Boxes.kept(nms, again)).hasSize(kept.length).isSorted();
  }
}
