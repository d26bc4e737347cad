package io.stagemark.engine.constant;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.ModelFile;
import java.util.List;

/** Inputs that nothing reads and outputs that nothing writes. */
final class ConstantSession implements EngineSession {
  private final List<TensorSpec> inputSpecs;
  private final List<TensorSpec> outputSpecs;
  private final Tensor[] inputs;
  private final Tensor[] outputs;
  private boolean ran;

  ConstantSession(ModelFile model) {
    inputSpecs = model.inputs();
    outputSpecs =
        model.outputs().stream().map(ConstantSession::fixed).collect(toUnmodifiableList());
    inputs = inputSpecs.stream().map(Tensor::allocate).toArray(Tensor[]::new);
    outputs = outputSpecs.stream().map(Tensor::allocate).toArray(Tensor[]::new);
  }

  /** Returns the spec with 1 for every extent that only a real forward would tell. */
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
    ran = true;
  }

  @Override
  public Tensor output(int index) {
    if (!ran) {
      throw new IllegalStateException("output(%d) before the first forward".formatted(index));
    }
    return outputs[index];
  }

  @Override
  public void close() {}
}
