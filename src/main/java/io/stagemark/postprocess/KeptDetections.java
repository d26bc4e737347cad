package io.stagemark.postprocess;

import io.stagemark.data.Box;
import io.stagemark.data.CandidateCounts;
import io.stagemark.data.Detection;
import io.stagemark.data.Geometry;
import io.stagemark.data.object.Outline;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.nms.BoxList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the last run kept of one slot, in source pixels. Memory is reused. */
final class KeptDetections {
  private double[] edges = new double[4 * 64];
  private double[] scores = new double[64];
  private int[] classIds = new int[64];
  private double[] corners = new double[0];
  private boolean hasCorners;
  private @Nullable KeptMasks masks;
  private @Nullable KeptPoses poses;
  private int size;
  private int aboveThreshold;
  private int nonFinite;
  private int intoNms;

  /** Maps the kept boxes back to the source image and clips them to it. */
  void set(BoxList boxes, int[] kept, int count, Geometry geometry) {
    if (scores.length < count) {
      int capacity = Math.max(count, 2 * scores.length);
      edges = new double[4 * capacity];
      scores = new double[capacity];
      classIds = new int[capacity];
    }
    double width = geometry.sourceWidthPx();
    double height = geometry.sourceHeightPx();
    for (int i = 0; i < count; i++) {
      int box = kept[i];
      double left = clip(geometry.sourceX(boxes.left()[box]), width);
      double top = clip(geometry.sourceY(boxes.top()[box]), height);
      edges[4 * i] = left;
      edges[4 * i + 1] = top;
      // a head may give corners out of order: such a box is empty, not inside out
      edges[4 * i + 2] = Math.max(left, clip(geometry.sourceX(boxes.right()[box]), width));
      edges[4 * i + 3] = Math.max(top, clip(geometry.sourceY(boxes.bottom()[box]), height));
      scores[i] = boxes.scores()[box];
      classIds[i] = boxes.classIds()[box];
    }
    size = count;
  }

  /**
   * Maps the corners of the kept boxes back to the source image; the decoder says whether clipped.
   */
  void setCorners(BoxDecoder decoder, BoxList boxes, int[] kept, Geometry geometry) {
    if (corners.length < 8 * size) {
      corners = new double[8 * scores.length];
    }
    for (int i = 0; i < size; i++) {
      decoder.corners(boxes.sources()[kept[i]], corners, 8 * i);
      for (int c = 8 * i; c < 8 * i + 8; c += 2) {
        corners[c] = geometry.sourceX(corners[c]);
        corners[c + 1] = geometry.sourceY(corners[c + 1]);
        if (decoder.clipsCorners()) {
          corners[c] = clip(corners[c], geometry.sourceWidthPx());
          corners[c + 1] = clip(corners[c + 1], geometry.sourceHeightPx());
        }
      }
    }
    hasCorners = true;
  }

  /** Returns the outline of a turned rectangle; empty where boxes are upright. */
  private Optional<Outline> outline(int index) {
    if (!hasCorners) {
      return Optional.empty();
    }
    List<Outline.Corner> around = new ArrayList<>();
    for (int c = 8 * index; c < 8 * index + 8; c += 2) {
      around.add(new Outline.Corner(corners[c], corners[c + 1]));
    }
    return Optional.of(new Outline(around));
  }

  /** Returns where the masks are; from then on every detection has one. */
  KeptMasks masks() {
    if (masks == null) {
      masks = new KeptMasks();
    }
    return masks;
  }

  /** Returns where the key points are; from then on every detection has some. */
  KeptPoses poses() {
    if (poses == null) {
      poses = new KeptPoses();
    }
    return poses;
  }

  /** Makes the record of a detection. */
  Detection detection(int index) {
    Box box = new Box(edge(index, 0), edge(index, 1), edge(index, 2), edge(index, 3));
    return new Detection(
        box,
        classIds[index],
        scores[index],
        outline(index),
        masks == null ? Optional.empty() : Optional.of(masks.mask(index)),
        poses == null ? Optional.empty() : Optional.of(poses.pose(index)));
  }

  /** Notes how many candidates there were, how many not finite, how many suppression looked at. */
  void setCounts(int above, int notFinite, int entered) {
    aboveThreshold = above;
    nonFinite = notFinite;
    intoNms = entered;
  }

  /** Counts as not finite what no threshold was compared with, too. */
  void setNonFinite(int candidates) {
    nonFinite = Math.max(nonFinite, candidates);
  }

  private static double clip(double value, double limit) {
    return Math.min(Math.max(value, 0), limit);
  }

  int size() {
    return size;
  }

  double edge(int index, int side) {
    return edges[4 * index + side];
  }

  CandidateCounts counts() {
    return new CandidateCounts(aboveThreshold, nonFinite, intoNms, size);
  }
}
