package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An output whose shape depends on the data. It cannot be pinned, and the runtime's Java API shows
 * no view of its memory, only a copy, which goes into memory here that grows as it must.
 */
final class CopiedOutput {
  private final ModelCheck check;
  private final TensorSpec card;
  private @Nullable ByteBuffer memory;
  private @Nullable Tensor tensor;

  CopiedOutput(ModelCheck check, TensorSpec card) {
    this.check = check;
    this.card = card;
  }

  /**
   * Returns the value in memory of ours, valid until the next call.
   *
   * @throws EngineException if its rank or an extent that the card fixes differs
   */
  Tensor take(OnnxTensor value) throws EngineException {
    long[] shape = value.getInfo().getShape();
    Tensor target = tensor;
    if (target == null || !ModelCheck.hasShape(target.spec(), shape)) {
      List<Long> extents = Arrays.stream(shape).boxed().toList();
      TensorSpec found = new TensorSpec(card.name(), card.type(), extents);
      target = over(check.agree("output", card, found));
      tensor = target;
    }
    target.bytes().put(0, value.getByteBuffer(), 0, target.bytes().capacity());
    return target;
  }

  private Tensor over(TensorSpec spec) throws EngineException {
    int needed = Math.toIntExact(spec.byteSize());
    ByteBuffer room = memory;
    if (room == null || room.capacity() < needed) {
      // the values arrived in a Java array, so as many bytes fit a Java buffer
      room = check.allocate(spec).bytes();
      memory = room;
    }
    return new Tensor(spec, room.slice(0, needed).order(ByteOrder.nativeOrder()));
  }
}
