package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.postprocess.nms.HardNms.Classes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** A walk that ends early keeps what the definition keeps when it looks at every box. */
class ScoreWalkProperties {

  /** Boxes with ties, NaN scores, no area, corners out of order, and exact copies. */
  private static BoxList boxes(Random random, int count, int classes) {
    float[] corners = Boxes.corners(random, count, random.nextInt(30));
    float[] scores = Boxes.scores(random, count, random.nextBoolean() ? 20 : 100_000);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(40)) {
        case 0 -> scores[i] = Float.NaN;
        case 1 -> corners[4 * i + 2] = corners[4 * i];
        case 2 -> corners[4 * i + 3] = corners[4 * i + 1] - 5;
        case 3 -> System.arraycopy(corners, 4 * random.nextInt(count), corners, 4 * i, 4);
        default -> {
          // an ordinary box
        }
      }
    }
    return Boxes.of(corners, scores, random.ints(count, 0, classes).toArray());
  }

  private static int[] expected(BoxList boxes, float threshold, int topK, int most) {
    List<Integer> order = HardNmsProperties.byScore(boxes);
    return HardNmsProperties.bruteForce(
            boxes, order.subList(0, Math.min(topK, order.size())), threshold)
        .stream()
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Property(tries = 400)
  void run_cutAnywhere_keepsThePrefixOfTheWhole(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 1200) int count,
      @ForAll @IntRange(min = 1, max = 90) int classes,
      @ForAll @FloatRange(min = 0, max = 1) float threshold,
      @ForAll boolean agnostic) {
    Random random = new Random(seed);
    BoxList boxes = boxes(random, count, classes);
    BoxList asTold = agnostic ? oneClass(boxes) : boxes;
    // both sides of the number of kept boxes up to which there is a walk
    for (int most : new int[] {1, 2 + random.nextInt(40), 512, 513, Integer.MAX_VALUE}) {
      int topK = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(1200);
      int[] expected = expected(asTold, threshold, topK, most);
      for (OverlapTest overlaps : HardNmsTest.overlapTests()) {
        HardNms nms =
            new HardNms(
                threshold, agnostic ? Classes.TOGETHER : Classes.APART, topK, most, overlaps);
        assertThat(Boxes.kept(nms, boxes)).containsExactly(expected);
        // and again, with the memory of the last image
        assertThat(Boxes.kept(nms, boxes)).containsExactly(expected);
      }
    }
  }

  private static BoxList oneClass(BoxList boxes) {
    BoxList copy = new BoxList(Math.max(1, boxes.size()));
    for (int i = 0; i < boxes.size(); i++) {
      copy.add(boxes.scores()[i], 0, i);
      copy.box(i, boxes.left()[i], boxes.top()[i], boxes.right()[i], boxes.bottom()[i]);
    }
    return copy;
  }

  @Property(tries = 300)
  void sortBest_anyScores_startsAsTheWholeOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3000) int count,
      @ForAll @IntRange(min = 1, max = 3200) int atLeast) {
    Random random = new Random(seed);
    float[] scores = Boxes.scores(random, count, random.nextBoolean() ? 7 : 100_000);
    for (int i = 0; i < count; i++) {
      float sign = random.nextInt(10) == 0 ? -1 : 1;
      scores[i] = random.nextInt(50) == 0 ? Float.NaN : sign * scores[i];
    }
    int[] whole = new ScoreOrder().sort(scores, count).clone();
    ScoreOrder order = new ScoreOrder();
    int sorted = order.sortBest(scores, count, atLeast);
    assertThat(sorted).isBetween(Math.min(atLeast, count), count);
    assertThat(Arrays.copyOf(order.order(), sorted)).containsExactly(Arrays.copyOf(whole, sorted));
  }

  // 2,000 copies of one box, then one apart: the walk must go on past its first prefixes
  @Example
  void run_keptBoxBehindManyCopies_isFound() {
    float[] corners = new float[4 * 2001];
    float[] scores = new float[2001];
    for (int i = 0; i < 2001; i++) {
      float x = i == 2000 ? 100 : 0;
      corners[4 * i] = x;
      corners[4 * i + 2] = x + 10;
      corners[4 * i + 3] = 10;
      scores[i] = 1 - i / 4000f;
    }
    HardNms nms = new HardNms(.5, false, Integer.MAX_VALUE, 2);
    assertThat(Boxes.kept(nms, Boxes.of(corners, scores))).containsExactly(0, 2000);
  }
}
