package io.stagemark.bench;

import io.stagemark.postprocess.nms.BoxList;
import java.util.Arrays;
import java.util.Random;
import org.opencv.core.Rect2d;

/**
 * The same boxes in a 640x640 image for our rules and for OpenCV's; seeded.
 *
 * @param list corners, scores and classes
 * @param rects x, y, width, height
 */
record BenchmarkBoxes(BoxList list, Rect2d[] rects) {
  private static final int OBJECTS = 40;

  /**
   * Makes boxes.
   *
   * @param clustered around 40 objects, shaken by a tenth of their size; otherwise spread evenly
   */
  static BenchmarkBoxes of(int count, boolean clustered, int classes) {
    Random random = new Random(1);
    float[] objects = new float[4 * OBJECTS];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = random.nextFloat();
    }
    Rect2d[] rects = new Rect2d[count];
    BoxList list = new BoxList(count);
    for (int i = 0; i < count; i++) {
      int object = random.nextInt(OBJECTS);
      float width = 20 + 100 * (clustered ? objects[4 * object] : random.nextFloat());
      float height = 20 + 100 * (clustered ? objects[4 * object + 1] : random.nextFloat());
      float x = 520 * (clustered ? objects[4 * object + 2] : random.nextFloat());
      float y = 520 * (clustered ? objects[4 * object + 3] : random.nextFloat());
      if (clustered) {
        x += width * (float) random.nextGaussian() / 10;
        y += height * (float) random.nextGaussian() / 10;
      }
      float score = random.nextFloat();
      int classId = clustered ? object % classes : random.nextInt(classes);
      rects[i] = new Rect2d(x, y, width, height);
      list.add(score, classId, i);
      list.box(i, x, y, x + width, y + height);
    }
    return new BenchmarkBoxes(list, rects);
  }

  float[] scores() {
    return Arrays.copyOf(list.scores(), list.size());
  }

  int[] classIds() {
    return Arrays.copyOf(list.classIds(), list.size());
  }

  /** Writes the boxes into another list. */
  void into(BoxList other) {
    other.clear();
    for (int i = 0; i < list.size(); i++) {
      other.add(list.scores()[i], list.classIds()[i], list.sources()[i]);
      other.box(i, list.left()[i], list.top()[i], list.right()[i], list.bottom()[i]);
    }
  }
}
