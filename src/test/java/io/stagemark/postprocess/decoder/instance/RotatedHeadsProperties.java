package io.stagemark.postprocess.decoder.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.object.ConvexOverlap;
import io.stagemark.data.object.SmallestRectangle;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.nms.NmsMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Rotated boxes of random tensors against plain loops. */
final class RotatedHeadsProperties {
  private static final int CLASSES = 3;
  private static final int WIDTH = 4 + CLASSES + 1;
  private static final double SCORE = 0.3;
  private static final double IOU = 0.4;

  /** Letterboxed by 2, with 10 px above. */
  private static final Geometry GEOMETRY = new Geometry(300, 200, 2, 2, 0, 10);

  @SuppressWarnings("ArrayRecordComponent") // is not compared
  private record Plain(int classId, float score, double[] rectangle, double[] corners) {}

  private static Tensor random(Random random, int count) {
    TensorSpec spec =
        new TensorSpec("out", ElementType.FLOAT32, List.of(1L, (long) WIDTH, (long) count));
    Tensor tensor = Tensor.allocate(spec);
    for (int i = 0; i < count; i++) {
      set(tensor, count, 0, i, 100 + 200 * random.nextFloat());
      set(tensor, count, 1, i, 100 + 200 * random.nextFloat());
      set(tensor, count, 2, i, 20 + 150 * random.nextFloat());
      set(tensor, count, 3, i, 10 + 60 * random.nextFloat());
      for (int c = 0; c < CLASSES; c++) {
        set(tensor, count, 4 + c, i, random.nextFloat());
      }
      set(tensor, count, 4 + CLASSES, i, 4 * random.nextFloat() - 2);
    }
    return tensor;
  }

  private static void set(Tensor tensor, int count, int row, int i, float value) {
    tensor.floats().put(row * count + i, value);
  }

  private static double[] corners(double[] r) {
    double cos = Math.cos(r[4]);
    double sin = Math.sin(r[4]);
    double[] all = new double[8];
    double[][] signs = {{.5, .5}, {.5, -.5}, {-.5, -.5}, {-.5, .5}};
    for (int i = 0; i < 4; i++) {
      all[2 * i] = r[0] + signs[i][0] * r[2] * cos - signs[i][1] * r[3] * sin;
      all[2 * i + 1] = r[1] + signs[i][0] * r[2] * sin + signs[i][1] * r[3] * cos;
    }
    return all;
  }

  /** As the paper writes it, by matrices: no code is shared with the program. */
  private static double probabilistic(double[] p, double[] q) {
    double[] s = covariance(p);
    double[] t = covariance(q);
    double a = s[0] + t[0];
    double b = s[1] + t[1];
    double c = s[2] + t[2];
    double dx = p[0] - q[0];
    double dy = p[1] - q[1];
    double inverse = (b * dx * dx - 2 * c * dx * dy + a * dy * dy) / (a * b - c * c);
    double shapes =
        Math.log(
            (a * b - c * c)
                / 4
                / Math.sqrt((s[0] * s[1] - s[2] * s[2]) * (t[0] * t[1] - t[2] * t[2])));
    return 1 - Math.sqrt(Math.max(0, 1 - Math.exp(-inverse / 4 - shapes / 2)));
  }

  private static double[] covariance(double[] r) {
    double cos = Math.cos(r[4]);
    double sin = Math.sin(r[4]);
    double w = r[2] * r[2] / 12;
    double h = r[3] * r[3] / 12;
    return new double[] {
      w * cos * cos + h * sin * sin, w * sin * sin + h * cos * cos, (w - h) * cos * sin
    };
  }

  private static List<Plain> expected(Tensor tensor, int count, NmsMethod method) {
    List<Plain> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int best = 0;
      for (int c = 1; c < CLASSES; c++) {
        if (at(tensor, count, 4 + c, i) > at(tensor, count, 4 + best, i)) {
          best = c;
        }
      }
      if (at(tensor, count, 4 + best, i) > (float) SCORE) {
        double[] r = new double[5];
        for (int k = 0; k < 4; k++) {
          r[k] = at(tensor, count, k, i);
        }
        r[4] = at(tensor, count, 4 + CLASSES, i);
        candidates.add(new Plain(best, at(tensor, count, 4 + best, i), r, corners(r)));
      }
    }
    candidates.sort(Comparator.comparing(Plain::score).reversed());
    List<Plain> kept = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Plain one = candidates.get(i);
      List<Plain> better = method == NmsMethod.HARD ? kept : candidates.subList(0, i);
      if (better.stream().noneMatch(it -> it.classId() == one.classId() && meet(it, one, method))) {
        kept.add(one);
      }
    }
    return kept;
  }

  private static boolean meet(Plain a, Plain b, NmsMethod method) {
    if (method == NmsMethod.ULTRALYTICS) {
      return probabilistic(a.rectangle(), b.rectangle()) >= IOU;
    }
    double iou = new ConvexOverlap().iou(a.corners(), b.corners());
    return method == NmsMethod.FAST ? iou >= IOU : iou > IOU;
  }

  private static float at(Tensor tensor, int count, int row, int i) {
    return tensor.floats().get(row * count + i);
  }

  @Property(tries = 60)
  void detections_randomTensors_areThoseOfPlainLoops(@ForAll long seed) {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(60);
    Tensor tensor = random(random, count);
    for (NmsMethod method : List.of(NmsMethod.HARD, NmsMethod.FAST, NmsMethod.ULTRALYTICS)) {
      BoxPostprocessor boxes =
          BoxPostprocessor.create(
              new DecoderSettings(
                  "yolov8-obb",
                  SCORE,
                  IOU,
                  1000,
                  300,
                  Map.of(),
                  method,
                  OptionalDouble.empty(),
                  false,
                  false,
                  List.of()),
              CLASSES,
              List.of(tensor.spec()),
              640,
              640);
      boxes.run(i -> tensor, 0, GEOMETRY);
      List<Detection> found = boxes.detections(0);
      List<Plain> plain = expected(tensor, count, method);
      assertThat(found).as(method.name()).hasSameSizeAs(plain);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).classId()).isEqualTo(plain.get(i).classId());
        assertThat(found.get(i).score()).isEqualTo(plain.get(i).score());
        double[] corners = SmallestRectangle.numbers(found.get(i).outline().orElseThrow());
        for (int c = 0; c < 8; c += 2) {
          double x = GEOMETRY.sourceX(plain.get(i).corners()[c]);
          double y = GEOMETRY.sourceY(plain.get(i).corners()[c + 1]);
          assertThat(corners[c]).isCloseTo(x, within(1e-3));
          assertThat(corners[c + 1]).isCloseTo(y, within(1e-3));
        }
      }
    }
  }
}
