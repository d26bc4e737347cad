package io.stagemark.trial.loop;

import com.sun.management.ThreadMXBean;
import io.stagemark.result.Steadiness.JvmWork;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** Readings of what this JVM's compilers and collectors have done so far. */
public final class JvmActivity {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private JvmActivity() {}

  /** Returns the work since the JVM's start; a JVM that only interprets has compiled for 0 ms. */
  public static JvmWork now() {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long millis = 0;
    long collections = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      millis += Math.max(0, collector.getCollectionTime());
      collections += Math.max(0, collector.getCollectionCount());
    }
    long compiling =
        compilers != null && compilers.isCompilationTimeMonitoringSupported()
            ? compilers.getTotalCompilationTime()
            : 0;
    return new JvmWork(compiling, millis, collections);
  }

  /** Returns the bytes of Java heap that the calling thread has allocated since it began. */
  public static long allocatedBytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Returns the work since an earlier reading. */
  public static JvmWork since(JvmWork earlier) {
    return between(earlier, now());
  }

  /** Returns the work from one reading to a later one. */
  static JvmWork between(JvmWork earlier, JvmWork now) {
    return new JvmWork(
        now.compileMillis() - earlier.compileMillis(),
        now.collectMillis() - earlier.collectMillis(),
        now.collections() - earlier.collections());
  }
}
