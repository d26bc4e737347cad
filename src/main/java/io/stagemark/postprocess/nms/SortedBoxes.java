package io.stagemark.postprocess.nms;

import io.stagemark.postprocess.nms.HardNms.Classes;
import java.util.Arrays;

/**
 * Boxes in score order, one class after the other: what the suppressing loops read. Memory is
 * reused.
 */
final class SortedBoxes {
  /** Ultralytics' {@code max_wh}, in pixels. */
  static final float CLASS_OFFSET = 7680;

  float[] left = new float[0];
  float[] top = new float[0];
  float[] right = new float[0];
  float[] bottom = new float[0];
  private int[] ranks = new int[0];
  private boolean[] isKept = new boolean[0];
  private int[] starts = new int[2];
  private int[] cursor = new int[1];
  private int segments;

  /** Takes the first {@code count} boxes of {@code order}. */
  void load(BoxList boxes, int[] order, int count, Classes classes) {
    if (left.length < count) {
      grow(Math.max(count, 2 * left.length));
    }
    Arrays.fill(isKept, 0, count, false);
    boolean together = classes != Classes.APART;
    countClasses(boxes, order, count, together);
    for (int rank = 0; rank < count; rank++) {
      int box = order[rank];
      int at = cursor[together ? 0 : boxes.classIds()[box]]++;
      float offset = classes == Classes.MOVED ? boxes.classIds()[box] * CLASS_OFFSET : 0;
      left[at] = boxes.left()[box] + offset;
      top[at] = boxes.top()[box] + offset;
      right[at] = boxes.right()[box] + offset;
      bottom[at] = boxes.bottom()[box] + offset;
      ranks[at] = rank;
    }
  }

  private void countClasses(BoxList boxes, int[] order, int count, boolean together) {
    int classes = 1;
    for (int rank = 0; rank < count && !together; rank++) {
      classes = Math.max(classes, boxes.classIds()[order[rank]] + 1);
    }
    if (cursor.length < classes) {
      cursor = new int[classes];
      starts = new int[classes + 1];
    }
    segments = classes;
    Arrays.fill(starts, 0, classes + 1, 0);
    for (int rank = 0; rank < count; rank++) {
      starts[(together ? 0 : boxes.classIds()[order[rank]]) + 1]++;
    }
    for (int c = 0; c < classes; c++) {
      starts[c + 1] += starts[c];
      cursor[c] = starts[c];
    }
  }

  private void grow(int capacity) {
    left = new float[capacity];
    top = new float[capacity];
    right = new float[capacity];
    bottom = new float[capacity];
    ranks = new int[capacity];
    isKept = new boolean[capacity];
  }

  /** Returns the number of classes, empty ones included. */
  int segments() {
    return segments;
  }

  /** Returns where a class starts; {@code start(segments())} is the end. */
  int start(int segment) {
    return starts[segment];
  }

  /** Puts the box at a position into the probe. */
  void probe(int position, Probe probe) {
    probe.set(left[position], top[position], right[position], bottom[position]);
  }

  /**
   * Returns whether a box has a finite, positive area: any other has an IoU of 0 or NaN with every
   * box.
   */
  boolean isProper(int position) {
    float width = right[position] - left[position];
    float area = width * (bottom[position] - top[position]);
    return width > 0 && area > 0 && area < Float.POSITIVE_INFINITY;
  }

  /** Keeps the box at a position. */
  void keep(int position) {
    isKept[ranks[position]] = true;
  }

  /** Returns whether the box at a position was kept. */
  boolean isKeptAt(int position) {
    return isKept[ranks[position]];
  }

  /** Returns whether the box of a rank in score order was kept. */
  boolean isKept(int rank) {
    return isKept[rank];
  }
}
