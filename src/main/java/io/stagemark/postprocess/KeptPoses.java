package io.stagemark.postprocess;

import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.postprocess.decoder.PosePoints;
import io.stagemark.postprocess.nms.BoxList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The key points of one slot in source pixels. Memory is reused. */
final class KeptPoses {
  private static final int NUMBERS = 3;

  private double[] numbers = new double[0];
  private int points;

  /** Maps the key points of the kept boxes back to the source image and clips them to it. */
  void set(
      PosePoints head,
      IntFunction<Tensor> outputs,
      int slot,
      BoxList boxes,
      int[] kept,
      int count,
      Geometry geometry) {
    points = head.points();
    int needed = Math.multiplyExact(NUMBERS * points, count);
    if (numbers.length < needed) {
      numbers = new double[Math.max(needed, 2 * numbers.length)];
    }
    int at = 0;
    for (int i = 0; i < count; i++) {
      int source = boxes.sources()[kept[i]];
      for (int p = 0; p < points; p++) {
        int first = p * head.numbers();
        double x = head.values().value(outputs, slot, source, first) * head.scaleX();
        double y = head.values().value(outputs, slot, source, first + 1) * head.scaleY();
        numbers[at++] = clip(geometry.sourceX(x), geometry.sourceWidthPx());
        numbers[at++] = clip(geometry.sourceY(y), geometry.sourceHeightPx());
        numbers[at++] =
            head.numbers() < NUMBERS ? 1 : head.values().value(outputs, slot, source, first + 2);
      }
    }
  }

  private static double clip(double value, double limit) {
    return Math.min(Math.max(value, 0), limit);
  }

  /** Returns the key points of a kept box. */
  ObjectPose pose(int index) {
    List<KeyPoint> all = new ArrayList<>(points);
    for (int p = 0; p < points; p++) {
      int at = (index * points + p) * NUMBERS;
      all.add(new KeyPoint(numbers[at], numbers[at + 1], numbers[at + 2]));
    }
    return new ObjectPose(all);
  }
}
