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

  /** Frees the weights. A second call does nothing. */
  @Override
  void close();
}
