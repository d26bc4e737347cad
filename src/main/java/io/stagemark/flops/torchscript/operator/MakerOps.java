package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.DType;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptRange;
import io.stagemark.flops.torchscript.value.ScriptValues;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that make tensors of sizes and numbers: nothing is computed. */
final class MakerOps {
  private MakerOps() {}

  static void register(OperatorTable<Operator> ops) {
    List.of("empty", "rand", "randn", "empty_strided")
        .forEach(name -> ops.put(name, a -> made(a, a.integers(0, "size"), OnnxType.FLOAT)));
    ops.put("zeros", a -> filled(made(a, a.integers(0, "size"), OnnxType.FLOAT), 0.0));
    ops.put("ones", a -> filled(made(a, a.integers(0, "size"), OnnxType.FLOAT), 1.0));
    ops.put("full", MakerOps::full);
    List.of("new_zeros", "new_ones", "new_empty", "new_full")
        .forEach(name -> ops.put(name, MakerOps::like));
    List.of("zeros_like", "ones_like", "empty_like", "full_like", "rand_like", "randn_like")
        .forEach(name -> ops.put(name, MakerOps::like));
    List.of("randint", "randint_like", "randperm").forEach(name -> ops.put(name, MakerOps::random));
    List.of("arange", "range").forEach(name -> ops.put(name, MakerOps::arange));
    List.of("linspace", "logspace").forEach(name -> ops.put(name, MakerOps::spaced));
    ops.put("eye", MakerOps::eye);
    List.of("tril_indices", "triu_indices").forEach(name -> ops.put(name, MakerOps::triangle));
    List.of("hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window")
        .forEach(name -> ops.put(name, a -> made(a, List.of(a.integer(0)), OnnxType.FLOAT)));
    ops.put("meshgrid", MakerOps::meshgrid);
    ops.put("cartesian_prod", MakerOps::product);
    List.of("tensor", "as_tensor", "scalar_tensor")
        .forEach(name -> ops.put(name, MakerOps::fromNumbers));
  }

  private static OnnxType type(Arguments a, OnnxType otherwise) {
    return a.keywords().get("dtype") instanceof Long code ? DType.onnx(code) : otherwise;
  }

  private static Value made(Arguments a, List<Long> shape, OnnxType otherwise) {
    for (long extent : shape) {
      if (extent < 0) {
        throw new ScriptFault(a.where(), "a tensor of size " + shape);
      }
    }
    return Value.of(type(a, otherwise), shape);
  }

  /** Gives a small tensor the number that each of its elements is. */
  private static Value filled(Value value, @Nullable Object number) {
    if (value.elementCount() > Known.MAX_ELEMENTS) {
      return value;
    }
    Object known = number instanceof Value tensor ? ScalarOps.number(tensor) : number;
    double element =
        known instanceof Boolean truth
            ? (truth ? 1 : 0)
            : known instanceof Number real ? real.doubleValue() : Double.NaN;
    return known instanceof Unknown || known == null
        ? value
        : Known.with(value, Known.filled(value.elementCount(), element, value.type().isIntegral()));
  }

  private static OnnxType typeOf(@Nullable Object number) {
    if (number instanceof Value tensor) {
      return tensor.type();
    }
    return number instanceof Long || number == Unknown.INT
        ? OnnxType.INT64
        : number instanceof Boolean || number == Unknown.BOOL ? OnnxType.BOOL : OnnxType.FLOAT;
  }

  private static Value full(Arguments a) {
    Object number = a.get(1, "fill_value");
    return filled(made(a, a.integers(0, "size"), typeOf(number)), number);
  }

