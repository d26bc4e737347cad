package io.stagemark.engine.pytorch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;

/**
 * The one libtorch of this JVM. Its thread count is set when it starts and stays: changing it later
 * once gave latencies that no model explains.
 */
final class LibTorch {
  private LibTorch() {}

  /**
   * Starts libtorch with so many intra-op threads, or checks that it runs with as many.
   *
   * @throws EngineException if it runs already with another count, or cannot start
   */
  static synchronized Engine start(int threads, ModelCheck check) throws EngineException {
    // before any DJL class initializes: else that calls a cloud metadata address
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    // read once, when libtorch starts
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (ai.djl.engine.EngineException | LinkageError e) {
      throw check.problem(
          "libtorch does not start: " + reason(e),
          "PyTorch's native library for this platform in the class path",
          "build with the Maven profile of this platform, and leave 500 MB free in $DJL_CACHE_DIR"
              + " (default ~/.djl.ai)",
          e);
    }
    int running = JniUtils.getNumThreads();
    if (running != threads) {
      throw check.problem(
          "threads %d, but libtorch runs with %d in this JVM".formatted(threads, running),
          "one thread count in a JVM: libtorch takes it when it starts",
          "threads: %d, or a fresh JVM for this case".formatted(running),
          null);
    }
    return engine;
  }

  /**
   * Returns what libtorch says is wrong: the innermost cause, without the script's traceback before
   * it and the native stack after it.
   */
  static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    int stack = message.indexOf("\nException raised from");
    message = (stack < 0 ? message : message.substring(0, stack)).strip();
    boolean traced = message.contains("Traceback of TorchScript");
    return traced ? message.substring(message.lastIndexOf('\n') + 1) : message;
  }
}
