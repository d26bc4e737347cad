package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.ElementwiseOperators.SPECIAL;
import static io.stagemark.flops.onnx.operator.OnnxOperator.alike;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unshaped;
import static io.stagemark.flops.onnx.operator.OnnxOperator.view;
import static io.stagemark.flops.onnx.value.CostRule.NOTHING;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Tensors;
import io.stagemark.flops.onnx.value.Value;
import java.nio.file.Path;
import java.util.List;

/** Operators that make elements: from a shape, from a range, at random. */
final class MakerOperators {
  private MakerOperators() {}

  static List<OnnxOperator> all() {
    return join(
        List.of(
            unshaped(Node.STANDARD, "Constant", NOTHING).asView(),
            view("Shape", MakerOperators::shape),
            view(
                "Size",
                call -> List.of(Value.of(OnnxType.INT64, List.of(), Numbers.of(call.count(0))))),
            standard("ConstantOfShape", MakerOperators::constantOfShape, NOTHING),
            standard("Range", MakerOperators::range, NOTHING)
                .settings(0, 1, 2)
                .folding(KnownMoves::range),
            standard("EyeLike", MakerOperators::likeOrTyped, NOTHING),
            standard("Multinomial", MakerOperators::multinomial, SPECIAL)),
        alike(MakerOperators::random, SPECIAL, "RandomNormal", "RandomUniform"),
        alike(
            MakerOperators::likeOrTyped,
            SPECIAL,
            "RandomNormalLike",
            "RandomUniformLike",
            "Bernoulli"));
  }

  private static List<Value> shape(Call call) {
    List<Long> shape = call.shape(0);
    int rank = shape.size();
    int start = clip(call.node().integer("start", 0), rank);
    int end = clip(call.node().integer("end", rank), rank);
    long[] extents =
        shape.subList(start, Math.max(start, end)).stream().mapToLong(Long::longValue).toArray();
    return List.of(Value.integers(extents));
  }

  private static int clip(long index, int rank) {
    return (int) Math.max(0, Math.min(rank, index < 0 ? index + rank : index));
  }

  private static List<Value> constantOfShape(Call call) {
    List<Long> shape = Shapes.of(call.in(0).integers());
    OnnxType type = typeOf(call.node(), "value");
    Value made = Value.of(type, shape);
    long elements = made.elementCount();
    Value fill =
        call.node()
            .tensor("value")
            .map(tensor -> new Tensors(Path.of("")).read(tensor, "value", false))
            .orElse(Value.of(OnnxType.FLOAT, List.of(1L), Numbers.of(0.0)));
    Numbers one = fill.numbers();
    boolean zero = one != null && one.count() > 0 && one.real(0) == 0;
    Origin origin = new Origin(call.node().path(), type, elements, zero ? elements : 0, false);
    if (one == null || one.count() == 0 || elements > Numbers.LIMIT) {
      return List.of(made.from(origin));
    }
    Numbers all = Numbers.allocate(one.integral(), (int) elements);
    for (int i = 0; i < elements; i++) {
      all.set(i, one, 0);
    }
    return List.of(Value.of(type, shape, all).from(origin));
  }

  private static List<Value> range(Call call) {
    double start = call.in(0).known().real(0);
    double limit = call.in(1).known().real(0);
    double delta = call.in(2).known().real(0);
    long count = Math.max(0, (long) Math.ceil((limit - start) / delta));
    return call.like(List.of(count));
  }

  private static List<Value> multinomial(Call call) {
    OnnxType type = OnnxType.of((int) call.node().integer("dtype", 6));
    return List.of(
        Value.of(type, Shapes.with(call.shape(0), 1, call.node().integer("sample_size", 1))));
  }

  private static List<Value> random(Call call) {
    OnnxType type = OnnxType.of((int) call.node().integer("dtype", 1));
    return List.of(Value.of(type, call.node().integers("shape", List.of())));
  }

  private static List<Value> likeOrTyped(Call call) {
    OnnxType type =
        call.node().has("dtype") ? OnnxType.of((int) call.node().integer("dtype")) : call.type(0);
    return List.of(Value.of(type, call.shape(0)));
  }

  /** Returns the type of a tensor attribute, float where there is none. */
  static OnnxType typeOf(Node node, String attribute) {
    return node.tensor(attribute)
        .map(TensorProto::getDataType)
        .map(OnnxType::of)
        .orElse(OnnxType.FLOAT);
  }
}
