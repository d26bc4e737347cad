package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attention, alone and with the projections and layers around it. */
final class AttentionOps {
  private AttentionOps() {}

  static void register(OperatorTable<Operator> ops) {
    put(ops, "scaled_dot_product_attention", a -> attention(a, 3, 5));
    put(ops, "_scaled_dot_product_attention", a -> first(attention(a, 3, 6), 2));
    put(ops, "_scaled_dot_product_attention_math", a -> first(attention(a, 3, 5), 2));
    put(ops, "_scaled_dot_product_flash_attention", a -> first(attention(a, -1, 4), 9));
    put(ops, "_scaled_dot_product_flash_attention_for_cpu", a -> first(attention(a, 5, 4), 2));
    put(ops, "_scaled_dot_product_efficient_attention", a -> first(attention(a, 3, 6), 4));
    ops.put("_native_multi_head_attention", AttentionOps::nativeAttention);
    ops.put("_transformer_encoder_layer_fwd", AttentionOps::encoderLayer);
  }

  private static void put(OperatorTable<Operator> ops, String name, Operator operator) {
    ops.put(name, checked(ProductChecks::attention, operator));
  }

  /** An operator with so many results, of which the first alone is followed. */
  private static Object first(Value y, int results) {
    List<@Nullable Object> all = new ArrayList<>(List.of(y));
    while (all.size() < results) {
      all.add(Value.UNKNOWN);
    }
    return ScriptTuple.of(all);
  }

  /**
   * query, key, value, then a mask and is_causal; leading extents become one. PyTorch aligns a
   * causal mask at the top left: query i sees the keys up to i, however many keys there are.
   */
  private static Value attention(Arguments a, int maskAt, int causalAt) {
    Value q = a.tensor(0);
    Value y =
        attend(
            a,
            List.of(fourDimensional(q), fourDimensional(a.tensor(1)), fourDimensional(a.tensor(2))),
            maskAt < 0 ? Value.ABSENT : a.optional(maskAt, "attn_mask"),
            a.flag(causalAt, "is_causal", false));
    List<Long> shape = new ArrayList<>(q.shape());
    shape.set(q.rank() - 1, a.tensor(2).extent(-1));
    return y.viewedAs(shape);
  }

  private static Value attend(Arguments a, List<Value> qkv, Value mask, boolean causal) {
    List<Value> inputs = new ArrayList<>(qkv);
    inputs.add(mask);
    return a.apply("Attention", inputs, Map.of("is_causal", causal ? 1L : 0L));
  }

  private static Value fourDimensional(Value x) {
    int rank = x.rank();
    if (rank < 2) {
      throw new ScriptFault("attention", "an operand of shape " + x.shape());
    }
    long heads = rank > 2 ? x.extent(-3) : 1;
    long batch = 1;
    for (int i = 0; i < rank - 3; i++) {
      batch = Math.multiplyExact(batch, x.extent(i));
    }
    return x.viewedAs(List.of(batch, heads, x.extent(-2), x.extent(-1)));
  }

  /**
   * query, key, value, embed_dim, heads, qkv_weight, qkv_bias, proj_weight, proj_bias, mask: one
   * operator in place of a projection, the attention and a projection.
   */
  private static Object nativeAttention(Arguments a) {
    Weights weights = new Weights(a.tensor(5), a.optional(6, ""), a.tensor(7), a.optional(8, ""));
    Value y = projected(a, a.tensor(0), a.integer(4), weights, a.optional(9, "mask"));
    return ScriptTuple.of(List.of(y, Value.UNKNOWN));
  }

  /** The projections around an attention. */
  private record Weights(Value qkv, Value qkvBias, Value out, Value outBias) {}

  private static Value projected(Arguments a, Value x, long heads, Weights w, Value mask) {
    if (x.rank() != 3 || heads < 1) {
      throw a.misfit("a query of three axes, and heads", x);
    }
    Value qkv = MatrixOps.linear(a, x, w.qkv(), w.qkvBias());
    long width = qkv.extent(-1) / 3;
    Value part = x.viewedAs(List.of(x.extent(0), heads, x.extent(1), width / heads));
    Value attended = attend(a, List.of(part, part, part), mask, false);
    Value flat = attended.viewedAs(List.of(x.extent(0), x.extent(1), width));
    return MatrixOps.linear(a, flat, w.out(), w.outBias());
  }

  /**
   * src, embed_dim, heads, qkv_weight, qkv_bias, proj_weight, proj_bias, use_gelu, norm_first, eps,
   * two pairs of norms, two pairs of the feed-forward's weights, mask: what torch.nn's encoder
   * layer becomes in eval mode.
   */
  private static Object encoderLayer(Arguments a) {
    Value x = a.tensor(0);
    Weights weights = new Weights(a.tensor(3), a.tensor(4), a.tensor(5), a.tensor(6));
    boolean normFirst = a.flag(8, "norm_first", false);
    Value in = normFirst ? norm(a, x, 10) : x;
    Value attended = projected(a, in, a.integer(2), weights, a.optional(18, "mask"));
    Value first = a.apply("Add", attended, x);
    Value middle = normFirst ? first : norm(a, first, 10);
    Value into = normFirst ? norm(a, first, 12) : middle;
    Value hidden = MatrixOps.linear(a, into, a.tensor(14), a.tensor(15));
    Value active = a.apply(a.flag(7, "use_gelu", false) ? "Gelu" : "Relu", hidden);
    Value out = MatrixOps.linear(a, active, a.tensor(16), a.tensor(17));
    Value sum = a.apply("Add", out, middle);
    return normFirst ? sum : norm(a, sum, 12);
  }

  private static Value norm(Arguments a, Value x, int weight) {
    return a.apply(
        "LayerNormalization",
        List.of(x, a.optional(weight, ""), a.optional(weight + 1, "")),
        Map.of("axis", -1L));
  }
}
