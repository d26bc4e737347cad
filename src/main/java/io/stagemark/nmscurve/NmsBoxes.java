package io.stagemark.nmscurve;

import io.stagemark.postprocess.nms.BoxList;
import java.util.Random;

/**
 * Made-up candidates in an image of 640x640 px, sides of 20 to 120 px: {@code clustered} around 40
 * objects (edges shaken by a tenth of a side, as a dense head gives them), or {@code random} all
 * over. Scores are even in (threshold, 1).
 */
final class NmsBoxes {
  private static final int OBJECTS = 40;
  private static final float IMAGE_PX = 640;

  private NmsBoxes() {}

  /** Returns the boxes of a seed, the same each time. */
  static BoxList of(NmsCurveSetup setup, int count, long seed) {
    Random random = new Random(seed);
    float[] objects = new float[4 * OBJECTS];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = random.nextFloat();
    }
    float threshold = (float) setup.scoreThreshold();
    BoxList boxes = new BoxList(Math.max(1, count));
    for (int i = 0; i < count; i++) {
      int object = random.nextInt(OBJECTS);
      float[] box = new float[4];
      for (int side = 0; side < 4; side++) {
        box[side] = setup.clustered() ? objects[4 * object + side] : random.nextFloat();
      }
      float width = 20 + 100 * box[0];
      float height = 20 + 100 * box[1];
      float x = (IMAGE_PX - width) * box[2];
      float y = (IMAGE_PX - height) * box[3];
      if (setup.clustered()) {
        x += width * (float) random.nextGaussian() / 10;
        y += height * (float) random.nextGaussian() / 10;
      }
      int classId = setup.clustered() ? object % setup.classes() : random.nextInt(setup.classes());
      float score = Math.nextUp(threshold + (1 - threshold) * random.nextFloat());
      boxes.add(Math.min(1, score), classId, i);
      boxes.box(i, x, y, x + width, y + height);
    }
    return boxes;
  }

  /** Makes {@code to} a copy of {@code from}: some rules write into what they are given. */
  static void copy(BoxList from, BoxList to) {
    to.clear();
    for (int i = 0; i < from.size(); i++) {
      to.add(from.scores()[i], from.classIds()[i], from.sources()[i]);
      to.box(i, from.left()[i], from.top()[i], from.right()[i], from.bottom()[i]);
    }
  }
}
