package io.stagemark.postprocess.decoder;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;

/**
 * YOLOv8, YOLO11 and their kin: one output {@code [N, 4 + classes, candidates]}, channel by
 * channel: x and y of the centre, width, height in model pixels, then a probability a class. No
 * objectness.
 */
final class YoloV8 implements BoxDecoder {
  private final int classes;
  private final int candidates;
  private final ClassMajor scores;

  /**
   * @throws IllegalArgumentException if the output is not of that shape
   */
  YoloV8(Head head) {
    classes = head.classes();
    if (head.outputs().size() != 1
        || !head.isFloat(0, 3)
        || head.extent(0, 1) != 4 + classes
        || head.extent(0, 2) < 1) {
      throw head.mismatch(
          "one output [N, %d, candidates]".formatted(4 + classes),
          Port.ofClasses("boxes and scores", 3, 1, 4));
    }
    candidates = Math.toIntExact(head.extent(0, 2));
    scores = new ClassMajor(classes, candidates);
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    int offset = (slot * (4 + classes) + 4) * candidates;
    scores.filter(outputs.apply(0), offset, filter, into);
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList boxes) {
    FloatBuffer values = outputs.apply(0).floats();
    int offset = slot * (4 + classes) * candidates;
    for (int i = 0; i < boxes.size(); i++) {
      int candidate = offset + boxes.sources()[i];
      float x = values.get(candidate);
      float y = values.get(candidate + candidates);
      float halfWidth = values.get(candidate + 2 * candidates) / 2;
      float halfHeight = values.get(candidate + 3 * candidates) / 2;
      boxes.box(i, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
  }

  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    FloatBuffer values = outputs.apply(0).floats();
    int offset = slot * (4 + classes) * candidates;
    DenseBoxes boxes = new DenseBoxes(candidates, geometry);
    for (int i = 0; i < candidates; i++) {
      boxes.centred(
          i,
          values.get(offset + i),
          values.get(offset + candidates + i),
          values.get(offset + 2 * candidates + i),
          values.get(offset + 3 * candidates + i));
    }
    return new DenseCandidates(
        candidates,
        classes,
        false,
        values,
        new DenseCandidates.Layout(offset + 4 * candidates, 1, candidates),
        boxes.edges());
  }
}
