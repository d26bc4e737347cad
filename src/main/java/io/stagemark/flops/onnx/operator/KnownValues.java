package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.FoldRule;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Strides;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Computes the elements of small constants, so that shapes made by Shape, Gather, Concat and their
 * kin are known without a run.
 */
final class KnownValues {
  private KnownValues() {}

  /** Returns the outputs of a call, with their elements where those follow from known inputs. */
  static List<Value> fill(Call call, FoldRule rule) {
    if (call.outputs().isEmpty() || !worthwhile(call)) {
      return call.outputs();
    }
    List<Numbers> elements = elements(call, rule);
    List<Value> outputs = new ArrayList<>(call.outputs());
    for (int i = 0; i < elements.size(); i++) {
      Value output = outputs.get(i);
      if (output.numbers() == null) {
        outputs.set(
            i, Value.of(output.type(), output.shape(), elements.get(i)).from(output.origin()));
      }
    }
    return outputs;
  }

  /** What cannot be computed is not known: a division by zero, a sum that a run would wrap. */
  private static List<Numbers> elements(Call call, FoldRule rule) {
    try {
      return rule.elements(call);
    } catch (UnknownShape | ArithmeticException e) {
      return List.of();
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

  /** An operator on two elements. */
  private record Binary(LongBinaryOperator integers, DoubleBinaryOperator reals) {}

  /** Applies an operator to two or more inputs that broadcast. */
  static FoldRule binary(LongBinaryOperator integers, DoubleBinaryOperator reals) {
    Binary operator = new Binary(integers, reals);
    return call -> List.of(broadcast(call, operator));
  }

  /** A comparison or a logical operator: 1 where it holds, else 0. */
  static FoldRule truth(DoubleBinaryOperator reals) {
    return binary((a, b) -> (long) reals.applyAsDouble((double) a, (double) b), reals);
  }

  private static Numbers broadcast(Call call, Binary operator) {
    boolean integral = call.in(0).known().integral();
    boolean storeIntegral = call.out(0).type().isIntegral();
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
          longs[k] = operator.integers.applyAsLong(left.integer(a.at(k)), right.integer(b.at(k)));
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

  /** Applies an operator to each element of the first input. */
  static FoldRule unary(LongUnaryOperator integers, DoubleUnaryOperator reals) {
    return call -> {
      Numbers in = call.in(0).known();
      OnnxType type = call.out(0).type();
      long[] longs = new long[in.count()];
      double[] doubles = new double[in.count()];
      for (int i = 0; i < in.count(); i++) {
        doubles[i] = reals.applyAsDouble(in.real(i));
        longs[i] = in.integral() ? integers.applyAsLong(in.integer(i)) : (long) doubles[i];
        longs[i] = type == OnnxType.BOOL ? (doubles[i] != 0 ? 1 : 0) : longs[i];
      }
      return List.of(type.isIntegral() ? Numbers.of(longs) : Numbers.of(doubles));
    };
  }

  /** Reduces over all axes alone: shapes are computed with nothing else. */
  static FoldRule reduction(LongBinaryOperator integers, DoubleBinaryOperator reals) {
    return call -> {
      Numbers in = call.in(0).known();
      if (call.y() != 1 || in.count() == 0) {
        return List.of();
      }
      long whole = in.integer(0);
      double real = in.real(0);
      for (int i = 1; i < in.count(); i++) {
        whole = in.integral() ? integers.applyAsLong(whole, in.integer(i)) : 0;
        real = reals.applyAsDouble(real, in.real(i));
      }
      return List.of(in.integral() ? Numbers.of(whole) : Numbers.of(real));
    };
  }
}
