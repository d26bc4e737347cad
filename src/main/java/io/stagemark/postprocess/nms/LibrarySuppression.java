package io.stagemark.postprocess.nms;

import io.stagemark.postprocess.nms.WeightedBoxFusion.Confidence;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The rules of other libraries on the candidates of an image, and none at all. Allocates. */
final class LibrarySuppression implements Suppression {
  private final NmsSettings settings;
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private int[] kept = new int[0];

  LibrarySuppression(NmsSettings settings) {
    this.settings = settings;
  }

  @Override
  public int run(BoxList boxes) {
    int[] order = scoreOrder.sort(boxes.scores(), boxes.size());
    int[] best = Arrays.copyOf(order, Math.min(boxes.size(), settings.preNmsTopK()));
    kept =
        switch (settings.method()) {
          case WEIGHTED_FUSION -> fuse(boxes, best);
          case OPENCV -> openCv(boxes, best);
          case ONNX -> onnx(boxes, best);
          default -> best;
        };
    return Math.min(kept.length, settings.maxDetections());
  }

  private int[] fuse(BoxList boxes, int[] best) {
    List<Scored> scored = new ArrayList<>();
    for (int i : best) {
      scored.add(
          new Scored(
              boxes.left()[i],
              boxes.top()[i],
              boxes.right()[i],
              boxes.bottom()[i],
              classId(boxes, i),
              boxes.scores()[i]));
    }
    List<Scored> fused =
        new WeightedBoxFusion(
                settings.iouThreshold(),
                settings.scoreThreshold(),
                Confidence.AVG,
                false,
                Double.POSITIVE_INFINITY)
            .fuse(List.of(scored), List.of(1.0));
    boxes.clear();
    for (Scored box : fused) {
      boxes.add((float) box.score(), box.classId(), boxes.size());
      boxes.box(
          boxes.size() - 1,
          (float) box.left(),
          (float) box.top(),
          (float) box.right(),
          (float) box.bottom());
    }
    // the order's array may be longer than the boxes
    return Arrays.copyOf(scoreOrder.sort(boxes.scores(), boxes.size()), boxes.size());
  }

  private int[] openCv(BoxList boxes, int[] best) {
    double[] rects = new double[4 * best.length];
    float[] scores = new float[best.length];
    int[] classIds = new int[best.length];
    for (int i = 0; i < best.length; i++) {
      int box = best[i];
      rects[4 * i] = boxes.left()[box];
      rects[4 * i + 1] = boxes.top()[box];
      rects[4 * i + 2] = (double) boxes.right()[box] - boxes.left()[box];
      rects[4 * i + 3] = (double) boxes.bottom()[box] - boxes.top()[box];
      scores[i] = boxes.scores()[box];
      classIds[i] = classId(boxes, box);
    }
    OpenCvNms nms =
        new OpenCvNms((float) settings.scoreThreshold(), (float) settings.iouThreshold(), 1, 0);
    int[] positions = nms.keepBatched(rects, scores, classIds);
    return Arrays.stream(positions).map(position -> best[position]).toArray();
  }

  private int[] onnx(BoxList boxes, int[] best) {
    OnnxNms nms =
        new OnnxNms(
            false,
            settings.maxDetections(),
            (float) settings.iouThreshold(),
            OptionalDouble.empty());
    int[] classIds = Arrays.stream(best).map(box -> classId(boxes, box)).toArray();
    int[] all =
        Arrays.stream(classIds)
            .distinct()
            .flatMap(classId -> Arrays.stream(ofClass(nms, boxes, best, classId)))
            .toArray();
    float[] scores = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      scores[i] = boxes.scores()[all[i]];
    }
    int[] order = scoreOrder.sort(scores, scores.length);
    return Arrays.stream(order, 0, all.length).map(position -> all[position]).toArray();
  }

  private int[] ofClass(OnnxNms nms, BoxList boxes, int[] best, int classId) {
    int[] members = Arrays.stream(best).filter(box -> classId(boxes, box) == classId).toArray();
    float[] corners = new float[4 * members.length];
    float[] scores = new float[members.length];
    for (int i = 0; i < members.length; i++) {
      corners[4 * i] = boxes.top()[members[i]];
      corners[4 * i + 1] = boxes.left()[members[i]];
      corners[4 * i + 2] = boxes.bottom()[members[i]];
      corners[4 * i + 3] = boxes.right()[members[i]];
      scores[i] = boxes.scores()[members[i]];
    }
    return nms.run(corners, scores, 1, 1, members.length).stream()
        .mapToInt(selected -> members[selected.box()])
        .toArray();
  }

  private int classId(BoxList boxes, int box) {
    return settings.agnostic() ? 0 : boxes.classIds()[box];
  }

  @Override
  public int[] kept() {
    return kept;
  }
}
