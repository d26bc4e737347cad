package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Shapes;
import java.util.List;

/** Operators that ONNX Runtime adds and its optimiser writes: layouts, packed weights, experts. */
final class MicrosoftRules {
  private MicrosoftRules() {}

  static void register(OperatorTable<CostRule> rules) {
    rules.put("com.ms.internal.nhwc.Conv", MicrosoftRules::channelsLast);
    rules.put("com.ms.internal.nhwc.QLinearConv", MicrosoftRules::quantizedConvolution);
    rules.put("com.microsoft.MoE", call -> experts(call, 2, 2, 1));
    rules.put("com.microsoft.QMoE", MicrosoftRules::quantizedExperts);
    registerBlocked(rules);
    registerQuantized(rules);
  }

  /** Blocked layout: channels are padded to a multiple of 8 or 16, and the padding is computed. */
  private static void registerBlocked(OperatorTable<CostRule> rules) {
    String domain = "com.microsoft.nchwc.";
    rules.put(domain + "Conv", rules.get("com.microsoft.FusedConv"));
    List.of("MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "Upsample")
        .forEach(op -> rules.put(domain + op, rules.get(op)));
    List.of("ReorderInput", "ReorderOutput")
        .forEach(op -> rules.put(domain + op, call -> Cost.NOTHING));
  }

  /** As the floating-point operator, and 3 for each output to leave and enter integers. */
  private static void registerQuantized(OperatorTable<CostRule> rules) {
    List.of("Add", "Mul").forEach(op -> put(rules, op, call -> Cost.of(call.y(), 0, 0)));
    put(rules, "Sigmoid", rules.get("Sigmoid"));
    put(rules, "LeakyRelu", rules.get("LeakyRelu"));
    put(rules, "Softmax", rules.get("Softmax"));
    put(rules, "AveragePool", MicrosoftRules::averagePool);
    put(rules, "GlobalAveragePool", call -> Cost.of(call.count(0), 0, 0));
    put(rules, "ReduceMean", call -> Cost.of(call.count(0), 0, 0));
    put(rules, "Concat", call -> Cost.NOTHING);
    put(rules, "Where", call -> Cost.of(0, 0, call.y()));
  }

  private static void put(OperatorTable<CostRule> rules, String op, CostRule plain) {
    rules.put(
        "com.microsoft.QLinear" + op,
        call -> plain.of(call).plus(Operations.of(3 * call.y(), 0, 0)));
  }

  /** |Y|·ΠW[1:], whatever the order of the weight's extents. */
  static Cost channelsLast(Call call) {
    Cost cost = channelsLast(call, 1);
    cost = ContractionRules.withBias(call, ContractionRules.withBias(call, cost, 2), 3);
    return FusedActivation.add(call, cost);
  }

  static Cost channelsLast(Call call, int weight) {
    List<Long> w = call.shape(weight);
    List<Long> y = call.out(0).shape();
    ConvolutionLayout layout = ConvolutionLayout.channelsLast(call, weight);
    long taps = layout.window().validTaps(layout.input(), y.subList(1, y.size() - 1));
    long kernel = Shapes.product(layout.window().kernel());
    long perPosition = kernel == 0 ? 0 : Shapes.multiply(y.get(0), Shapes.product(w) / kernel);
    return new Cost(
        Operations.ofMacs(Shapes.multiply(call.y(), Shapes.product(w, 1, w.size()))),
        Shapes.multiply(perPosition, taps),
        "");
  }

  static Cost quantizedConvolution(Call call) {
    boolean last =
        call.node().flag("channels_last", false)
            || call.node().domain().equals("com.ms.internal.nhwc");
    return QuantizedRules.convolution(
        call, last ? channelsLast(call, 3) : ContractionRules.convolution(call, 3));
  }

  /** |Y|·K; where the weights are unpacked first, that is 2·K·N more (noted, not added). */
  static Cost packedWeights(Call call) {
    long k = lastExtent(call);
    Cost cost = Cost.of(Operations.ofMacs(Shapes.multiply(call.y(), k)));
    if (call.node().type().equals("MatMulNBits") && call.has(5)) {
      cost = cost.plus(Operations.of(call.y(), 0, 0));
    }
    long unpacking = Shapes.multiply(2, k, MicrosoftShapes.columns(call));
    return cost.noting(
        "%d more to unpack the weights where that is not fused".formatted(unpacking));
  }

  static long lastExtent(Call call) {
    return call.in(0).extent(-1);
  }

  static Cost integerProduct(Call call, long k) {
    return Cost.of(Operations.ofIntMacs(Shapes.multiply(call.y(), k)));
  }

  /** Integer product, one scale for each output, and a bias if there is one. */
  static Cost toFloat(Call call) {
    int bias = call.node().type().equals("DynamicQuantizeMatMul") ? 4 : 6;
    return scaled(call, integerProduct(call, lastExtent(call)), bias);
  }

  private static Cost scaled(Call call, Cost cost, int bias) {
    return ContractionRules.withBias(call, cost.plus(Operations.of(call.y(), 0, 0)), bias);
  }

  static Cost quantizedGemm(Call call) {
    long k = call.shape(0).get(call.node().flag("transA", false) ? 0 : 1);
    return scaled(call, integerProduct(call, k), 6);
  }

  static Cost orderedMatMul(Call call) {
    return scaled(call, integerProduct(call, lastExtent(call)), 5);
  }

  /** tokens · top-k · (fc1 + fc2 [+ fc3]): the experts that run, not those that exist. */
  private static Cost experts(Call call, int firstWeight, int apart, long perElement) {
    List<Long> x = call.shape(0);
    long tokens = Shapes.product(x, 0, x.size() - 1);
    long each = 0;
    for (int i = 0; i < 3; i++) {
      int weight = firstWeight + i * apart;
      if (call.has(weight)) {
        List<Long> w = call.shape(weight);
        each = Shapes.add(each, Shapes.multiply(perElement, Shapes.product(w, 1, w.size())));
      }
    }
    long chosen = call.node().integer("k", 1);
    return Cost.of(Operations.ofMacs(Shapes.multiply(tokens, chosen, each)));
  }

  /** Two 4-bit weights in a byte, unless an attribute says otherwise. */
  private static Cost quantizedExperts(Call call) {
    long bits = Math.max(1, call.node().integer("expert_weight_bits", 4));
    return experts(call, 2, 3, 8 / bits);
  }

  private static Cost averagePool(Call call) {
    long taps = Shapes.product(call.node().integers("kernel_shape", List.of()));
    if (call.node().flag("channels_last", false) || call.node().flag("count_include_pad", false)) {
      return Cost.of(Shapes.multiply(call.y(), taps), 0, 0);
    }
    return PoolingRules.average(call);
  }
}
