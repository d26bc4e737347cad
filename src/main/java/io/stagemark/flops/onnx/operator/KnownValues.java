package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Strides;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Computes the elements of small constants, so that shapes made by Shape, Gather, Concat and their
 * kin are known without a run.
 */
final class KnownValues {
  private KnownValues() {}

  /** An operator on two elements, for integers and for reals. */
  private record Binary(LongBinaryOperator integers, DoubleBinaryOperator reals) {}

  /** An operator on one element. */
  private record Unary(LongUnaryOperator integers, DoubleUnaryOperator reals) {}

  private static final Map<String, Binary> BINARY =
      Map.ofEntries(
          Map.entry("Add", new Binary(Math::addExact, Double::sum)),
          Map.entry("Sub", new Binary(Math::subtractExact, (a, b) -> a - b)),
          Map.entry("Mul", new Binary(Math::multiplyExact, (a, b) -> a * b)),
          Map.entry("Div", new Binary((a, b) -> a / b, (a, b) -> a / b)),
          Map.entry("Mod", new Binary(Math::floorMod, (a, b) -> a % b)),
          Map.entry(
              "Pow", new Binary((a, b) -> (long) Math.pow((double) a, (double) b), Math::pow)),
          Map.entry("Max", new Binary(Math::max, Math::max)),
          Map.entry("Min", new Binary(Math::min, Math::min)),
          Map.entry("Equal", compare((a, b) -> a == b ? 1 : 0)),
          Map.entry("Less", compare((a, b) -> a < b ? 1 : 0)),
          Map.entry("LessOrEqual", compare((a, b) -> a <= b ? 1 : 0)),
          Map.entry("Greater", compare((a, b) -> a > b ? 1 : 0)),
          Map.entry("GreaterOrEqual", compare((a, b) -> a >= b ? 1 : 0)),
          Map.entry("And", compare((a, b) -> a != 0 && b != 0 ? 1 : 0)),
          Map.entry("Or", compare((a, b) -> a != 0 || b != 0 ? 1 : 0)),
          Map.entry("Xor", compare((a, b) -> (a != 0) != (b != 0) ? 1 : 0)));

  private static final Map<String, Unary> UNARY =
      Map.of(
          "Neg", new Unary(Math::negateExact, a -> -a),
          "Abs", new Unary(Math::abs, Math::abs),
          "Floor", new Unary(a -> a, Math::floor),
          "Ceil", new Unary(a -> a, Math::ceil),
          "Round", new Unary(a -> a, Math::rint),
          "Sqrt", new Unary(a -> (long) Math.sqrt((double) a), Math::sqrt),
          "Not", new Unary(a -> a == 0 ? 1 : 0, a -> a == 0 ? 1 : 0),
          "Identity", new Unary(a -> a, a -> a),
          "Cast", new Unary(a -> a, a -> a));

  private static Binary compare(DoubleBinaryOperator reals) {
    return new Binary((a, b) -> (long) reals.applyAsDouble((double) a, (double) b), reals);
  }

  /** Returns the outputs of a call, with their elements where those follow from known inputs. */
  static List<Value> fill(Call call) {
    if (call.outputs().isEmpty() || !worthwhile(call)) {
      return call.outputs();
    }
    List<Value> outputs = new ArrayList<>(call.outputs());
    for (int i = 0; i < outputs.size(); i++) {
      Value output = outputs.get(i);
      Numbers numbers = output.numbers() == null ? computed(call, i) : null;
      if (numbers != null) {
        outputs.set(i, Value.of(output.type(), output.shape(), numbers).from(output.origin()));
      }
    }
    return outputs;
  }

  /** What cannot be computed is not known: a division by zero, a sum that a run would wrap. */
  private static @Nullable Numbers computed(Call call, int output) {
    try {
      return compute(call, output);
    } catch (UnknownShape | ArithmeticException e) {
      return null;
    }
  }

  private static boolean worthwhile(Call call) {
    for (Value input : call.inputs()) {
      if (input != Value.ABSENT && input.numbers() == null) {
        return false;
      }
    }
    Value first = call.outputs().get(0);
    return !call.inputs().isEmpty()
        && first.isKnown()
        && first.elementCount() <= Numbers.LIMIT
        && first.type().bits() > 0;
  }

  private static @Nullable Numbers compute(Call call, int output) {
    String type = call.node().type();
    Value out = call.outputs().get(output);
    if (out.elementCount() > Numbers.LIMIT) {
      return null;
    }
    Binary binary = BINARY.get(type);
    Unary unary = UNARY.get(type);
    if (binary != null) {
      return broadcast(call, out, binary);
    }
    if (unary != null) {
      return each(call, out, unary);
    }
    return switch (type) {
      case "Where" -> where(call, out);
      case "Range" -> range(call, out);
      case "NonZero" -> nonZero(call, out);
      case "ReduceProd", "ReduceSum", "ReduceMax", "ReduceMin" -> reduce(call, out);
      default -> KnownMoves.compute(call, out, output);
    };
  }

