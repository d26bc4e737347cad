package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Deltas;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import java.util.List;

/**
 * YOLOX: a row for each cell of the strides; centre = (xy + cell) · stride, size = e^wh · stride.
 * {@code decoded: 1} says that the export has done it.
 *
 * <p>Source: Ge et al., 2021, <a href="https://arxiv.org/abs/2107.08430">arXiv:2107.08430</a>.
 */
public final class YoloX implements Decoder {
  private static final String DECODED = "decoded";

  @Override
  public String name() {
    return "yolox";
  }

  @Override
  public String description() {
    return "YOLOX: box, objectness and class scores of each cell of three grids";
  }

  @Override
  public String layout() {
    return "one output [N, cells, 5 + classes]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        new DecoderParameter(DECODED, 0, 1, 0),
        Parameters.strides(8, 16, 32),
        Parameters.probabilities());
  }

  @Override
  public BoxDecoder create(Head head) {
    int candidates = ObjectnessRows.candidates(head);
    if (head.parameter(DECODED) != 0) {
      return ObjectnessRows.of(head, candidates, Parameters.boxes(head, Order.CENTRE, true));
    }
    Places cells = Grid.places(head, Places.Centre.CORNER, Parameters.strides(head));
    if (cells.count() != candidates) {
      throw head.refusal(
          "%d candidates, the cells of strides %s"
              .formatted(cells.count(), Grid.text(Parameters.strides(head))),
          () -> inputOf(candidates));
    }
    return ObjectnessRows.of(head, candidates, new Deltas(cells, 1, 1, false));
  }

  /** A square input of side s has 21 / 1024 · s² cells of strides 8, 16 and 32. */
  private static String inputOf(int candidates) {
    long side = Math.round(Math.sqrt(candidates * 1024.0 / 21));
    String size =
        side % 32 == 0 && side * side * 21 == candidates * 1024L
            ? "an input of %dx%d px, whose cells are these %d candidates"
                .formatted(side, side, candidates)
            : "the input size that the %d candidates are of".formatted(candidates);
    return size + "; or decoder.parameters: {decoded: 1} if the export gives boxes in pixels";
  }
}
