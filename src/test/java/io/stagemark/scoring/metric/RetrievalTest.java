package io.stagemark.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RetrievalTest {
  private final SplittableRandom random = new SplittableRandom(20261201);

  private record Point(double[] place, int classId) {}

  private List<Point> points(int count, int classes, int length) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int classId = random.nextInt(classes);
      double[] place = new double[length];
      for (int d = 0; d < length; d++) {
        place[d] = (float) (random.nextGaussian() + (d == classId ? 1 : 0));
      }
      points.add(new Point(place, classId));
    }
    return points;
  }

  private static Retrieval of(List<Point> points) {
    Retrieval retrieval = new Retrieval();
    points.forEach(point -> retrieval.add(point.place(), point.classId()));
    return retrieval;
  }

  /** Sorts all others by similarity and looks at the first k, as the papers put it. */
  private static double bySorting(List<Point> points, int k) {
    int hits = 0;
    int queries = 0;
    for (Point query : points) {
      List<Point> others = new ArrayList<>(points);
      others.removeIf(other -> other == query);
      if (others.stream().noneMatch(other -> other.classId() == query.classId())) {
        continue;
      }
      queries++;
      others.sort(Comparator.comparingDouble((Point other) -> -cosine(query, other)));
      hits +=
          others.subList(0, Math.min(k, others.size())).stream()
                  .anyMatch(other -> other.classId() == query.classId())
              ? 1
              : 0;
    }
    return (double) hits / queries;
  }

  private static double cosine(Point a, Point b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.place().length; i++) {
      ab += a.place()[i] * b.place()[i];
      aa += a.place()[i] * a.place()[i];
      bb += b.place()[i] * b.place()[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void recallAt_randomPoints_isThatOfSorting() {
    for (int round = 0; round < 30; round++) {
      List<Point> points = points(2 + random.nextInt(60), 1 + random.nextInt(12), 8);
      Retrieval retrieval = of(points);
      for (int k : new int[] {1, 2, 5, 10}) {
        double expected = bySorting(points, k);
        if (Double.isNaN(expected)) {
          assertThat(retrieval.recallAt(k)).isNaN();
        } else {
          assertThat(retrieval.recallAt(k)).as("k = %d", k).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void add_partsInAnyOrder_areTheWhole() throws Exception {
    List<Point> points = points(40, 6, 5);
    Retrieval whole = of(points);
    Retrieval merged = new Retrieval();
    for (List<Point> part : List.of(points.subList(25, 40), points.subList(0, 25))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      of(part).write(new DataOutputStream(bytes));
      merged.add(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
    IntStream.of(1, 5, 10)
        .forEach(k -> assertThat(merged.recallAt(k)).isEqualTo(whole.recallAt(k)));
    assertThat(merged.queries()).isEqualTo(whole.queries());
  }

  // A model that gives one point for everything, and one of nothing but zeros, find nothing.
  @Test
  void recallAt_oneAnswerForEverything_isZero() {
    for (double number : new double[] {0, 1}) {
      List<Point> points =
          IntStream.range(0, 40).mapToObj(i -> new Point(new double[] {number}, i % 2)).toList();
      assertThat(of(points).recallAt(1)).isZero();
      assertThat(of(points).recallAt(19)).isZero();
    }
  }

  @Test
  void add_whatIsNoEmbedding_isRefused() {
    Retrieval retrieval = new Retrieval();
    retrieval.add(new double[] {1, 2}, 0);
    assertThatThrownBy(() -> retrieval.add(new double[] {1}, 0)).hasMessageContaining("one length");
    assertThatThrownBy(() -> retrieval.add(new double[] {1, Double.NaN}, 0))
        .hasMessageContaining("must be finite");
    assertThatThrownBy(() -> retrieval.recallAt(0)).hasMessageContaining("at least 1");
    assertThat(retrieval.queries()).isZero();
    assertThat(retrieval.recallAt(1)).isNaN();
  }
}
