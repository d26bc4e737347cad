package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.List;

/** Boxes and class scores joined in one output, by columns or by rows. */
final class JoinedBoxes {
  private static final int BOX = 4;

  private JoinedBoxes() {}

  /**
   * @param byColumns whether {@code [N, 4 + classes, candidates]} is read too
   */
  static BoxDecoder of(Head head, boolean byColumns) {
    int values = BOX + head.classes();
    boolean one = head.outputs().size() == 1 && head.isFloat(0, 3);
    if (one && byColumns && head.extent(0, 1) == values && head.extent(0, 2) >= 1) {
      int count = Math.toIntExact(head.extent(0, 2));
      return decoder(head, count, Numbers.ofColumns(0, values, count, 0));
    }
    if (one && head.extent(0, 2) == values && head.extent(0, 1) >= 1) {
      int count = Math.toIntExact(head.extent(0, 1));
      return decoder(head, count, Numbers.ofRows(0, count, values, 0));
    }
    throw head.mismatch(
        byColumns
            ? "one output [N, %1$d, candidates] or [N, candidates, %1$d]".formatted(values)
            : "one output [N, queries, %d]".formatted(values),
        Port.ofClasses("boxes and scores", 3, byColumns ? 1 : 2, BOX));
  }

  private static BoxDecoder decoder(Head head, int count, Numbers boxes) {
    return new DenseDecoder(
        head.classes(),
        List.of(Level.of(count, boxes.from(BOX), boxes)),
        Scoring.of(Parameters.sigmoid(head), head.classes()),
        Parameters.boxes(head));
  }
}
