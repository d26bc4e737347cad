package io.stagemark.postprocess.nms;

import java.util.Arrays;
import java.util.Random;

/** Boxes for tests. */
final class Boxes {
  private Boxes() {}

  /**
   * @param corners left, top, right, bottom of each box
   * @param classIds empty: all 0
   */
  static BoxList of(float[] corners, float[] scores, int... classIds) {
    BoxList list = new BoxList(Math.max(1, scores.length));
    for (int i = 0; i < scores.length; i++) {
      list.add(scores[i], classIds.length == 0 ? 0 : classIds[i], i);
      list.box(i, corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
    }
    return list;
  }

  /** Boxes in double, as the variants see them; the arrays are copied. */
  static DoubleBoxes doubles(double[] corners, double[] scores, int[] classIds) {
    DoubleBoxes boxes = new DoubleBoxes();
    boxes.corners = corners.clone();
    boxes.scores = scores.clone();
    boxes.classIds = classIds.clone();
    boxes.size = scores.length;
    return boxes;
  }

  /** Corners of boxes in groups that overlap: {@code clusters} 0 spreads them evenly. */
  static float[] corners(Random random, int count, int clusters) {
    float[] corners = new float[4 * count];
    float[] centres = new float[3 * Math.max(1, clusters)];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = 40 + 560 * random.nextFloat();
    }
    for (int i = 0; i < count; i++) {
      int cluster = clusters == 0 ? 0 : random.nextInt(clusters);
      float width =
          clusters == 0 ? 10 + 90 * random.nextFloat() : 20 + centres[3 * cluster + 2] / 4;
      float height = clusters == 0 ? 10 + 90 * random.nextFloat() : width;
      float x = clusters == 0 ? 640 * random.nextFloat() : centres[3 * cluster];
      float y = clusters == 0 ? 640 * random.nextFloat() : centres[3 * cluster + 1];
      float shake = clusters == 0 ? 0 : width / 5;
      corners[4 * i] = x - width / 2 + shake * (float) random.nextGaussian();
      corners[4 * i + 1] = y - height / 2 + shake * (float) random.nextGaussian();
      corners[4 * i + 2] = corners[4 * i] + width;
      corners[4 * i + 3] = corners[4 * i + 1] + height;
    }
    return corners;
  }

  /** Scores in [0, 1); {@code levels} different values, so that there are ties. */
  static float[] scores(Random random, int count, int levels) {
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = random.nextInt(levels) / (float) levels;
    }
    return scores;
  }

  /** {@code NMSBoxesBatched} of OpenCV, by the rule's own two steps. */
  static int[] keepBatched(OpenCvNms nms, double[] rects, float[] scores, int[] classIds) {
    double[] moved = rects.clone();
    OpenCvNms.moveApart(moved, classIds, classIds.length);
    return nms.keep(moved, scores);
  }

  static int[] kept(HardNms nms, BoxList boxes) {
    int count = nms.run(boxes);
    return Arrays.copyOf(nms.kept(), count);
  }
}
