package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.value.ShapeRule.LIKE_FIRST;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Normalisations and softmax: a cost for each row of n normalised elements. */
final class NormalizationOperators {
  private NormalizationOperators() {}

  static List<OnnxOperator> all() {
    return List.of(
        standard(
                "BatchNormalization",
                NormalizationOperators::batchShapes,
                NormalizationOperators::batch)
            .weights(1, 2)
            .statistics(3, 4),
        standard(
                "LayerNormalization",
                NormalizationOperators::layerShapes,
                NormalizationOperators::layer)
            .weights(1, 2),
        standard(
                "InstanceNormalization",
                LIKE_FIRST,
                call -> scaled(call.in(0), instanceRows(call), true))
            .weights(1, 2),
        standard(
                "GroupNormalization", LIKE_FIRST, call -> scaled(call.in(0), groupRows(call), true))
            .weights(1, 2),
        standard("RMSNormalization", LIKE_FIRST, NormalizationOperators::rootMeanSquare).weights(1),
        standard(
            "SimplifiedLayerNormalization", LIKE_FIRST, NormalizationOperators::rootMeanSquare),
        standard("MeanVarianceNormalization", LIKE_FIRST, NormalizationOperators::meanVariance),
        standard("LpNormalization", LIKE_FIRST, NormalizationOperators::lp),
        standard("LRN", LIKE_FIRST, NormalizationOperators::localResponse),
        standard("Softmax", LIKE_FIRST, NormalizationOperators::softmax),
        standard("LogSoftmax", LIKE_FIRST, call -> logSoftmax(call.count(0), softmaxRow(call))),
        standard(
            "SoftmaxCrossEntropyLoss",
            call -> List.of(loss(call), Value.of(call.type(0), call.shape(0))),
            NormalizationOperators::crossEntropy),
        // takes log-probabilities: it picks, weights and adds them
        standard(
            "NegativeLogLikelihoodLoss",
            call -> List.of(loss(call)),
            call -> Cost.of(call.count(0), 0, 0)),
        microsoft("BiasSoftmax", LIKE_FIRST, NormalizationOperators::biasSoftmax),
        microsoft("SkipLayerNormalization", LIKE_FIRST, NormalizationOperators::skipLayer),
        microsoft(
            "SkipSimplifiedLayerNormalization", LIKE_FIRST, NormalizationOperators::skipSimplified),
        microsoft(
            "EmbedLayerNormalization",
            NormalizationOperators::embedded,
            NormalizationOperators::embedLayer),
        microsoft("GroupNorm", LIKE_FIRST, call -> microsoftGroup(call, 0)),
        microsoft("SkipGroupNorm", LIKE_FIRST, call -> microsoftGroup(call, 1)));
  }

  private static List<Value> batchShapes(Call call) {
    Value x = call.in(0);
    Value statistic = Value.of(x.type(), List.of(x.rank() > 1 ? x.extent(1) : 1L));
    return List.of(Value.of(x.type(), x.shape()), statistic, statistic, statistic, statistic);
  }

  private static List<Value> layerShapes(Call call) {
    Value x = call.in(0);
    int axis = call.axis(-1);
    List<Long> reduced = x.shape();
    for (int i = axis; i < x.rank(); i++) {
      reduced = Shapes.with(reduced, i, 1);
    }
    Value statistic = Value.of(OnnxType.FLOAT, reduced);
    return List.of(Value.of(x.type(), x.shape()), statistic, statistic);
  }

  private static List<Value> embedded(Call call) {
    List<Long> ids = call.shape(0);
    Value table = call.in(2);
    List<Long> shape = Shapes.concat(ids, List.of(table.extent(1)));
    return List.of(Value.of(table.type(), shape), Value.of(OnnxType.INT32, List.of(ids.get(0))));
  }

  private static Value loss(Call call) {
    boolean none = call.node().text("reduction", "mean").equals("none");
    return Value.of(call.type(0), none ? call.shape(1) : List.of());
  }

  /** 2 for each element with the scale folded (4·C and C roots once); 7 while training. */
  private static Cost batch(Call call) {
    if (call.node().flag("training_mode", false)) {
      return Cost.of(7 * call.y(), 0, 0);
    }
    long channels = call.in(0).rank() > 1 ? call.in(0).extent(1) : 1;
    return Cost.of(Shapes.add(2 * call.y(), 4 * channels), channels, 0);
  }

  private static long axisRows(Call call, long axis) {
    return Shapes.product(call.shape(0), 0, call.axis(axis));
  }

  private static long instanceRows(Call call) {
    return Shapes.product(call.shape(0), 0, 2);
  }

