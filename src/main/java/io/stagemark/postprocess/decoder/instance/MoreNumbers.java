package io.stagemark.postprocess.decoder.instance;

import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.CandidateValues;
import io.stagemark.postprocess.decoder.dense.Numbers;
import java.util.function.IntFunction;

/**
 * The numbers behind the classes of a dense head.
 *
 * @param place of a candidate's first
 * @param count how many
 */
record MoreNumbers(Numbers place, int count) implements CandidateValues {
  @Override
  public float value(IntFunction<Tensor> outputs, int slot, int source, int index) {
    return outputs
        .apply(place.output())
        .floats()
        .get(place.index(slot, source) + index * place.valueStride());
  }

  /**
   * The columns behind box, score and class of rows {@code [N, detections, 6 + count]}, whose
   * number may be known only after each forward.
   *
   * @param output its index
   * @param count how many
   */
  record OfRows(int output, int count) implements CandidateValues {
    static final int FIRST = 6;

    @Override
    public float value(IntFunction<Tensor> outputs, int slot, int source, int index) {
      Tensor tensor = outputs.apply(output);
      int rows = tensor.spec().shape().get(1).intValue();
      return tensor.floats().get((slot * rows + source) * (FIRST + count) + FIRST + index);
    }
  }
}
