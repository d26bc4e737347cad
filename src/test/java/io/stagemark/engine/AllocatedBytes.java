package io.stagemark.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Java heap that the calling thread takes. */
public final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /** Returns the bytes for each of {@code forwards} calls, each with a look at the outputs. */
  public static double perForward(EngineSession session, int forwards) throws EngineException {
    int outputs = session.outputs().size();
    run(session, forwards, outputs);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(session, forwards, outputs);
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) forwards;
  }

  private static void run(EngineSession session, int forwards, int outputs) throws EngineException {
    for (int i = 0; i < forwards; i++) {
      session.forward();
      for (int output = 0; output < outputs; output++) {
        session.output(output).floats().get(0);
      }
    }
  }
}
