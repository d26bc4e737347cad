package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, arXiv:1706.03762): B·Hq·Sq·Skv·(dqk + dv)
 * MACs, dense; valid are those of the pairs of query and key that nothing masks.
 */
final class AttentionOperators {
  private AttentionOperators() {}

  static List<OnnxOperator> all() {
    ShapeRule standard = AttentionOperators::standardShape;
    CostRule flexible = AttentionOperators::flexible;
    ShapeRule projectedShape = AttentionOperators::projectedShape;
    CostRule projected = AttentionOperators::projected;
    ShapeRule headsShape = AttentionOperators::multiHeadShape;
    CostRule heads = AttentionOperators::multiHead;
    CostRule grouped = AttentionOperators::grouped;
    return List.of(
        standard("Attention", standard, AttentionOperators::dotProduct).weights(1, 2),
        standard("FlexAttention", standard, flexible),
        OnnxOperator.of("ai.onnx.preview", "FlexAttention", standard, flexible),
        standard("LinearAttention", LinearAttention::outputs, LinearAttention::cost),
        standard("RotaryEmbedding", ShapeRule.LIKE_FIRST, AttentionOperators::rotary),
        microsoft(
            "RotaryEmbedding", ShapeRule.LIKE_FIRST, call -> Cost.of(3 * call.count(0), 0, 0)),
        microsoft("Attention", projectedShape, projected),
        microsoft("QAttention", projectedShape, projected).weights(1, 2),
        microsoft("PackedAttention", projectedShape, projected),
        microsoft("DecoderMaskedSelfAttention", projectedShape, projected),
        microsoft("MultiHeadAttention", headsShape, heads),
        microsoft("PackedMultiHeadAttention", headsShape, heads),
        microsoft("DecoderMaskedMultiHeadAttention", headsShape, heads),
        microsoft("GroupQueryAttention", headsShape, grouped),
        microsoft("SparseAttention", headsShape, grouped),
        microsoft("PagedAttention", headsShape, grouped));
  }

  private static List<Value> standardShape(Call call) {
    AttentionExtents e = AttentionExtents.standard(call);
    List<Long> q = call.shape(0);
    long batch = q.get(0);
    List<Long> y =
        q.size() == 4
            ? List.of(batch, e.heads(), e.queries(), e.vDim())
            : List.of(batch, e.queries(), e.heads() * e.vDim());
    OnnxType type = call.type(0);
    return List.of(
        Value.of(type, y),
        Value.of(type, List.of(batch, e.kvHeads(), e.keys(), e.qkDim())),
        Value.of(type, List.of(batch, e.kvHeads(), e.keys(), e.vDim())),
        Value.of(type, List.of(batch, e.heads(), e.queries(), e.keys())));
  }

  private static List<Value> projectedShape(Call call) {
    AttentionExtents e = AttentionExtents.projected(call);
    List<Long> x = call.shape(0);
    OnnxType type = call.type(0).isFloat() ? call.type(0) : OnnxType.FLOAT;
    return List.of(
        Value.of(type, Shapes.with(x, x.size() - 1, e.heads() * e.vDim())),
        Value.of(type, List.of(2L, e.batch(), e.heads(), e.keys(), e.qkDim())));
  }

  private static List<Value> multiHeadShape(Call call) {
    AttentionExtents e = AttentionExtents.multiHead(call);
    List<Long> q = call.shape(0);
    List<Long> y =
        q.size() == 2
            ? List.of(q.get(0), e.heads() * e.vDim())
            : List.of(e.batch(), e.queries(), e.heads() * e.vDim());
    OnnxType type = call.type(0);
    return List.of(
        Value.of(type, y),
        Value.of(type, List.of(e.batch(), e.kvHeads(), e.keys(), e.qkDim())),
        Value.of(type, List.of(e.batch(), e.kvHeads(), e.keys(), e.vDim())));
  }

  /** Both products and the softmax; what is masked apart. */
  private static Cost core(AttentionExtents e, AttentionSight sight) {
    long scores = Shapes.multiply(e.rows(), e.keys());
    long width = Math.addExact(e.qkDim(), e.vDim());
    Operations operations =
        Operations.ofMacs(Shapes.multiply(scores, width))
            .plus(NormalizationOperators.softmax(scores, e.keys()).operations());
    return new Cost(operations, Shapes.multiply(sight.pairs(), width), sight.note());
  }

  /** The scale is one product for each score, a mask one sum, a cap a tanh and two products. */
  private static Cost dotProduct(Call call) {
    AttentionExtents e = AttentionExtents.standard(call);
    AttentionSight sight = AttentionSight.standard(call, e);
    long scores = Shapes.multiply(e.rows(), e.keys());
    Node node = call.node();
    boolean windowed =
        node.integer("left_window_size", -1) >= 0 || node.integer("right_window_size", -1) >= 0;
    boolean masked = node.flag("is_causal", false) || windowed || call.has(3) || call.has(6);
    Cost cost =
        core(e, sight)
            .plus(Operations.of(masked ? 2 : 1, 0, 0).times(scores))
            .plus(capped(call, scores));
    return sight.note().equals(AttentionSight.LENGTHS_ARE_DATA)
        ? cost.assuming("the lengths of the sequences are data and were taken as full")
        : cost;
  }

