package io.stagemark.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stagemark.data.ElementType;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.MatrixProduct;
import io.stagemark.engine.ModelCheck;
import io.stagemark.engine.ModelFile;
import java.util.List;
import java.util.Optional;

/** One matrix product that libtorch can repeat on the processor: what its GEMM reaches. */
final class TorchProduct implements MatrixProduct {
  private final NDManager manager;
  private final NDArray left;
  private final NDArray right;

  private TorchProduct(NDManager manager, NDArray left, NDArray right) {
    this.manager = manager;
    this.left = left;
    this.right = right;
  }

  /**
   * Makes {@code [m, k]} and {@code [k, n]}.
   *
   * @param threads for one operator; libtorch takes it when it starts in this JVM
   * @throws EngineException if libtorch cannot start, or runs with another number of threads
   */
  static TorchProduct open(ElementType type, long m, long k, long n, int threads)
      throws EngineException {
    ModelCheck check =
        new ModelCheck(
            PyTorchEngine.NAME, new ModelFile("gemm", Optional.empty(), List.of(), List.of()));
    NDManager manager = LibTorch.start(threads, check).newBaseManager(ai.djl.Device.cpu());
    DataType known = TorchTypes.toDjl(type).orElse(DataType.UNKNOWN);
    if (known == DataType.UNKNOWN) {
      manager.close();
      throw new EngineException("libtorch through DJL has no product of " + type);
    }
    // zeros could be a special case
    NDArray left = manager.full(new Shape(m, k), 1.125f).toType(known, false);
    NDArray right = manager.full(new Shape(k, n), 0.5f).toType(known, false);
    return new TorchProduct(manager, left, right);
  }

  @Override
  public void multiply() throws EngineException {
    try {
      left.matMul(right).close();
    } catch (ai.djl.engine.EngineException e) {
      throw new EngineException("libtorch cannot multiply: " + LibTorch.reason(e), e);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
