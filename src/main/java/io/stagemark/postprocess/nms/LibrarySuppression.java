package io.stagemark.postprocess.nms;

import io.stagemark.data.LapProbe;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rules of other libraries on the candidates of an image, and none at all. Memory is reused.
 */
final class LibrarySuppression implements Suppression {
  private final NmsSettings settings;
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private final SelfFusion fusion;
  private final OpenCvNms openCv;
  private final OpenCvSoftNms openCvSoft;
  private int[] kept = new int[0];
  private int[] classIds = new int[0];
  private int[] keptOfClass = new int[1];
  private float[] scores = new float[0];
  private float[] corners = new float[0];
  private double[] rects = new double[0];
  private @Nullable LapProbe lapProbe;

  LibrarySuppression(NmsSettings settings) {
    this.settings = settings;
    this.fusion = new SelfFusion(settings.iouThreshold(), settings.scoreThreshold());
    this.openCv =
        new OpenCvNms((float) settings.scoreThreshold(), (float) settings.iouThreshold(), 1, 0);
    double sigma = settings.parameter().orElse(0.5);
    this.openCvSoft =
        new OpenCvSoftNms((float) settings.scoreThreshold(), 0, 0, (float) sigma, true);
  }

  @Override
  public int run(BoxList boxes) {
    int[] order = scoreOrder.sort(boxes.scores(), boxes.size());
    if (lapProbe != null) {
      lapProbe.lap("sort");
    }
    int count = Math.min(boxes.size(), settings.preNmsTopK());
    if (kept.length < count) {
      grow(Math.max(count, 2 * kept.length));
    }
    int found =
        switch (settings.method()) {
          case WEIGHTED_FUSION -> fuse(boxes, order, count);
          case OPENCV -> openCv(boxes, order, count);
          case OPENCV_SOFT -> openCvSoft(boxes, order, count);
          case ONNX -> onnx(boxes, order, count);
          default -> all(order, count);
        };
    return Math.min(found, settings.maxDetections());
  }

  private void grow(int capacity) {
    kept = new int[capacity];
    classIds = new int[capacity];
    scores = new float[capacity];
    corners = new float[4 * capacity];
    rects = new double[4 * capacity];
  }

  private int all(int[] order, int count) {
    System.arraycopy(order, 0, kept, 0, count);
    return count;
  }

  private int fuse(BoxList boxes, int[] order, int count) {
    fusion.run(boxes, order, count, settings.agnostic());
    for (int i = 0; i < fusion.size(); i++) {
      kept[i] = i;
    }
    return fusion.size();
  }

  private int openCv(BoxList boxes, int[] order, int count) {
    for (int i = 0; i < count; i++) {
      int box = order[i];
      rects[4 * i] = boxes.left()[box];
      rects[4 * i + 1] = boxes.top()[box];
      rects[4 * i + 2] = (double) boxes.right()[box] - boxes.left()[box];
      rects[4 * i + 3] = (double) boxes.bottom()[box] - boxes.top()[box];
      scores[i] = boxes.scores()[box];
      classIds[i] = classId(boxes, box);
    }
    OpenCvNms.moveApart(rects, classIds, count);
    int found = openCv.keep(rects, scores, count, kept);
    for (int i = 0; i < found; i++) {
      kept[i] = order[kept[i]];
    }
    return found;
  }

  /** Corners are rounded as OpenCV makes a Rect of a Rect2d: position and size, half to even. */
  private int openCvSoft(BoxList boxes, int[] order, int count) {
    for (int i = 0; i < count; i++) {
      int box = order[i];
      rects[4 * i] = Math.rint(boxes.left()[box]);
      rects[4 * i + 1] = Math.rint(boxes.top()[box]);
      rects[4 * i + 2] = Math.rint((double) boxes.right()[box] - boxes.left()[box]);
      rects[4 * i + 3] = Math.rint((double) boxes.bottom()[box] - boxes.top()[box]);
      scores[i] = boxes.scores()[box];
      classIds[i] = classId(boxes, box);
    }
    OpenCvNms.moveApart(rects, classIds, count);
    int found = openCvSoft.keep(rects, scores, count, kept);
    for (int i = 0; i < found; i++) {
      int place = kept[i];
      kept[i] = order[place];
      boxes.scores()[kept[i]] = openCvSoft.score(place);
    }
    return found;
  }

  /** The operator a class at a time, in one walk: classes do not see each other. */
  private int onnx(BoxList boxes, int[] order, int count) {
    Arrays.fill(keptOfClass, 0);
    int found = 0;
    for (int i = 0; i < count; i++) {
      int box = order[i];
      int classId = classId(boxes, box);
      if (classId >= keptOfClass.length) {
        keptOfClass = Arrays.copyOf(keptOfClass, classId + 1);
      }
      corner(boxes, box, found);
      classIds[found] = classId;
      boolean keep = keptOfClass[classId] < settings.maxDetections();
      for (int k = 0; k < found && keep; k++) {
        keep =
            classIds[k] != classId
                || !OnnxNms.isAbove(corners, k, found, (float) settings.iouThreshold());
      }
      if (keep) {
        keptOfClass[classId]++;
        kept[found++] = box;
      }
    }
    return found;
  }

  private void corner(BoxList boxes, int box, int entry) {
    corners[4 * entry] = Math.min(boxes.left()[box], boxes.right()[box]);
    corners[4 * entry + 1] = Math.min(boxes.top()[box], boxes.bottom()[box]);
    corners[4 * entry + 2] = Math.max(boxes.left()[box], boxes.right()[box]);
    corners[4 * entry + 3] = Math.max(boxes.top()[box], boxes.bottom()[box]);
  }

  private int classId(BoxList boxes, int box) {
    return settings.agnostic() ? 0 : boxes.classIds()[box];
  }

  @Override
  public int[] kept() {
    return kept;
  }

  @Override
  public void measure(LapProbe probeOfSort) {
    lapProbe = probeOfSort;
  }
}
