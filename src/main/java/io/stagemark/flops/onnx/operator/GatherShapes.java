package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Tensors;
import io.stagemark.flops.onnx.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Operators that pick, make or sort elements. */
final class GatherShapes {
  private GatherShapes() {}

  static void register(OperatorTable<ShapeRule> rules) {
    rules.put("Gather", GatherShapes::gather);
    rules.put("GatherElements", call -> List.of(Value.of(call.type(0), call.shape(1))));
    rules.put("GatherND", GatherShapes::gatherNd);
    rules.put("OneHot", GatherShapes::oneHot);
    rules.put("TopK", GatherShapes::topK);
    rules.put("NonZero", GatherShapes::nonZero);
    rules.put("Compress", GatherShapes::compress);
    rules.put("Shape", GatherShapes::shape);
    rules.put(
        "Size", call -> List.of(Value.of(OnnxType.INT64, List.of(), Numbers.of(call.count(0)))));
    rules.put("ConstantOfShape", GatherShapes::constantOfShape);
    rules.put("Range", GatherShapes::range);
    rules.put("EyeLike", GatherShapes::eyeLike);
    rules.put("Multinomial", GatherShapes::multinomial);
    List.of("RandomNormal", "RandomUniform").forEach(op -> rules.put(op, GatherShapes::random));
    List.of("RandomNormalLike", "RandomUniformLike", "Bernoulli")
        .forEach(op -> rules.put(op, GatherShapes::randomLike));
  }

  private static List<Value> gather(Call call) {
    Value x = call.in(0);
    int axis = call.axis(0);
    List<Long> shape = new ArrayList<>(x.shape().subList(0, axis));
    shape.addAll(call.shape(1));
    shape.addAll(x.shape().subList(axis + 1, x.rank()));
    return List.of(Value.of(x.type(), shape));
  }

  private static List<Value> gatherNd(Call call) {
    Value x = call.in(0);
    List<Long> indices = call.shape(1);
    int batch = (int) call.node().integer("batch_dims", 0);
    int depth = Math.toIntExact(indices.get(indices.size() - 1));
    List<Long> shape = new ArrayList<>(indices.subList(0, indices.size() - 1));
    shape.addAll(x.shape().subList(batch + depth, x.rank()));
    return List.of(Value.of(x.type(), shape));
  }

  private static List<Value> oneHot(Call call) {
    List<Long> shape = new ArrayList<>(call.shape(0));
    long axis = call.node().integer("axis", -1);
    shape.add((int) (axis < 0 ? axis + shape.size() + 1 : axis), call.in(1).integers()[0]);
    return List.of(Value.of(call.type(2), shape));
  }

  private static List<Value> topK(Call call) {
    int axis = call.axis(-1);
    long k = call.has(1) ? call.in(1).integers()[0] : call.node().integer("k");
    List<Long> shape = Shapes.with(call.shape(0), axis, k);
    return List.of(Value.of(call.type(0), shape), Value.of(OnnxType.INT64, shape));
  }

  private static List<Value> nonZero(Call call) {
    Value x = call.in(0);
    Numbers numbers = x.known();
    int found = 0;
    for (int i = 0; i < numbers.count(); i++) {
      found += numbers.real(i) != 0 ? 1 : 0;
    }
    return List.of(Value.of(OnnxType.INT64, List.of((long) x.rank(), (long) found)));
  }

  private static List<Value> compress(Call call) {
    Numbers chosen = call.in(1).known();
    long count = 0;
    for (int i = 0; i < chosen.count(); i++) {
      count += chosen.integer(i) != 0 ? 1 : 0;
    }
    if (!call.node().has("axis")) {
      return List.of(Value.of(call.type(0), List.of(count)));
    }
    return List.of(Value.of(call.type(0), Shapes.with(call.shape(0), call.axis(0), count)));
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
    List<Long> shape = ConvolutionShapes.longs(call.in(0).integers());
    OnnxType type = MovementShapes.typeOf(call.node(), "value");
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
    return List.of(Value.of(call.type(0), List.of(count)));
  }

  private static List<Value> eyeLike(Call call) {
    OnnxType type =
        call.node().has("dtype") ? OnnxType.of((int) call.node().integer("dtype")) : call.type(0);
    return List.of(Value.of(type, call.shape(0)));
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

  private static List<Value> randomLike(Call call) {
    OnnxType type =
        call.node().has("dtype") ? OnnxType.of((int) call.node().integer("dtype")) : call.type(0);
    return List.of(Value.of(type, call.shape(0)));
  }
}
