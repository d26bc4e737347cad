package io.stagemark.engine;

/** One matrix product of fixed extents, ready to be repeated by the engine that runs the model. */
public interface MatrixProduct extends AutoCloseable {
  /** Multiplies; returns when the result can be read. */
  void multiply() throws EngineException;

  @Override
  void close();

  /** Makes products of one type for one engine and thread count. */
  interface Source {
    /**
     * Returns a product of {@code [m, k]} and {@code [k, n]}.
     *
     * @throws EngineException if the engine has no product of this type
     */
    MatrixProduct open(long m, long k, long n) throws EngineException;
  }
}
