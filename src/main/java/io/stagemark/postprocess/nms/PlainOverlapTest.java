package io.stagemark.postprocess.nms;

/** {@link OverlapTest} in plain Java. */
final class PlainOverlapTest implements OverlapTest {

  @Override
  public boolean anyAbove(BoxColumns boxes, int from, int to, Probe probe, float threshold) {
    float left = probe.left;
    float top = probe.top;
    float right = probe.right;
    float bottom = probe.bottom;
    float area = probe.area;
    for (int k = from; k < to; k++) {
      float l = boxes.left[k] > left ? boxes.left[k] : left;
      float r = boxes.right[k] < right ? boxes.right[k] : right;
      float t = boxes.top[k] > top ? boxes.top[k] : top;
      float b = boxes.bottom[k] < bottom ? boxes.bottom[k] : bottom;
      float width = r - l > 0 ? r - l : 0;
      float height = b - t > 0 ? b - t : 0;
      float intersection = width * height;
      float union = boxes.area[k] + area - intersection;
      if (intersection >= threshold * union && intersection / union > threshold) {
        return true;
      }
    }
    return false;
  }
}
