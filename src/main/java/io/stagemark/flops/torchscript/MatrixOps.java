package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Matrix products and attention. */
final class MatrixOps {
  private MatrixOps() {}

  static void register(Map<String, Operator> ops) {
    ops.put("linear", a -> linear(a, a.tensor(0), a.tensor(1), a.optional(2, "bias")));
    List.of("matmul", "mm", "bmm", "mv", "dot", "inner", "linalg_matmul")
        .forEach(name -> ops.put(name, a -> a.apply("MatMul", a.tensor(0), a.tensor(1))));
    List.of("addmm", "baddbmm", "addmv", "addbmm")
        .forEach(name -> ops.put(name, MatrixOps::addedProduct));
    ops.put("einsum", MatrixOps::einsum);
    ops.put("scaled_dot_product_attention", MatrixOps::attention);
    ops.put("_native_multi_head_attention", MatrixOps::nativeAttention);
    ops.put("outer", a -> a.apply("Mul", MoveOps.unsqueezed(a, a.tensor(0), 1), a.tensor(1)));
    ops.put("bilinear", Arguments::unknown);
  }

  /** x · Wᵀ + b, as exporters write it; the transposed weight is the same weight. */
  static Value linear(Arguments a, Value x, Value w, Value bias) {
    Value turned = w.rank() == 1 ? w : w.viewedAs(List.of(w.shape().get(1), w.shape().get(0)));
    Value y = a.apply("MatMul", x, turned);
    return bias == Value.ABSENT ? y : a.apply("Add", y, bias);
  }

  private static Object addedProduct(Arguments a) {
    return a.apply("Add", a.apply("MatMul", a.tensor(1), a.tensor(2)), a.tensor(0));
  }

  private static Object einsum(Arguments a) {
    List<Value> operands = a.isTensor(1) ? List.of(a.tensor(1)) : a.tensors(1);
    return a.apply("Einsum", operands, Map.of("equation", a.text(0, "equation", "")));
  }

  /** query, key, value, mask, dropout, is_causal; leading extents become one. */
  private static Object attention(Arguments a) {
    Value q = a.tensor(0);
    Value y =
        attend(
            a,
            List.of(fourDimensional(q), fourDimensional(a.tensor(1)), fourDimensional(a.tensor(2))),
            a.optional(3, "attn_mask"),
            a.flag(5, "is_causal", false));
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
    long heads = rank > 2 ? x.extent(-3) : 1;
    long rows = heads * x.extent(-2) * x.extent(-1);
    long batch = rows == 0 ? 0 : x.elementCount() / rows;
    return x.viewedAs(List.of(batch, heads, x.extent(-2), x.extent(-1)));
  }

  /**
   * query, key, value, embed_dim, heads, qkv_weight, qkv_bias, proj_weight, proj_bias: one operator
   * in place of a projection, the attention and a projection.
   */
  private static Object nativeAttention(Arguments a) {
    Value x = a.tensor(0);
    long heads = a.integer(4);
    Value qkv = linear(a, x, a.tensor(5), a.tensor(6));
    long width = qkv.extent(-1) / 3;
    Value part = x.viewedAs(List.of(x.extent(0), heads, x.extent(1), width / heads));
    Value attended = attend(a, List.of(part, part, part), a.optional(9, "mask"), false);
    Value flat = attended.viewedAs(List.of(x.extent(0), x.extent(1), width));
    Value y = linear(a, flat, a.tensor(7), a.tensor(8));
    return ScriptTuple.of(List.of(y, Value.UNKNOWN));
  }
}
