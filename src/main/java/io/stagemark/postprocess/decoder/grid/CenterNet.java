package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Distances;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.List;

/**
 * CenterNet-style heads: a score map {@code [N, classes, h, w]} after the sigmoid and distances to
 * the four sides {@code [N, 4, h, w]} in model pixels. A cell (x, y) is the box {@code (s·x − w0,
 * s·y − w1, s·x + w2, s·y + w3)} with stride s = input / map.
 *
 * <p>Source of the idea: Zhou et al., Objects as Points, 2019, <a
 * href="https://arxiv.org/abs/1904.07850">arXiv:1904.07850</a>; this export suppresses by NMS in
 * place of the peak search; {@link CenterNetPeaks} reads the original's.
 */
public final class CenterNet implements Decoder {
  @Override
  public String name() {
    return "centernet";
  }

  @Override
  public String description() {
    return "CenterNet: a score map and distances to the four sides on one grid";
  }

  @Override
  public String layout() {
    return "scores [N, classes, h, w] and distances [N, 4, h, w], in any order";
  }

  @Override
  public BoxDecoder create(Head head) {
    int classes = head.classes();
    if (head.outputs().size() == 2 && head.isFloat(0, 4) && head.isFloat(1, 4)) {
      for (int scores = 0; scores < 2; scores++) {
        long height = head.extent(scores, 2);
        long width = head.extent(scores, 3);
        if (head.extent(scores, 1) == classes
            && head.extent(1 - scores, 1) == 4
            && head.extent(1 - scores, 2) == height
            && head.extent(1 - scores, 3) == width
            && height >= 1
            && width >= 1) {
          return decoder(head, scores, Math.toIntExact(width), Math.toIntExact(height));
        }
      }
    }
    throw head.mismatch(
        "a score map [N, %d, h, w] and sides [N, 4, h, w]".formatted(classes),
        Port.ofClasses("a score map", 4, 1, 0),
        Port.ofExtent("a map of sides", 4, 1, 4));
  }

  private static BoxDecoder decoder(Head head, int scores, int width, int height) {
    float strideX = (float) head.inputWidthPx() / width;
    float strideY = (float) head.inputHeightPx() / height;
    Places cells = new Places();
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        cells.add(strideX * column, strideY * row, 1, 1); // distances are in pixels
      }
    }
    int count = width * height;
    return new DenseDecoder(
        head.classes(),
        List.of(
            Level.of(
                count,
                Numbers.ofColumns(scores, head.classes(), count, 0),
                Numbers.ofColumns(1 - scores, 4, count, 0))),
        Scoring.of(LastStep.NONE, head.classes()),
        new Distances(cells, 1));
  }
}
