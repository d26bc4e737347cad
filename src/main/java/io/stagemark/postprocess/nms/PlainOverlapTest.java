package io.stagemark.postprocess.nms;

/** {@link OverlapTest} in plain Java. */
final class PlainOverlapTest implements OverlapTest {

  @Override
  public boolean anyAbove(SortedBoxes boxes, int position, KeptBoxes kept, float threshold) {
    float left = boxes.left[position];
    float top = boxes.top[position];
    float right = boxes.right[position];
    float bottom = boxes.bottom[position];
    float area = boxes.area[position];
    for (int k = 0; k < kept.size; k++) {
      float l = kept.left[k] > left ? kept.left[k] : left;
      float r = kept.right[k] < right ? kept.right[k] : right;
      float t = kept.top[k] > top ? kept.top[k] : top;
      float b = kept.bottom[k] < bottom ? kept.bottom[k] : bottom;
      float width = r - l > 0 ? r - l : 0;
      float height = b - t > 0 ? b - t : 0;
      float intersection = width * height;
      if (intersection / (kept.area[k] + area - intersection) > threshold) {
        return true;
      }
    }
    return false;
  }
}
