package io.stagemark.engine.constant;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.ModelCheck;
import java.util.List;

/** Inputs that nothing reads and outputs that nothing writes. */
final class ConstantSession implements EngineSession {
  private final List<TensorSpec> inputSpecs;
  private final List<TensorSpec> outputSpecs;
  private final Tensor[] inputs;
  private final Tensor[] outputs;
  private boolean ran;
  private boolean closed;

  ConstantSession(ModelCheck check) throws EngineException {
    inputSpecs = check.model().inputs();
    outputSpecs = check.model().outputs().stream().map(ConstantSession::fixed).toList();
    inputs = new Tensor[inputSpecs.size()];
    outputs = new Tensor[outputSpecs.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = check.input(inputSpecs.get(i));
    }
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = check.allocate(outputSpecs.get(i));
    }
  }

  /** Returns the spec with 1 for every extent that is known only after a real forward. */
  private static TensorSpec fixed(TensorSpec spec) {
    List<Long> shape =
        spec.shape().stream().map(extent -> extent == TensorSpec.DYNAMIC ? 1L : extent).toList();
    return new TensorSpec(spec.name(), spec.type(), shape);
  }

  @Override
  public List<TensorSpec> inputs() {
    return inputSpecs;
  }

  @Override
  public List<TensorSpec> outputs() {
    return outputSpecs;
  }

  @Override
  public Tensor input(int index) {
    return inputs[index];
  }

  @Override
  public void forward() {
    if (closed) {
      throw new IllegalStateException("forward after close");
    }
    ran = true;
  }

  @Override
  public Tensor output(int index) {
    if (!ran || closed) {
      throw new IllegalStateException(
          "output(%d) %s".formatted(index, closed ? "after close" : "before the first forward"));
    }
    return outputs[index];
  }

  @Override
  public void close() {
    closed = true;
  }
}
