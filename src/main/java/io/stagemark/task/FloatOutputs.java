package io.stagemark.task;

import io.stagemark.data.ElementType;
import io.stagemark.data.HalfFloat;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A session's outputs as decoders read them: float32 where the engine left it, and half, bfloat16
 * and double precision rounded to float32 into memory of their own. {@link #run} allocates nothing,
 * and does nothing for a model whose outputs are float32. Not thread-safe.
 */
final class FloatOutputs implements IntFunction<Tensor> {
  private final List<TensorSpec> specs = new ArrayList<>();
  private final IntFunction<Tensor> outputs;
  private final @Nullable Tensor[] own;

  /**
   * @param specs of the session's outputs
   * @param wanted which of them are read as float32
   */
  FloatOutputs(List<TensorSpec> specs, IntFunction<Tensor> outputs, IntPredicate wanted) {
    this.outputs = outputs;
    this.own = new Tensor[specs.size()];
    for (int i = 0; i < own.length; i++) {
      TensorSpec spec = wanted.test(i) ? asFloat(specs.get(i)) : specs.get(i);
      this.specs.add(spec);
      if (spec.type() != specs.get(i).type()) {
        own[i] = Tensor.allocate(spec);
      }
    }
  }

  /** Returns what an output is after the conversion; the same where there is none. */
  private static TensorSpec asFloat(TensorSpec spec) {
    return spec.type().isFloating() && spec.isStatic()
        ? new TensorSpec(spec.name(), ElementType.FLOAT32, spec.shape())
        : spec;
  }

  /** Returns what all outputs are after the conversion. */
  static List<TensorSpec> asFloats(List<TensorSpec> specs) {
    return specs.stream().map(FloatOutputs::asFloat).toList();
  }

  /** Returns the same outputs, those of another floating-point type as float32 copies. */
  static List<Tensor> copies(List<Tensor> outputs) {
    FloatOutputs floats =
        new FloatOutputs(outputs.stream().map(Tensor::spec).toList(), outputs::get, i -> true);
    floats.run();
    List<Tensor> copies = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      copies.add(floats.apply(i));
    }
    return copies;
  }

  /** Returns the outputs' specs, those that are converted as float32. */
  List<TensorSpec> specs() {
    return specs;
  }

  /** Converts the outputs of a forward: the first part of the postprocess stage. */
  void run() {
    for (int i = 0; i < own.length; i++) {
      Tensor into = own[i];
      if (into != null) {
        convert(outputs.apply(i), into);
      }
    }
  }

  private static void convert(Tensor from, Tensor into) {
    int count = into.floats().capacity();
    if (from.spec().type() == ElementType.FLOAT16) {
      for (int i = 0; i < count; i++) {
        into.floats().put(i, HalfFloat.toFloat(from.bytes().getShort(Short.BYTES * i)));
      }
    } else {
      for (int i = 0; i < count; i++) {
        into.floats().put(i, (float) from.number(i));
      }
    }
  }

  @Override
  public Tensor apply(int index) {
    Tensor converted = own[index];
    return converted == null ? outputs.apply(index) : converted;
  }
}
