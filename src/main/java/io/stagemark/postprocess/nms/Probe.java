package io.stagemark.postprocess.nms;

/** The box that is being tested against kept ones; one object, reused. */
final class Probe {
  float left;
  float top;
  float right;
  float bottom;
  float area;

  void set(float l, float t, float r, float b) {
    left = l;
    top = t;
    right = r;
    bottom = b;
    area = (r - l) * (b - t);
  }
}
