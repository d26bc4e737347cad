package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.LayoutException;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CenterNet as its authors export it: a score map {@code [N, classes, h, w]}, width and height
 * {@code [N, 2, h, w]} and, in most exports, the offset of the centre from its cell {@code [N, 2,
 * h, w]}, all in cells. A detection is a local maximum of a class ({@link PeakDecoder}), so that
 * nothing is suppressed.
 *
 * <p>Source: Zhou et al., Objects as Points, 2019, <a
 * href="https://arxiv.org/abs/1904.07850">arXiv:1904.07850</a>.
 */
public final class CenterNetPeaks implements Decoder {
  /** Whether the output of the offsets comes before that of the sizes: they have one shape. */
  private static final String OFFSET = "offset";

  private static final String AFTER_SIZE = "after-size";
  private static final String BEFORE_SIZE = "before-size";
  private static final int PAIR = 2;

  @Override
  public String name() {
    return "centernet-wh";
  }

  @Override
  public String description() {
    return "CenterNet: peaks of a score map with width, height and offset, not suppressed";
  }

  @Override
  public String layout() {
    return "a score map [N, classes, h, w] in any place (of two classes: the first), sizes"
        + " [N, 2, h, w] and, in most exports, offsets [N, 2, h, w]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        DecoderParameter.word(OFFSET, AFTER_SIZE, BEFORE_SIZE), Parameters.probabilities());
  }

  @Override
  public boolean needsNms() {
    return false;
  }

  /** A peak is of one class; a cell can be a peak of several, and each is a detection. */
  @Override
  public boolean hasMultiLabel() {
    return false;
  }

  @Override
  public BoxDecoder create(Head head) {
    int scores = -1;
    List<Integer> pairs = new ArrayList<>();
    for (int i = 0; i < head.outputs().size() && isMap(head, i); i++) {
      if (scores < 0 && head.extent(i, 1) == head.classes()) {
        scores = i;
      } else if (head.extent(i, 1) == PAIR) {
        pairs.add(i);
      }
    }
    int outputs = head.outputs().size();
    boolean several = outputs == PAIR || outputs == PAIR + 1;
    if (!several || scores < 0 || pairs.size() != outputs - 1) {
      throw mismatch(head);
    }
    int height = Math.toIntExact(head.extent(0, 2));
    int width = Math.toIntExact(head.extent(0, 3));
    int cells = Math.multiplyExact(height, width);
    if (head.word(OFFSET).equals(BEFORE_SIZE)) {
      pairs.add(pairs.remove(0)); // a size alone stays where it is
    }
    return new PeakDecoder(
        new PeakDecoder.ScoreGrid(
            width,
            height,
            (float) head.inputWidthPx() / width,
            (float) head.inputHeightPx() / height),
        head.classes(),
        Numbers.ofColumns(scores, head.classes(), cells, 0),
        Numbers.ofColumns(pairs.get(0), PAIR, cells, 0),
        pairs.size() < PAIR
            ? Optional.empty()
            : Optional.of(Numbers.ofColumns(pairs.get(1), PAIR, cells, 0)),
        Parameters.sigmoid(head) == LastStep.SIGMOID);
  }

  /** Returns whether an output is a map of the size of the first. */
  private static boolean isMap(Head head, int output) {
    return head.isFloat(output, 4)
        && head.extent(output, 2) >= 1
        && head.extent(output, 3) >= 1
        && head.extent(output, 2) == head.extent(0, 2)
        && head.extent(output, 3) == head.extent(0, 3);
  }

  private static LayoutException mismatch(Head head) {
    List<Port> ports = new ArrayList<>();
    ports.add(Port.ofClasses("a score map", 4, 1, 0));
    ports.add(Port.ofExtent("a map of sizes", 4, 1, PAIR));
    if (head.outputs().size() > PAIR) {
      ports.add(Port.ofExtent("a map of offsets", 4, 1, PAIR));
    }
    return head.mismatch(
        "a score map [N, %d, h, w], sizes [N, 2, h, w] and offsets [N, 2, h, w], or no offsets"
            .formatted(head.classes()),
        ports.toArray(Port[]::new));
  }
}
