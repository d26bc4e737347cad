package io.stagemark.flops.onnx;

import io.stagemark.flops.Operations;
import java.util.List;
import java.util.Map;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, arXiv:1706.03762): B·Hq·Sq·Skv·(dqk + dv)
 * MACs, dense; the causal part is told as valid MACs, with Skv replaced by its mean (Skv − Sq) +
 * (Sq + 1)/2.
 */
final class AttentionRules {
  private AttentionRules() {}

  static void register(Map<String, CostRule> rules) {
    rules.put("Attention", AttentionRules::standard);
    rules.put("FlexAttention", AttentionRules::standard);
    rules.put("LinearAttention", AttentionRules::linear);
    rules.put("RotaryEmbedding", AttentionRules::rotary);
    rules.put("com.microsoft.RotaryEmbedding", call -> Cost.of(3 * call.count(0), 0, 0));
    List.of("Attention", "QAttention", "PackedAttention", "DecoderMaskedSelfAttention")
        .forEach(op -> rules.put("com.microsoft." + op, AttentionRules::projected));
    List.of(
            "MultiHeadAttention",
            "PackedMultiHeadAttention",
            "DecoderMaskedMultiHeadAttention",
            "GroupQueryAttention",
            "SparseAttention",
            "PagedAttention")
        .forEach(op -> rules.put("com.microsoft." + op, AttentionRules::multiHead));
  }

  /** Both products and the softmax; the causal half apart. */
  private static Cost core(AttentionExtents e, boolean causal) {
    long scores = Shapes.multiply(e.rows(), e.keys());
    long width = Math.addExact(e.qkDim(), e.vDim());
    Operations operations =
        Operations.ofMacs(Shapes.multiply(scores, width))
            .plus(NormalizationRules.softmax(scores, e.keys()).operations());
    if (!causal || e.keys() < e.queries()) {
      return Cost.of(operations);
    }
    long twiceMean = Shapes.add(2 * (e.keys() - e.queries()), e.queries(), 1);
    long valid = Shapes.multiply(e.rows(), twiceMean, width) / 2;
    return new Cost(operations, valid, "causal: validMacs without the masked half");
  }

  /** The scale is one product for each score, a mask one sum. */
  private static Cost standard(Call call) {
    boolean causal = call.node().flag("is_causal", false);
    AttentionExtents e = AttentionExtents.standard(call);
    long scores = Shapes.multiply(e.rows(), e.keys());
    boolean masked = causal || call.has(3);
    return core(e, causal).plus(Operations.of(masked ? 2 * scores : scores, 0, 0));
  }

  /** B·S·Di·(2H + Hv) for the projection, one addition for each bias element. */
  private static Cost projected(Call call) {
    AttentionExtents e = AttentionExtents.projected(call);
    List<Long> x = call.shape(0);
    long outputs = call.shape(1).get(1);
    long tokens = Shapes.product(x, 0, x.size() - 1);
    long macs = Shapes.multiply(tokens, x.get(x.size() - 1), outputs);
    boolean quantised = call.node().type().equals("QAttention");
    Cost cost = core(e, call.node().flag("unidirectional", false));
    cost = cost.plus(quantised ? Operations.ofIntMacs(macs) : Operations.ofMacs(macs));
    if (call.has(2)) {
      cost = cost.plus(Operations.of(Shapes.multiply(tokens, outputs), 0, 0));
    }
    return x.size() == 2 ? cost.noting("packed: every sequence counted at full length") : cost;
  }

  /** No projection; bias, softmax, and 3 for each rotated element of queries and keys. */
  private static Cost multiHead(Call call) {
    AttentionExtents e = AttentionExtents.multiHead(call);
    boolean grouped = call.node().type().equals("GroupQueryAttention");
    Cost cost = core(e, grouped || call.node().flag("unidirectional", false));
    long queries = Shapes.multiply(e.rows(), e.qkDim());
    if (!grouped && call.has(3) && call.in(3).rank() == 1) {
      long others = Shapes.multiply(e.batch(), e.kvHeads(), e.queries(), e.qkDim() + e.vDim());
      cost = cost.plus(Operations.of(Math.addExact(queries, others), 0, 0));
    }
    if (call.node().flag("do_rotary", false)) {
      long keys = Shapes.multiply(e.batch(), e.kvHeads(), e.queries(), e.qkDim());
      cost = cost.plus(Operations.of(3 * Math.addExact(queries, keys), 0, 0));
    }
    return cost;
  }

  /** State update and read: B·H·S·2·dk·dv MACs, the decay apart (an approximation). */
  private static Cost linear(Call call) {
    AttentionExtents e = AttentionExtents.standard(call);
    long state = Shapes.multiply(e.rows(), e.qkDim(), e.vDim());
    return Cost.of(new Operations(2 * state, 0, state, e.rows(), 0))
        .noting("approximation: one update and one read of the state for each step");
  }

  /** 3 for each rotated element: two products and a sum. */
  private static Cost rotary(Call call) {
    List<Long> x = call.shape(0);
    long rotated = call.node().integer("rotary_embedding_dim", 0);
    long heads = Math.max(1, call.node().integer("num_heads", 1));
    long head = x.size() == 4 ? x.get(3) : x.get(2) / heads;
    long all = call.count(0);
    return Cost.of(3 * (rotated == 0 || head == 0 ? all : all / head * rotated), 0, 0);
  }
}