  private static Numbers broadcast(Call call, Value out, Binary operator) {
    boolean integral = call.in(0).known().integral();
    boolean storeIntegral = out.type().isIntegral();
    Numbers left = call.in(0).known();
    List<Long> shape = call.in(0).shape();
    for (int i = 1; i < call.inputs().size(); i++) {
      Numbers right = call.in(i).known();
      List<Long> joint = Shapes.broadcast(shape, call.in(i).shape());
      Strides a = Strides.broadcast(shape, joint);
      Strides b = Strides.broadcast(call.in(i).shape(), joint);
      int count = (int) Shapes.product(joint);
      long[] longs = new long[count];
      double[] doubles = new double[count];
      for (int k = 0; k < count; k++) {
        if (integral) {
          long divisor = right.integer(b.at(k));
          if (divisor == 0
              && (call.node().type().equals("Div") || call.node().type().equals("Mod"))) {
            throw new UnknownShape("integer division by zero");
          }
          longs[k] = operator.integers.applyAsLong(left.integer(a.at(k)), divisor);
          doubles[k] = longs[k];
        } else {
          doubles[k] = operator.reals.applyAsDouble(left.real(a.at(k)), right.real(b.at(k)));
          longs[k] = (long) doubles[k];
        }
      }
      left = integral || storeIntegral ? Numbers.of(longs) : Numbers.of(doubles);
      shape = joint;
    }
    return left;
  }

  private static Numbers each(Call call, Value out, Unary operator) {
    Numbers in = call.in(0).known();
    boolean bool = out.type() == OnnxType.BOOL;
    long[] longs = new long[in.count()];
    double[] doubles = new double[in.count()];
    for (int i = 0; i < in.count(); i++) {
      doubles[i] = operator.reals.applyAsDouble(in.real(i));
      longs[i] = in.integral() ? operator.integers.applyAsLong(in.integer(i)) : (long) doubles[i];
      longs[i] = bool ? (doubles[i] != 0 ? 1 : 0) : longs[i];
    }
    return out.type().isIntegral() ? Numbers.of(longs) : Numbers.of(doubles);
  }

  private static Numbers where(Call call, Value out) {
    Strides condition = Strides.broadcast(call.in(0).shape(), out.shape());
    Strides yes = Strides.broadcast(call.in(1).shape(), out.shape());
    Strides no = Strides.broadcast(call.in(2).shape(), out.shape());
    Numbers result = Numbers.allocate(call.in(1).known().integral(), (int) out.elementCount());
    for (int i = 0; i < result.count(); i++) {
      boolean chosen = call.in(0).known().integer(condition.at(i)) != 0;
      Numbers from = call.in(chosen ? 1 : 2).known();
      result.set(i, from, chosen ? yes.at(i) : no.at(i));
    }
    return result;
  }

  private static Numbers range(Call call, Value out) {
    Numbers start = call.in(0).known();
    Numbers delta = call.in(2).known();
    int count = (int) out.elementCount();
    long[] longs = new long[count];
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      longs[i] = start.integer(0) + i * delta.integer(0);
      doubles[i] = start.real(0) + i * delta.real(0);
    }
    return start.integral() ? Numbers.of(longs) : Numbers.of(doubles);
  }

  private static Numbers nonZero(Call call, Value out) {
    Value x = call.in(0);
    int found = (int) out.extent(1);
    long[] indices = new long[Math.multiplyExact(x.rank(), found)];
    int next = 0;
    for (int i = 0; i < x.known().count(); i++) {
      if (x.known().real(i) != 0) {
        long rest = i;
        for (int d = x.rank() - 1; d >= 0; d--) {
          indices[d * found + next] = rest % x.extent(d);
          rest /= x.extent(d);
        }
        next++;
      }
    }
    return Numbers.of(indices);
  }

  /** Over all axes alone: shapes are computed with nothing else. */
  private static @Nullable Numbers reduce(Call call, Value out) {
    if (out.elementCount() != 1) {
      return null;
    }
    Binary operator =
        switch (call.node().type()) {
          case "ReduceProd" -> BINARY.get("Mul");
          case "ReduceSum" -> BINARY.get("Add");
          case "ReduceMax" -> BINARY.get("Max");
          default -> BINARY.get("Min");
        };
    Numbers in = call.in(0).known();
    if (operator == null || in.count() == 0) {
      return null;
    }
    long whole = in.integer(0);
    double real = in.real(0);
    for (int i = 1; i < in.count(); i++) {
      whole = in.integral() ? operator.integers.applyAsLong(whole, in.integer(i)) : 0;
      real = operator.reals.applyAsDouble(real, in.real(i));
    }
    return in.integral() ? Numbers.of(whole) : Numbers.of(real);
  }
}
