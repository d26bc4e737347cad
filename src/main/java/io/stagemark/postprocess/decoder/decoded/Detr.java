package io.stagemark.postprocess.decoder.decoded;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.PlainBoxes.Order;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.List;

/**
 * DETR and RT-DETR as Hugging Face exports them, and others of queries.
 *
 * <p>With one class more than there are names, the last is "no object" and the scores are a softmax
 * (Carion et al., 2020, <a href="https://arxiv.org/abs/2005.12872">arXiv:2005.12872</a>); with as
 * many, each is a sigmoid (Zhao et al., 2023, <a
 * href="https://arxiv.org/abs/2304.08069">arXiv:2304.08069</a>).
 */
public final class Detr implements Decoder {
  @Override
  public String name() {
    return "detr";
  }

  @Override
  public String description() {
    return "DETR, RT-DETR and others of queries: logits and boxes, nothing to suppress";
  }

  @Override
  public String layout() {
    return "logits [N, queries, classes or classes + 1] and boxes [N, queries, 4], in any order";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.box(Order.CENTRE), Parameters.unit(false));
  }

  @Override
  public boolean needsNms() {
    return false;
  }

  @Override
  public BoxDecoder create(Head head) {
    int classes = head.classes();
    if (head.outputs().size() == 2 && head.isFloat(0, 3) && head.isFloat(1, 3)) {
      for (int logits : ScoredBoxes.order(head)) {
        long columns = head.extent(logits, 2);
        long queries = head.extent(logits, 1);
        boolean scored = columns == classes || columns == classes + 1L;
        boolean boxes = head.extent(1 - logits, 2) == 4 && head.extent(1 - logits, 1) == queries;
        if (scored && boxes && queries >= 1) {
          return decoder(head, logits, Math.toIntExact(queries), Math.toIntExact(columns));
        }
      }
    }
    throw head.mismatch(
        "logits [N, queries, %d or %d] and boxes [N, queries, 4]".formatted(classes, classes + 1),
        Port.ofClasses("logits", 3, 2, 0, 1),
        Port.ofExtent("boxes", 3, 2, 4));
  }

  private static BoxDecoder decoder(Head head, int logits, int queries, int columns) {
    LastStep step = columns == head.classes() ? LastStep.SIGMOID : LastStep.SOFTMAX;
    return new DenseDecoder(
        head.classes(),
        List.of(
            Level.of(
                queries,
                Numbers.ofRows(logits, queries, columns, 0),
                Numbers.ofRows(1 - logits, queries, 4, 0))),
        new Scoring(step, columns, 0, 1, 1),
        Parameters.boxes(head));
  }
}