  private static long groupRows(Call call) {
    return Shapes.multiply(call.shape(0).get(0), call.node().integer("num_groups"));
  }

  /** rows·(7n + 2), 6n without a bias, and a root a row. */
  private static Cost scaled(Value x, long rows, boolean bias) {
    long perElement = Shapes.multiply(bias ? 7 : 6, x.elementCount());
    return Cost.of(Shapes.add(perElement, 2 * rows), rows, 0);
  }

  private static Cost layer(Call call) {
    return scaled(call.in(0), axisRows(call, -1), call.has(2));
  }

  private static Cost rootMeanSquare(Call call) {
    return rootMeanSquare(call, axisRows(call, -1));
  }

  /** rows·(4n + 1) and a root a row. */
  private static Cost rootMeanSquare(Call call, long rows) {
    return Cost.of(Shapes.add(4 * call.count(0), rows), rows, 0);
  }

  private static Cost meanVariance(Call call) {
    List<Long> axes = call.node().integers("axes", List.of(0L, 2L, 3L));
    long normalised = 1;
    for (long axis : axes) {
      normalised = Shapes.multiply(normalised, call.in(0).extent((int) axis));
    }
    return Cost.of(6 * call.y(), normalised == 0 ? 0 : call.y() / normalised, 0);
  }

  private static Cost lp(Call call) {
    long n = call.in(0).extent(call.axis(-1));
    long rows = n == 0 ? 0 : call.count(0) / n;
    boolean first = call.node().integer("p", 2) == 1;
    return Cost.of((first ? 2 : 3) * call.count(0) - rows, first ? 0 : rows, 0);
  }

  private static Cost localResponse(Call call) {
    return Cost.of(Shapes.multiply(call.node().integer("size") + 3, call.y()), call.y(), 0);
  }

  /** Before opset 13, softmax flattened to two dimensions at its axis, 1 unless given. */
  private static long softmaxRow(Call call) {
    if (call.node().domain().equals(Node.STANDARD) && call.node().opset() < 13) {
      int axis = call.axis(1);
      return Shapes.product(call.shape(0), axis, call.in(0).rank());
    }
    return call.in(0).extent(call.axis(-1));
  }

  static Cost softmax(Call call) {
    return softmax(call.count(0), softmaxRow(call));
  }

  /** rows·(3n − 1) elementwise, rows·n exponentials, rows·(n − 1) comparisons. */
  static Cost softmax(long elements, long row) {
    long rows = row == 0 ? 0 : elements / row;
    return Cost.of(3 * elements - rows, elements, elements - rows);
  }

  private static Cost logSoftmax(long elements, long row) {
    long rows = row == 0 ? 0 : elements / row;
    return Cost.of(3 * elements - rows, elements + rows, elements - rows);
  }

  private static Cost crossEntropy(Call call) {
    return logSoftmax(call.count(0), call.in(0).extent(1)).plus(Operations.of(call.count(0), 0, 0));
  }

  private static Cost biasSoftmax(Call call) {
    int axis = call.axis(1);
    long row = Shapes.product(call.shape(0), axis, call.in(0).rank());
    return softmax(call.count(0), row).plus(Operations.of(call.count(0), 0, 0));
  }

  /** Inputs: x, skip, gamma, beta, bias. */
  private static Cost skipLayer(Call call) {
    long added = (call.has(4) ? 2 : 1) * call.count(0);
    return scaled(call.in(0), call.count(0) / call.in(0).extent(-1), call.has(3))
        .plus(Operations.of(added, 0, 0));
  }

  /** Inputs: x, skip, gamma, bias. */
  private static Cost skipSimplified(Call call) {
    long added = (call.has(3) ? 2 : 1) * call.count(0);
    return rootMeanSquare(call, call.count(0) / call.in(0).extent(-1))
        .plus(Operations.of(added, 0, 0));
  }

  private static Cost embedLayer(Call call) {
    Value y = call.out(0);
    return scaled(y, y.elementCount() / y.extent(-1), true)
        .plus(Operations.of(2 * y.elementCount(), 0, 0));
  }

  /** Channels last; 5 more for each element where SiLU follows. */
  private static Cost microsoftGroup(Call call, long skip) {
    long rows = Shapes.multiply(call.shape(0).get(0), call.node().integer("groups"));
    long x = call.count(0);
    Cost cost = scaled(call.in(0), rows, true).plus(Operations.of(skip * x, 0, 0));
    return call.node().integer("activation", 0) == 1 ? cost.plus(Operations.of(5 * x, 0, 0)) : cost;
  }
}
