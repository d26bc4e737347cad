package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.postprocess.nms.WeightedBoxFusion.Confidence;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The rules in reused memory against the same rules as libraries, a list or an array a call. */
class LibrarySuppressionProperties {

  private static BoxList boxes(Random random, int count) {
    float[] corners = Boxes.corners(random, count, 1 + random.nextInt(12));
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(20)) {
        case 0 -> corners[4 * i + 2] = corners[4 * i];
        case 1 -> corners[4 * i + 3] = corners[4 * i + 1] - 3;
        default -> {
          // an ordinary box
        }
      }
    }
    float[] scores = Boxes.scores(random, count, random.nextBoolean() ? 15 : 100_000);
    return Boxes.of(corners, scores, random.ints(count, 0, 4).toArray());
  }

  private static Suppression rule(NmsMethod method) {
    return Suppression.of(
        new NmsSettings(
            method, .5, .2, false, Integer.MAX_VALUE, Integer.MAX_VALUE, OptionalDouble.empty()));
  }

  private static int[] kept(Suppression rule, BoxList boxes) {
    int count = rule.run(boxes);
    return Arrays.copyOf(rule.kept(), count);
  }

  @Property(tries = 300)
  void run_weightedFusion_isTheFusionOfLists(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int count) {
    Random random = new Random(seed);
    Suppression rule = rule(NmsMethod.WEIGHTED_FUSION);
    for (int image = 0; image < 2; image++) {
      BoxList boxes = boxes(random, count);
      List<Scored> list = new ArrayList<>();
      for (int i : new ScoreOrder().sort(boxes.scores(), count)) {
        if (list.size() < count) {
          list.add(
              new Scored(
                  boxes.left()[i],
                  boxes.top()[i],
                  boxes.right()[i],
                  boxes.bottom()[i],
                  boxes.classIds()[i],
                  boxes.scores()[i]));
        }
      }
      List<Scored> expected =
          new WeightedBoxFusion(.5, .2, Confidence.AVG, false, Double.POSITIVE_INFINITY)
              .fuse(List.of(list), List.of(1.0));
      List<Scored> actual = new ArrayList<>();
      for (int i : kept(rule, boxes)) {
        actual.add(
            new Scored(
                boxes.left()[i],
                boxes.top()[i],
                boxes.right()[i],
                boxes.bottom()[i],
                boxes.classIds()[i],
                boxes.scores()[i]));
      }
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Property(tries = 300)
  void run_openCv_isNMSBoxesBatched(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int count) {
    BoxList boxes = boxes(new Random(seed), count);
    double[] rects = new double[4 * count];
    for (int i = 0; i < count; i++) {
      rects[4 * i] = boxes.left()[i];
      rects[4 * i + 1] = boxes.top()[i];
      rects[4 * i + 2] = (double) boxes.right()[i] - boxes.left()[i];
      rects[4 * i + 3] = (double) boxes.bottom()[i] - boxes.top()[i];
    }
    int[] expected =
        Boxes.keepBatched(
            new OpenCvNms(.2f, .5f, 1, 0),
            rects,
            Arrays.copyOf(boxes.scores(), count),
            Arrays.copyOf(boxes.classIds(), count));
    assertThat(kept(rule(NmsMethod.OPENCV), boxes)).containsExactly(expected);
  }

  @Property(tries = 300)
  void run_openCvSoft_isSoftNMSBoxesOfRoundedBoxesMovedApart(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int count) {
    BoxList boxes = boxes(new Random(seed), count);
    int[] order = new ScoreOrder().sort(boxes.scores(), count).clone();
    double[] rects = new double[4 * count];
    float[] scores = new float[count];
    int[] classIds = new int[count];
    for (int i = 0; i < count; i++) {
      int box = order[i];
      rects[4 * i] = Math.rint(boxes.left()[box]);
      rects[4 * i + 1] = Math.rint(boxes.top()[box]);
      rects[4 * i + 2] = Math.rint((double) boxes.right()[box] - boxes.left()[box]);
      rects[4 * i + 3] = Math.rint((double) boxes.bottom()[box] - boxes.top()[box]);
      scores[i] = boxes.scores()[box];
      classIds[i] = boxes.classIds()[box];
    }
    OpenCvNms.moveApart(rects, classIds, count);
    OpenCvSoftNms rule = new OpenCvSoftNms(.2f, .5f, 0, .5f, true);
    int[] expected = rule.keep(rects, scores);
    int[] kept = kept(rule(NmsMethod.OPENCV_SOFT), boxes);
    assertThat(kept).hasSameSizeAs(expected);
    for (int i = 0; i < kept.length; i++) {
      assertThat(kept[i]).isEqualTo(order[expected[i]]);
      assertThat(boxes.scores()[kept[i]]).isEqualTo(rule.score(expected[i]));
    }
  }

  // 10x10 px, two of them 2 px apart: IoU 2/3, which leaves e^(−(4/9)/0.5) of .8; the same place in
  // another class, and half a pixel less, which rounds away, leave all
  @Example
  void run_openCvSoft_lowersTheScoreOfItsOwnClassAlone() {
    float[] corners = {0, 0, 10, 10, 2, 0, 12, 10, 2.5f, 0, 12.5f, 10};
    BoxList boxes = Boxes.of(corners, new float[] {.9f, .8f, .7f}, 0, 0, 1);
    assertThat(kept(rule(NmsMethod.OPENCV_SOFT), boxes)).containsExactly(0, 2, 1);
    assertThat(boxes.scores()[1]).isCloseTo((float) (.8 * Math.exp(-4.0 / 9 / .5)), within(1e-6f));
    assertThat(boxes.scores()[2]).isEqualTo(.7f);
  }

  @Property(tries = 300)
  void run_onnx_isTheOperatorClassByClass(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int count) {
    BoxList boxes = boxes(new Random(seed), count);
    List<Integer> expected = new ArrayList<>();
    for (int classId = 0; classId < 4; classId++) {
      List<Integer> members = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (boxes.classIds()[i] == classId) {
          members.add(i);
        }
      }
      float[] corners = new float[4 * members.size()];
      float[] scores = new float[members.size()];
      for (int m = 0; m < scores.length; m++) {
        corners[4 * m] = boxes.top()[members.get(m)];
        corners[4 * m + 1] = boxes.left()[members.get(m)];
        corners[4 * m + 2] = boxes.bottom()[members.get(m)];
        corners[4 * m + 3] = boxes.right()[members.get(m)];
        scores[m] = boxes.scores()[members.get(m)];
      }
      new OnnxNms(false, Integer.MAX_VALUE, .5f, OptionalDouble.empty())
          .run(corners, scores, 1, 1, scores.length)
          .forEach(selected -> expected.add(members.get(selected.box())));
    }
    expected.sort(
        Comparator.<Integer>comparingDouble(i -> -boxes.scores()[i])
            .thenComparing(Comparator.naturalOrder()));
    assertThat(kept(rule(NmsMethod.ONNX), boxes))
        .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
  }
}
