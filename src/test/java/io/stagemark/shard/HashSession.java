package io.stagemark.shard;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineSession;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * An engine whose outputs are drawn from a seed that is made of the input of the same slot: numbers
 * that depend on the example alone, whatever batch it is in.
 */
final class HashSession implements EngineSession {
  private final int batch;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final boolean probabilities;
  private int forwards;

  /**
   * @param probabilities whether outputs are in [0, 1]; in [−4, 4] otherwise
   */
  HashSession(int batch, List<TensorSpec> inputs, List<TensorSpec> outputs, boolean probabilities) {
    this.batch = batch;
    this.inputs = inputs.stream().map(Tensor::allocate).toList();
    this.outputs = outputs.stream().map(Tensor::allocate).toList();
    this.probabilities = probabilities;
  }

  @Override
  public List<TensorSpec> inputs() {
    return inputs.stream().map(Tensor::spec).toList();
  }

  @Override
  public List<TensorSpec> outputs() {
    return outputs.stream().map(Tensor::spec).toList();
  }

  @Override
  public Tensor input(int index) {
    return inputs.get(index);
  }

  /** Returns how often it has run. */
  int forwards() {
    return forwards;
  }

  @Override
  public void forward() {
    forwards++;
    for (int slot = 0; slot < batch; slot++) {
      CRC32 crc = new CRC32();
      for (Tensor input : inputs) {
        int bytes = input.bytes().capacity() / batch;
        crc.update(input.bytes().duplicate().position(slot * bytes).limit((slot + 1) * bytes));
      }
      SplittableRandom random = new SplittableRandom(crc.getValue());
      for (Tensor output : outputs) {
        int numbers = output.floats().capacity() / batch;
        for (int i = 0; i < numbers; i++) {
          double drawn = random.nextDouble();
          output
              .floats()
              .put(slot * numbers + i, (float) (probabilities ? drawn * drawn : 8 * drawn - 4));
        }
      }
    }
  }

  @Override
  public Tensor output(int index) {
    return outputs.get(index);
  }

  @Override
  public void close() {}
}
