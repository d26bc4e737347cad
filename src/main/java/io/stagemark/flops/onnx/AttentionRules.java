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

  /**
   * The extents of an attention.
   *
   * @param rows B·Hq·Sq: the rows of the softmax
   * @param queries Sq
   * @param keys Skv, past included
   * @param qkDim width of a query head
   * @param vDim width of a value head
   */
  record Extents(long rows, long queries, long keys, long qkDim, long vDim) {}

  static void register(Map<String, CostRule> rules) {
    rules.put("Attention", AttentionRules::attention);
    rules.put("FlexAttention", AttentionRules::attention);
    rules.put("LinearAttention", AttentionRules::linear);
    rules.put("RotaryEmbedding", AttentionRules::rotary);
    rules.put("com.microsoft.RotaryEmbedding", call -> Cost.of(3 * call.count(0), 0, 0));
  }

  /** Returns the cost of both products, the scale, the mask and the softmax. */
  static Cost cost(Extents e, boolean masked, boolean causal) {
    long scores = Shapes.multiply(e.rows(), e.keys());
    long width = Math.addExact(e.qkDim(), e.vDim());
    long elementwise = masked || causal ? 2 * scores : scores;
    Operations operations =
        Operations.ofMacs(Shapes.multiply(scores, width))
            .plus(Operations.of(elementwise, 0, 0))
            .plus(NormalizationRules.softmax(scores, e.keys()).operations());
    long valid = operations.macs();
    if (causal && e.keys() >= e.queries()) {
      long twiceMean = Shapes.add(2 * (e.keys() - e.queries()), e.queries(), 1);
      valid = Shapes.multiply(e.rows(), twiceMean, width) / 2;
    }
    return new Cost(operations, valid, causal ? "causal: validMacs without the masked half" : "");
  }

  private static Cost attention(Call call) {
    boolean causal = call.node().flag("is_causal", false);
    return cost(extents(call), call.has(3), causal);
  }

  /** Q, K, V of rank 4 [B, H, S, d], or of rank 3 [B, S, H·d] with the heads as attributes. */
  private static Extents extents(Call call) {
    List<Long> q = call.shape(0);
    List<Long> k = call.shape(1);
    List<Long> v = call.shape(2);
    boolean split = q.size() == 4;
    long heads = split ? q.get(1) : call.node().integer("q_num_heads");
    long kvHeads = split ? k.get(1) : call.node().integer("kv_num_heads");
    long queries = split ? q.get(2) : q.get(1);
    long keys = split ? k.get(2) : k.get(1);
    if (call.has(4)) {
      keys = Math.addExact(keys, call.in(4).extent(2)); // past_key [B, Hkv, past, d]
    }
    long qkDim = split ? q.get(3) : q.get(2) / heads;
    long vDim = split ? v.get(3) : v.get(2) / kvHeads;
    return new Extents(Shapes.multiply(q.get(0), heads, queries), queries, keys, qkDim, vDim);
  }

  /** State update and read: B·H·S·2·dk·dv MACs, the decay apart (an approximation). */
  private static Cost linear(Call call) {
    List<Long> q = call.shape(0);
    List<Long> v = call.shape(2);
    boolean split = q.size() == 4;
    long heads = split ? q.get(1) : call.node().integer("q_num_heads");
    long kvHeads = split ? v.get(1) : call.node().integer("kv_num_heads", heads);
    long steps = split ? q.get(2) : q.get(1);
    long dk = split ? q.get(3) : q.get(2) / heads;
    long dv = split ? v.get(3) : v.get(2) / kvHeads;
    long rows = Shapes.multiply(q.get(0), heads, steps);
    long state = Shapes.multiply(rows, dk, dv);
    return Cost.of(new Operations(2 * state, 0, state, rows, 0))
        .noting("approximation: one update and one read of the state for each step");
  }

  /** 3 for each rotated element: two products and a sum. */
  private static Cost rotary(Call call) {
    List<Long> x = call.shape(0);
    long rotated = call.node().integer("rotary_embedding_dim", 0);
    long head =
        x.size() == 4 ? x.get(3) : x.get(2) / Math.max(1, call.node().integer("num_heads", 1));
    long all = call.count(0);
    long turned = rotated == 0 || head == 0 ? all : all / head * rotated;
    return Cost.of(3 * turned, 0, 0);
  }
}
