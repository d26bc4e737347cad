package io.stagemark.postprocess.nms;

import java.util.Arrays;

/** The boxes of one class that were kept so far, in arrays that the overlap tests run along. */
final class KeptBoxes {
  float[] left = new float[64];
  float[] top = new float[64];
  float[] right = new float[64];
  float[] bottom = new float[64];
  float[] area = new float[64];
  int size;

  void clear() {
    size = 0;
  }

  void add(SortedBoxes boxes, int position) {
    if (size == left.length) {
      grow();
    }
    left[size] = boxes.left[position];
    top[size] = boxes.top[position];
    right[size] = boxes.right[position];
    bottom[size] = boxes.bottom[position];
    area[size] = boxes.area[position];
    size++;
  }

  private void grow() {
    int capacity = 2 * left.length;
    left = Arrays.copyOf(left, capacity);
    top = Arrays.copyOf(top, capacity);
    right = Arrays.copyOf(right, capacity);
    bottom = Arrays.copyOf(bottom, capacity);
    area = Arrays.copyOf(area, capacity);
  }
}
