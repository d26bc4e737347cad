package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.operator.OnnxOperators;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Decoder;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts a program that is not a graph: it applies ONNX's operators one after another to shapes,
 * and the same rules count them. What another format calls an operator is written in ONNX's terms,
 * so that the two counts of one network are the same by construction.
 */
public final class ShapeTape {
  /** Recent enough for every operator that a program is written in. */
  private static final long OPSET = 22;

  private final CountingVisitor counting = new CountingVisitor();
  private final List<Origin> constants = new ArrayList<>();
  private final TapeMemory memory = new TapeMemory();

  /** Returns a tensor that the program is given. */
  public Value input(OnnxType type, List<Long> shape) {
    Value value = Value.of(type, shape);
    memory.made(value, value.bytes());
    return value;
  }

  /**
   * Returns a tensor that the program holds.
   *
   * @param zeros how many of its elements are zero
   * @param numbers its elements, if sizes may be computed from them
   */
  public Value constant(
      String name, OnnxType type, List<Long> shape, long zeros, @Nullable Numbers numbers) {
    Value value = Value.of(type, shape, numbers);
    Origin origin = new Origin(name, type, value.elementCount(), zeros, true);
    constants.add(origin);
    return value.from(origin);
  }

  /**
   * Applies an operator.
   *
   * @param operator its name in ai.onnx
   * @param where where the program does it
   * @param inputs {@link Value#ABSENT} for an optional one that is left out
   * @param attributes {@code Long}, {@code Double}, {@code String} or {@code List<Long>} by name
   * @param outputs how many
   * @return the outputs; {@link Value#UNKNOWN} where they are known only after a run
   */
  public List<Value> apply(
      String operator, String where, List<Value> inputs, Map<String, ?> attributes, int outputs) {
    NodeProto.Builder proto = NodeProto.newBuilder().setOpType(operator).setName(where);
    for (int i = 0; i < outputs; i++) {
      proto.addOutput("y" + i);
    }
    attributes.forEach((name, value) -> proto.addAttribute(attribute(name, value)));
    Node node = new Node(proto.build(), where, OPSET, Map.of());
    Call call = new Call(node, inputs, List.of());
    List<Value> inferred = new ArrayList<>(OnnxOperators.infer(call));
    while (inferred.size() < outputs) {
      inferred.add(Value.UNKNOWN);
    }
    List<Value> results = List.copyOf(inferred.subList(0, outputs));
    counting.visit(call.returning(results), 1);
    remember(node, inputs, results);
    return results;
  }

  /** Adds an operator that ONNX does not have, with its cost and its result. */
  public Value custom(
      String operator, String where, List<Value> inputs, Value result, Operations operations) {
    NodeProto proto = NodeProto.newBuilder().setOpType(operator).addOutput("y").build();
    Node node = new Node(proto, where, OPSET, Map.of());
    counting.add(new Call(node, inputs, List.of(result)), Cost.of(operations), 1);
    remember(node, inputs, List.of(result));
    return result;
  }

  /** Returns the elements of a small tensor, little-endian; null where no size comes from them. */
  public static @Nullable Numbers numbers(byte[] bytes, OnnxType type) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return type.bits() < 8 ? null : Decoder.numbers(data, type, bytes.length / (type.bits() / 8));
  }

  /** Marks constants as weights that an operator reads besides its inputs. */
  public void weights(List<Value> values) {
    for (Value value : values) {
      Origin origin = value.origin();
      if (origin != null) {
        origin.read();
        origin.usedAs(Origin.ConstantUse.WEIGHT);
      }
    }
  }

  /** Lists an operator that has no rule. */
  public void uncounted(String operator) {
    counting.uncounted(operator);
  }

  /**
   * Says why the figures are not those of every input: it stopped, or took a number for another.
   */
  public void incomplete(String because) {
    counting.incomplete(because);
  }

  private void remember(Node node, List<Value> inputs, List<Value> results) {
    memory.step(inputs);
    for (Value result : results) {
      if (OnnxOperators.isView(node) && !inputs.isEmpty()) {
        memory.view(result, inputs.get(0));
      } else if (result.origin() == null) {
        memory.made(result, result.bytes());
      }
    }
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long whole) {
      return attribute.setI(whole).build();
    }
    if (value instanceof Double real) {
      return attribute.setF(real.floatValue()).build();
    }
    if (value instanceof List<?> list) {
      list.forEach(element -> attribute.addInts((Long) element));
      return attribute.build();
    }
    return attribute.setS(ByteString.copyFromUtf8(value.toString())).build();
  }

  /** Returns the count of everything that was applied. */
  public OperationCount result(String source, long batch) {
    return counting.result(
        new CountingVisitor.WalkSummary(source, "inference", batch, memory.peak(), constants));
  }

  /** Storage by value, and when it was last read. */
  private static final class TapeMemory {
    private final IdentityHashMap<Value, Integer> storageOf = new IdentityHashMap<>();
    private final List<Long> bytes = new ArrayList<>();
    private final List<Integer> made = new ArrayList<>();
    private final List<Integer> lastRead = new ArrayList<>();
    private int steps;

    void step(List<Value> inputs) {
      steps++;
      for (Value input : inputs) {
        Integer storage = storageOf.get(input.memory());
        if (storage != null) {
          lastRead.set(storage, steps);
        }
      }
    }

    void made(Value value, long size) {
      storageOf.put(value, bytes.size());
      bytes.add(size);
      made.add(steps);
      lastRead.add(steps);
    }

    void view(Value value, Value of) {
      Integer storage = storageOf.get(of.memory());
      if (storage != null) {
        storageOf.put(value, storage);
      }
    }

    /** A tensor lives from the step that makes it to the last that reads it. */
    long peak() {
      long[] change = new long[steps + 2];
      for (int i = 0; i < bytes.size(); i++) {
        change[made.get(i)] = Math.addExact(change[made.get(i)], bytes.get(i));
        change[lastRead.get(i) + 1] -= bytes.get(i);
      }
      long alive = 0;
      long peak = 0;
      for (long delta : change) {
        alive += delta;
        peak = Math.max(peak, alive);
      }
      return peak;
    }
  }
}
