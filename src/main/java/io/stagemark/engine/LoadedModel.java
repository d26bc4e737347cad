package io.stagemark.engine;

/** Weights in memory, shared by every session made from them. */
public interface LoadedModel extends AutoCloseable {

  /**
   * Opens a session with buffers of its own, for the shapes of the {@link ModelFile}.
   *
   * @return a session for one thread; the caller closes it before the model
   * @throws EngineException if the model does not take such inputs; the message names both shapes
   */
  EngineSession newSession() throws EngineException;

  /**
   * Opens a session with buffers of its own, for other shapes of the same file. What the shapes
   * have in common, such as the weights, is not loaded again.
   *
   * @param shapes the same file with inputs and outputs of other extents
   * @return a session for one thread; the caller closes it before the model
   * @throws EngineException as {@link #newSession()} does
   * @throws UnsupportedOperationException if {@link Engine#opensOtherShapes} is false
   */
  default EngineSession newSession(ModelFile shapes) throws EngineException {
    throw new UnsupportedOperationException("an engine whose models have one shape");
  }

  /** Frees the weights. A second call does nothing. */
  @Override
  void close();
}