  /** new_zeros(x, size) and zeros_like(x). */
  private static Value like(Arguments a) {
    boolean sized = a.operator().startsWith("new");
    List<Long> shape = sized ? a.integers(1, "size") : a.tensor(0).shape();
    Value made = made(a, shape, a.tensor(0).type());
    return switch (a.operator()) {
      case "new_zeros", "zeros_like" -> filled(made, 0.0);
      case "new_ones", "ones_like" -> filled(made, 1.0);
      case "new_full" -> filled(made, a.get(2, "fill_value"));
      case "full_like" -> filled(made, a.get(1, "fill_value"));
      default -> made;
    };
  }

  /** randperm(n), randint(high, size), randint(low, high, size). */
  private static Value random(Arguments a) {
    if (a.operator().equals("randperm")) {
      return made(a, List.of(a.integer(0)), OnnxType.INT64);
    }
    if (a.isTensor(0)) {
      return made(a, a.tensor(0).shape(), a.tensor(0).type());
    }
    int size = a.get(1) instanceof List<?> ? 1 : 2;
    return made(a, a.integers(size, "size"), OnnxType.INT64);
  }

  /**
   * arange(end), arange(start, end), arange(start, end, step), each a number or a tensor of one; a
   * traced file has bounds that come from a size as tensors. range includes its end.
   */
  private static Object arange(Arguments a) {
    List<Object> given = new ArrayList<>();
    for (int i = 0; i < Math.min(3, a.count()); i++) {
      if (isNumber(a.get(i))) {
        given.add(known(a, a.get(i)));
      }
    }
    boolean lone = given.size() == 1 && !a.keywords().containsKey("end");
    Object start = lone || given.isEmpty() ? named(a, "start", 0L) : given.get(0);
    Object end = lone ? given.get(0) : given.size() > 1 ? given.get(1) : named(a, "end", null);
    Object step = given.size() > 2 ? given.get(2) : named(a, "step", 1L);
    boolean whole = start instanceof Long && end instanceof Long && step instanceof Long;
    boolean inclusive = a.operator().equals("range");
    long count =
        whole && !inclusive
            ? ScriptRange.between((Long) start, (Long) end, (Long) step).count()
            : count(a, real(start), real(end), real(step), inclusive);
    boolean integral = whole && !inclusive;
    Value made = made(a, List.of(count), integral ? OnnxType.INT64 : OnnxType.FLOAT);
    return count > Known.MAX_ELEMENTS ? made : Known.with(made, steps(made, start, step, count));
  }

  private static Numbers steps(Value made, Object start, Object step, long count) {
    double[] real = new double[(int) count];
    for (int i = 0; i < count; i++) {
      real[i] = real(start) + i * real(step);
    }
    return Known.as(Numbers.of(real), made.type().isIntegral());
  }

  private static boolean isNumber(@Nullable Object value) {
    return value instanceof Number || value instanceof Value || value instanceof Unknown;
  }

  private static Object named(Arguments a, String name, @Nullable Object otherwise) {
    Object found = a.keywords().get(name);
    if (found == null && otherwise == null) {
      throw a.misfit("its end", null);
    }
    return known(a, found == null ? otherwise : found);
  }

  private static Object known(Arguments a, @Nullable Object bound) {
    Object number = ScalarOps.number(bound);
    if (number instanceof Unknown) {
      throw a.needsData("a bound depends on what a tensor holds");
    }
    return number instanceof Boolean truth ? Long.valueOf(truth ? 1 : 0) : number;
  }

  private static double real(Object number) {
    return ((Number) number).doubleValue();
  }

  private static long count(Arguments a, double start, double end, double step, boolean inclusive) {
    double steps = (end - start) / step;
    if (step == 0 || !(Math.abs(steps) < 0x1p62)) {
      throw new ScriptFault(a.where(), "from %s to %s by %s".formatted(start, end, step));
    }
    return (long) Math.max(0, inclusive ? Math.floor(steps) + 1 : Math.ceil(steps));
  }

  /** linspace(start, end, steps). */
  private static Object spaced(Arguments a) {
    return made(a, List.of(a.integer(2, "steps", 100)), OnnxType.FLOAT);
  }