  private static Operations capped(Call call, long scores) {
    return call.node().real("softcap", 0) > 0
        ? Operations.of(2, 1, 0).times(scores)
        : Operations.NONE;
  }

  /** What its two bodies do to scores and probabilities is counted where they are. */
  private static Cost flexible(Call call) {
    AttentionExtents e = AttentionExtents.standard(call);
    long scores = Shapes.multiply(e.rows(), e.keys());
    String note =
        call.node().has("score_mod") ? "score_mod may mask: validMacs as if it did not" : "";
    return core(e, new AttentionSight(scores, note)).plus(Operations.of(scores, 0, 0));
  }

  private static AttentionSight sight(AttentionExtents e, boolean causal, long past) {
    return AttentionSight.equal(
        e, new VisiblePairs(e.queries(), e.keys(), -1, causal ? 0 : -1), past);
  }

  /** B·S·Di·(2H + Hv) for the projection, one addition for each bias element. */
  private static Cost projected(Call call) {
    AttentionExtents e = AttentionExtents.projected(call);
    List<Long> x = call.shape(0);
    long outputs = call.shape(1).get(1);
    long tokens = Shapes.product(x, 0, x.size() - 1);
    long macs = Shapes.multiply(tokens, x.get(x.size() - 1), outputs);
    boolean quantised = call.node().type().equals("QAttention");
    boolean causal = call.node().flag("unidirectional", false);
    Cost cost = core(e, sight(e, causal, e.keys() - e.queries()));
    cost = cost.plus(quantised ? Operations.ofIntMacs(macs) : Operations.ofMacs(macs));
    if (call.has(2)) {
      cost = cost.plus(Operations.of(Shapes.multiply(tokens, outputs), 0, 0));
    }
    boolean hidden = call.has(quantised ? 5 : 3);
    cost = hidden && cost.note().isEmpty() ? cost.noting(AttentionSight.MASK_IS_DATA) : cost;
    return x.size() == 2 ? cost.noting("packed: every sequence counted at full length") : cost;
  }

  /** No projection; bias, softmax, and 3 for each rotated element of queries and keys. */
  private static Cost multiHead(Call call) {
    AttentionExtents e = AttentionExtents.multiHead(call);
    long past = e.keys() - AttentionExtents.fresh(call, e);
    Cost cost = core(e, sight(e, call.node().flag("unidirectional", false), past));
    if (call.has(3) && call.in(3).rank() == 1) {
      long queries = Shapes.multiply(e.rows(), e.qkDim());
      long others = Shapes.multiply(e.batch(), e.kvHeads(), e.queries(), e.qkDim() + e.vDim());
      cost = cost.plus(Operations.of(Math.addExact(queries, others), 0, 0));
    }
    boolean hidden = call.has(4) && cost.note().isEmpty();
    return rotated(call, e, hidden ? cost.noting(AttentionSight.MASK_IS_DATA) : cost);
  }

  /**
   * Causal, behind the cached keys; a local window holds so many keys, the query's own among them.
   */
  private static Cost grouped(Call call) {
    AttentionExtents e = AttentionExtents.multiHead(call);
    long window = call.node().integer("local_window_size", -1);
    VisiblePairs visible = new VisiblePairs(e.queries(), e.keys(), window < 1 ? -1 : window - 1, 0);
    long past = Math.max(0, e.keys() - e.queries());
    Cost cost = core(e, AttentionSight.equal(e, visible, past));
    cost = cost.plus(capped(call, Shapes.multiply(e.rows(), e.keys())));
    if (call.node().type().equals("SparseAttention")) {
      cost = cost.noting("upper bound: the layout of the blocks is not followed");
    }
    boolean known = call.has(6) && call.inputs().get(6).numbers() != null;
    boolean cached = call.has(3) && call.in(3).rank() == 4 && call.in(3).extent(2) > 0;
    cost =
        known || !cached
            ? cost
            : cost.assuming("how much of the cache of keys is in use is data: taken as full");
    return rotated(call, e, cost);
  }

  private static Cost rotated(Call call, AttentionExtents e, Cost cost) {
    if (!call.node().flag("do_rotary", false)) {
      return cost;
    }
    long queries = Shapes.multiply(e.rows(), e.qkDim());
    long keys = Shapes.multiply(e.batch(), e.kvHeads(), e.queries(), e.qkDim());
    return cost.plus(Operations.of(Shapes.multiply(3, Math.addExact(queries, keys)), 0, 0));
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
