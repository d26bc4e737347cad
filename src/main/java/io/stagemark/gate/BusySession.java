package io.stagemark.gate;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import java.util.List;

/** A session with work added to its forward. */
final class BusySession implements EngineSession {
  private final EngineSession session;
  private final BusyWork work;

  BusySession(EngineSession session, BusyWork work) {
    this.session = session;
    this.work = work;
  }

  @Override
  public List<TensorSpec> inputs() {
    return session.inputs();
  }

  @Override
  public List<TensorSpec> outputs() {
    return session.outputs();
  }

  @Override
  public Tensor input(int index) {
    return session.input(index);
  }

  @Override
  public void forward() throws EngineException {
    long start = System.nanoTime();
    session.forward();
    work.run(System.nanoTime() - start);
  }

  @Override
  public Tensor output(int index) {
    return session.output(index);
  }

  @Override
  public void close() {
    session.close();
  }
}
