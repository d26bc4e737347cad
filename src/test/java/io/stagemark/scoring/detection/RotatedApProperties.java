package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.object.Outline;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** AP of rotated boxes against plain loops, whose overlaps are those of the JDK's areas. */
final class RotatedApProperties {

  /** A rectangle by its corners; the score of a true one plays no part. */
  @SuppressWarnings("ArrayRecordComponent") // is not compared
  private record Plain(int image, int category, double score, double[] corners) {}

  private static Plain plain(Random random, int image, double score) {
    double x = 40 + random.nextInt(60);
    double y = 40 + random.nextInt(60);
    double width = 30 + random.nextInt(30);
    double height = 12 + random.nextInt(20);
    return new Plain(
        image, random.nextInt(2), score, corners(x, y, width, height, 3 * random.nextDouble()));
  }

  private static double[] corners(double x, double y, double width, double height, double angle) {
    double[][] signs = {{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}};
    double[] all = new double[8];
    for (int i = 0; i < 4; i++) {
      double along = signs[i][0] * width;
      double across = signs[i][1] * height;
      all[2 * i] = x + along * Math.cos(angle) - across * Math.sin(angle);
      all[2 * i + 1] = y + along * Math.sin(angle) + across * Math.cos(angle);
    }
    return all;
  }

  /** A detection near a true rectangle: moved by a part of a pixel to several. */
  private static Plain near(Random random, Plain truth, double score) {
    double dx = 6 * random.nextDouble();
    double dy = 4 * random.nextDouble();
    double[] moved = truth.corners().clone();
    for (int i = 0; i < 8; i += 2) {
      moved[i] += dx;
      moved[i + 1] += dy;
    }
    return new Plain(truth.image(), truth.category(), score, moved);
  }

  private static double overlap(double[] a, double[] b) {
    Area both = area(a);
    both.intersect(area(b));
    double common = size(both);
    return common / (size(area(a)) + size(area(b)) - common);
  }

  private static Area area(double[] corners) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < 8; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return new Area(path);
  }

  /** The shoelace formula over a convex area's one ring. */
  private static double size(Area area) {
    List<double[]> ring = new ArrayList<>();
    for (PathIterator it = area.getPathIterator(null); !it.isDone(); it.next()) {
      double[] point = new double[6];
      if (it.currentSegment(point) != PathIterator.SEG_CLOSE) {
        ring.add(point);
      }
    }
    double twice = 0;
    for (int i = 0; i < ring.size(); i++) {
      double[] p = ring.get(i);
      double[] q = ring.get((i + 1) % ring.size());
      twice += p[0] * q[1] - q[0] * p[1];
    }
    return Math.abs(twice) / 2;
  }

  /** Greedy matching, best score first, and the precision at 101 recalls. */
  private static double precision(
      List<Plain> found, List<Plain> truths, int category, double threshold) {
    List<Plain> sorted =
        found.stream()
            .filter(it -> it.category() == category)
            .sorted(Comparator.comparing(Plain::score).reversed())
            .toList();
    List<Plain> open =
        new ArrayList<>(truths.stream().filter(it -> it.category() == category).toList());
    int objects = open.size();
    double[] recall = new double[sorted.size()];
    double[] precision = new double[sorted.size()];
    int hits = 0;
    for (int i = 0; i < sorted.size(); i++) {
      Plain one = sorted.get(i);
      Plain best = null;
      double most = threshold;
      for (Plain truth : open) {
        double iou = truth.image() == one.image() ? overlap(one.corners(), truth.corners()) : -1;
        if (iou >= most) {
          most = iou;
          best = truth;
        }
      }
      if (best != null) {
        open.remove(best);
        hits++;
      }
      recall[i] = hits / (double) objects;
      precision[i] = hits / (i + 1.0);
    }
    double sum = 0;
    // the recalls are NumPy's, of which one is 70 * 0.01 > 0.7
    for (int point = 0; point <= 100; point++) {
      double highest = 0;
      for (int i = 0; i < sorted.size(); i++) {
        highest = recall[i] >= point * 0.01 ? Math.max(highest, precision[i]) : highest;
      }
      sum += highest;
    }
    return sum / 101;
  }

  private static RotatedBox box(Plain plain) {
    List<Outline.Corner> corners = new ArrayList<>();
    for (int i = 0; i < 8; i += 2) {
      corners.add(new Outline.Corner(plain.corners()[i], plain.corners()[i + 1]));
    }
    return RotatedBox.of(new Outline(corners));
  }

  @Property(tries = 60)
  void ap_randomRectangles_isThatOfPlainLoops(
      @ForAll @IntRange(min = 1, max = 6) int images, @ForAll long seed) {
    Random random = new Random(seed);
    List<Plain> truths = new ArrayList<>();
    List<Plain> found = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        Plain truth = plain(random, image, 0);
        truths.add(truth);
        found.add(near(random, truth, random.nextDouble()));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        found.add(plain(random, image, random.nextDouble()));
      }
    }
    CocoAp evaluation = new CocoAp();
    for (int image = 0; image < images; image++) {
      int id = image;
      evaluation.addCoco(
          Integer.toString(image),
          found.stream()
              .filter(it -> it.image() == id)
              .map(it -> new CocoDetection(it.category(), it.score(), box(it)))
              .toList(),
          truths.stream()
              .filter(it -> it.image() == id)
              .map(
                  it ->
                      new CocoTruth(0, 0, 0, 0, it.category(), box(it).areaPx(), false)
                          .with(box(it)))
              .toList());
    }
    List<Integer> categories = truths.stream().map(Plain::category).distinct().toList();
    double ap = 0;
    double ap50 = 0;
    for (int category : categories) {
      ap50 += precision(found, truths, category, 0.5) / categories.size();
      for (int step = 0; step < 10; step++) {
        double threshold = (50 + 5 * step) / 100.0;
        ap += precision(found, truths, category, threshold) / categories.size() / 10;
      }
    }
    CocoFigures figures = evaluation.result().figures();
    double none = categories.isEmpty() ? CocoFigures.UNDEFINED : 0;
    assertThat(figures.ap()).isCloseTo(ap + none, within(1e-9));
    assertThat(figures.ap50()).isCloseTo(ap50 + none, within(1e-9));
  }
}
