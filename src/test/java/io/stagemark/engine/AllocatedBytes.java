package io.stagemark.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Java heap that the calling thread takes. */
public final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ROUNDS = 3;

  private AllocatedBytes() {}

  /**
   * Returns the bytes for each of {@code forwards} calls, each with a look at the outputs: the
   * least of a few rounds, since what the JVM allocates once belongs to no call.
   */
  public static double perForward(EngineSession session, int forwards) throws EngineException {
    int outputs = session.outputs().size();
    run(session, forwards, outputs);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      run(session, forwards, outputs);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / (double) forwards;
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
