package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.Activations;
import io.stagemark.postprocess.decoder.dense.BoxCoding;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.List;
import java.util.Optional;

/**
 * FastestDet: one map of objectness, box and class scores. Centre {@code = (tanh(v) + cell) ·
 * stride}, side {@code = sigmoid(v) · input}; the score is {@code objectness^p · class^(1 − p)}
 * with p = 0.6, or the plain product of older versions ({@code objectnessPower: 1}).
 *
 * <p>Source: dog-qiuqiu/FastestDet, {@code handle_preds}; sigmoid and softmax are in the graph.
 */
public final class FastestDet implements Decoder {
  private static final String POWER = "objectnessPower";
  private static final int BEHIND = 5;

  @Override
  public String name() {
    return "fastestdet";
  }

  @Override
  public String description() {
    return "FastestDet: objectness, box and class scores on one grid";
  }

  @Override
  public String layout() {
    return "one output [N, 1 + 4 + classes, h, w]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(new DecoderParameter(POWER, 0.01, 1, 0.6));
  }

  @Override
  public BoxDecoder create(Head head) {
    int channels = BEHIND + head.classes();
    if (head.outputs().size() != 1
        || !head.isFloat(0, 4)
        || head.extent(0, 1) != channels
        || head.extent(0, 2) < 1
        || head.extent(0, 3) < 1) {
      throw head.mismatch(
          "one output [N, %d, h, w]".formatted(channels),
          Port.ofClasses("objectness, box and scores", 4, 1, BEHIND));
    }
    int rows = Math.toIntExact(head.extent(0, 2));
    int columns = Math.toIntExact(head.extent(0, 3));
    Places cells = new Places();
    cells.addGrid(
        columns,
        rows,
        (float) head.inputWidthPx() / columns,
        (float) head.inputHeightPx() / rows,
        Places.Centre.CORNER);
    int count = rows * columns;
    double power = head.parameter(POWER);
    Scoring product = Scoring.of(LastStep.NONE, head.classes());
    return new DenseDecoder(
        head.classes(),
        List.of(
            new Level(
                count,
                Numbers.ofColumns(0, channels, count, BEHIND),
                Optional.of(Numbers.ofColumns(0, channels, count, 0)),
                Numbers.ofColumns(0, channels, count, 1))),
        power == 1 ? product : product.powers(power, 1 - power),
        boxes(cells, head.inputWidthPx(), head.inputHeightPx()));
  }

  private static BoxCoding boxes(Places cells, int inputWidth, int inputHeight) {
    return (numbers, at, stride, i, edges) ->
        BoxCoding.centred(
            edges,
            (float) Math.tanh(numbers.get(at)) * cells.width(i) + cells.x(i),
            (float) Math.tanh(numbers.get(at + stride)) * cells.height(i) + cells.y(i),
            Activations.sigmoid(numbers.get(at + 2 * stride)) * inputWidth,
            Activations.sigmoid(numbers.get(at + 3 * stride)) * inputHeight);
  }
}