  private static Object eye(Arguments a) {
    long rows = a.integer(0);
    return made(a, List.of(rows, a.get(1) instanceof Long ? a.integer(1) : rows), OnnxType.FLOAT);
  }

  /** tril_indices(row, col, offset): two rows of positions. */
  private static Object triangle(Arguments a) {
    long rows = a.integer(0);
    long columns = a.integer(1);
    long offset = a.integer(2, "offset", 0);
    if (rows > Known.MAX_ELEMENTS) {
      throw new ScriptFault(a.where(), "a triangle of %d rows".formatted(rows));
    }
    boolean lower = a.operator().startsWith("tril");
    long count = 0;
    for (long i = 0; i < rows; i++) {
      long below = Math.max(0, Math.min(columns, i + offset + (lower ? 1 : 0)));
      count = Math.addExact(count, lower ? below : columns - below);
    }
    return made(a, List.of(2L, count), OnnxType.INT64);
  }

  /** One list of axes, or with the indexing "xy", which swaps the first two. */
  private static Object meshgrid(Arguments a) {
    List<Value> axes = a.tensors(0);
    List<Long> shape = new ArrayList<>(axes.stream().map(Value::elementCount).toList());
    if (a.text(1, "indexing", "ij").equals("xy") && shape.size() > 1) {
      Long first = shape.get(0);
      shape.set(0, shape.get(1));
      shape.set(1, first);
    }
    List<@Nullable Object> grids = new ArrayList<>();
    axes.forEach(axis -> grids.add(Value.of(axis.type(), shape)));
    return grids;
  }

  private static Object product(Arguments a) {
    List<Value> axes = a.tensors(0);
    long rows = axes.stream().map(Value::elementCount).reduce(1L, Math::multiplyExact);
    return Value.of(axes.get(0).type(), List.of(rows, (long) axes.size()));
  }

  private static Object fromNumbers(Arguments a) {
    Object given = a.get(0, "data");
    List<Long> shape = new ArrayList<>();
    List<@Nullable Object> all = List.of(given == null ? 0L : given);
    while (all.size() > 0 && all.get(0) instanceof List<?> inner) {
      shape.add((long) inner.size());
      List<@Nullable Object> next = new ArrayList<>();
      all.forEach(list -> next.addAll(ScriptValues.items(list)));
      if (next.size() > Known.MAX_ELEMENTS) {
        throw new ScriptFault(a.where(), "a tensor of %d numbers".formatted(next.size()));
      }
      all = next;
    }
    if (all.size() == 1 && all.get(0) instanceof Value tensor) {
      return shape.isEmpty() ? tensor : tensor.viewedAs(shape);
    }
    boolean whole = all.stream().allMatch(n -> typeOf(n) == OnnxType.INT64);
    boolean truths = !all.isEmpty() && all.stream().allMatch(n -> typeOf(n) == OnnxType.BOOL);
    OnnxType natural =
        truths ? OnnxType.BOOL : whole && !all.isEmpty() ? OnnxType.INT64 : OnnxType.FLOAT;
    Value value = Value.of(type(a, natural), shape);
    return all.stream().allMatch(n -> n instanceof Number || n instanceof Boolean)
        ? Known.with(value, numbers(all, value.type().isIntegral()))
        : value;
  }

  private static Numbers numbers(List<@Nullable Object> all, boolean integral) {
    if (integral && all.stream().allMatch(Long.class::isInstance)) {
      return Numbers.of(all.stream().mapToLong(n -> n instanceof Long whole ? whole : 0).toArray());
    }
    double[] real = new double[all.size()];
    Arrays.setAll(
        real,
        i ->
            all.get(i) instanceof Number number
                ? number.doubleValue()
                : Boolean.TRUE.equals(all.get(i)) ? 1 : 0);
    return Known.as(Numbers.of(real), integral);
  }
}
