package io.stagemark.run;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import java.util.List;

/** An engine whose output is its input, that can fail on chosen forwards or answer from a cache. */
final class FakeSession implements EngineSession {
  final Tensor input;
  final Tensor output;
  int forwards;
  int failEvery = Integer.MAX_VALUE;
  boolean drifting;

  FakeSession(int batch) {
    input = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of((long) batch, 16L)));
    output = Tensor.allocate(new TensorSpec("y", ElementType.FLOAT32, List.of((long) batch, 16L)));
  }

  @Override
  public List<TensorSpec> inputs() {
    return List.of(input.spec());
  }

  @Override
  public List<TensorSpec> outputs() {
    return List.of(output.spec());
  }

  @Override
  public Tensor input(int index) {
    return input;
  }

  @Override
  public void forward() throws EngineException {
    forwards++;
    if (forwards % failEvery == 0) {
      throw new EngineException("fake failure at forward " + forwards);
    }
    output.bytes().put(0, input.bytes(), 0, input.bytes().capacity());
    if (drifting) {
      output.floats().put(0, forwards);
    }
  }

  @Override
  public Tensor output(int index) {
    return output;
  }

  @Override
  public void close() {}
}
