package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Normalisations and softmax: a cost for each row of n normalised elements. */
final class NormalizationRules {
  private NormalizationRules() {}

  static void register(OperatorTable<CostRule> rules) {
    rules.put("BatchNormalization", NormalizationRules::batch);
    rules.put("LayerNormalization", NormalizationRules::layer);
    rules.put("InstanceNormalization", call -> standard(call.in(0), instanceRows(call), true));
    rules.put("GroupNormalization", call -> standard(call.in(0), groupRows(call), true));
    rules.put("RMSNormalization", call -> rootMeanSquare(call, axisRows(call, -1)));
    rules.put("SimplifiedLayerNormalization", rules.get("RMSNormalization"));
    rules.put("MeanVarianceNormalization", NormalizationRules::meanVariance);
    rules.put("LpNormalization", NormalizationRules::lp);
    rules.put("LRN", NormalizationRules::localResponse);
    rules.put("Softmax", call -> softmax(call.count(0), softmaxRow(call)));
    rules.put("LogSoftmax", call -> logSoftmax(call.count(0), softmaxRow(call)));
    rules.put("SoftmaxCrossEntropyLoss", NormalizationRules::crossEntropy);
    // takes log-probabilities: it picks, weights and adds them
    rules.put("NegativeLogLikelihoodLoss", call -> Cost.of(call.count(0), 0, 0));
    rules.put("com.microsoft.BiasSoftmax", NormalizationRules::biasSoftmax);
    rules.put("com.microsoft.SkipLayerNormalization", NormalizationRules::skipLayer);
    rules.put("com.microsoft.SkipSimplifiedLayerNormalization", NormalizationRules::skipSimplified);
    rules.put("com.microsoft.EmbedLayerNormalization", NormalizationRules::embedLayer);
    rules.put("com.microsoft.GroupNorm", call -> microsoftGroup(call, 0));
    rules.put("com.microsoft.SkipGroupNorm", call -> microsoftGroup(call, 1));
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
  private static Cost standard(Value x, long rows, boolean bias) {
    long perElement = Shapes.multiply(bias ? 7 : 6, x.elementCount());
    return Cost.of(Shapes.add(perElement, 2 * rows), rows, 0);
  }

  private static Cost layer(Call call) {
    return standard(call.in(0), axisRows(call, -1), call.has(2));
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
  static long softmaxRow(Call call) {
    if (call.node().domain().equals(Node.STANDARD) && call.node().opset() < 13) {
      int axis = call.axis(1);
      return Shapes.product(call.shape(0), axis, call.in(0).rank());
    }
    return call.in(0).extent(call.axis(-1));
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
    return standard(call.in(0), call.count(0) / call.in(0).extent(-1), call.has(3))
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
    return standard(y, y.elementCount() / y.extent(-1), true)
        .plus(Operations.of(2 * y.elementCount(), 0, 0));
  }

  /** Channels last; 5 more for each element where SiLU follows. */
  private static Cost microsoftGroup(Call call, long skip) {
    long rows = Shapes.multiply(call.shape(0).get(0), call.node().integer("groups"));
    long x = call.count(0);
    Cost cost = standard(call.in(0), rows, true).plus(Operations.of(skip * x, 0, 0));
    return call.node().integer("activation", 0) == 1 ? cost.plus(Operations.of(5 * x, 0, 0)) : cost;
  }
}
