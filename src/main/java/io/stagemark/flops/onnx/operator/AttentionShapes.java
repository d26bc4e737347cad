package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Attention of ai.onnx (opset 23) and of com.microsoft. */
final class AttentionShapes {
  private AttentionShapes() {}

  static void register(OperatorTable<ShapeRule> rules) {
    rules.put("Attention", AttentionShapes::standard);
    List.of("FlexAttention", "ai.onnx.preview.FlexAttention")
        .forEach(op -> rules.put(op, AttentionShapes::standard));
    rules.put("LinearAttention", LinearAttention::outputs);
    List.of("Attention", "QAttention", "PackedAttention", "DecoderMaskedSelfAttention")
        .forEach(op -> rules.put("com.microsoft." + op, AttentionShapes::projected));
    List.of(
            "MultiHeadAttention",
            "PackedMultiHeadAttention",
            "DecoderMaskedMultiHeadAttention",
            "GroupQueryAttention",
            "SparseAttention",
            "PagedAttention")
        .forEach(op -> rules.put("com.microsoft." + op, AttentionShapes::multiHead));
  }

  private static List<Value> standard(Call call) {
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

  private static List<Value> projected(Call call) {
    AttentionExtents e = AttentionExtents.projected(call);
    List<Long> x = call.shape(0);
    OnnxType type = call.type(0).isFloat() ? call.type(0) : OnnxType.FLOAT;
    return List.of(
        Value.of(type, Shapes.with(x, x.size() - 1, e.heads() * e.vDim())),
        Value.of(type, List.of(2L, e.batch(), e.heads(), e.keys(), e.qkDim())));
  }

  private static List<Value> multiHead(Call call) {
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
}
