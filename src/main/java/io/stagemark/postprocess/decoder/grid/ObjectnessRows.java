package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.BoxCoding;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.List;
import java.util.Optional;

/**
 * Heads of one output {@code [N, candidates, 5 + classes]}: a box of four numbers, objectness,
 * class scores; a score is objectness times class score.
 */
public final class ObjectnessRows {
  private static final int BOX = 4;

  private ObjectnessRows() {}

  /**
   * Returns the number of rows.
   *
   * @throws IllegalArgumentException if the output is not of that shape
   */
  public static int candidates(Head head) {
    int width = BOX + 1 + head.classes();
    if (head.outputs().size() != 1
        || !head.isFloat(0, 3)
        || head.extent(0, 2) != width
        || head.extent(0, 1) < 1) {
      throw head.mismatch(
          "one output [N, candidates, %d]".formatted(width),
          Port.ofClasses("boxes, objectness and scores", 3, 2, BOX + 1));
    }
    return Math.toIntExact(head.extent(0, 1));
  }

  /** Makes the decoder of so many rows. */
  public static BoxDecoder of(Head head, int candidates, BoxCoding boxes) {
    Numbers row = Numbers.ofRows(0, candidates, BOX + 1 + head.classes(), 0);
    return new DenseDecoder(
        head.classes(),
        List.of(new Level(candidates, row.from(BOX + 1), Optional.of(row.from(BOX)), row)),
        Scoring.of(Parameters.sigmoid(head), head.classes()),
        boxes);
  }
}
