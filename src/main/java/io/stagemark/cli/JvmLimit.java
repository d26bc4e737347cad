package io.stagemark.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * An error of the JVM itself (its heap or its stack is exhausted) in one line: input that is larger
 * or more deeply nested than the program was started for, not a defect of the program.
 */
final class JvmLimit {
  private static final int MAX_CAUSES = 20;
  private static final String NO_ROOM =
      "stagemark: the Java heap or stack is too small to say why; try: without JAVA_TOOL_OPTIONS";

  private JvmLimit() {}

  /** Returns the line; empty if what was thrown has no such cause. */
  static Optional<String> line(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (cause instanceof VirtualMachineError error) {
        return Optional.of(line(error));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String line(VirtualMachineError error) {
    return "stagemark: %s (%s%s); try: %s"
        .formatted(what(error), error.toString().strip(), place(error), tryThis(error));
  }

  private static String what(VirtualMachineError error) {
    if (error instanceof StackOverflowError) {
      return "the input is nested too deeply for the JVM's stack";
    }
    if (isHeap(error)) {
      long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
      return "the input needs more than the Java heap of %s MiB".formatted(mebibytes);
    }
    if (isDirect(error)) {
      return "the input needs more memory outside the Java heap than the JVM may take";
    }
    return "the JVM met a limit";
  }

  /** The JVM says so for threads and direct memory too, which are not the heap. */
  private static boolean isHeap(VirtualMachineError error) {
    String said = String.valueOf(error.getMessage());
    return error instanceof OutOfMemoryError
        && (said.contains("heap space") || said.contains("GC overhead"));
  }

  /** Of tensors; the JVM allows as much of it as of the heap. */
  private static boolean isDirect(VirtualMachineError error) {
    return error instanceof OutOfMemoryError
        && String.valueOf(error.getMessage()).contains("direct buffer memory");
  }

  private static String tryThis(VirtualMachineError error) {
    if (error instanceof StackOverflowError) {
      return "simpler input, or JAVA_TOOL_OPTIONS=-Xss64m";
    }
    return isHeap(error) || isDirect(error)
        ? "smaller input, or JAVA_TOOL_OPTIONS=-Xmx8g on a machine that has the memory"
        : "smaller input, or what the JVM names above";
  }

  private static String place(VirtualMachineError error) {
    return Arrays.stream(error.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("io.stagemark."))
        .findFirst()
        .map(
            frame ->
                " at %s.%s(%s:%s)"
                    .formatted(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
        .orElse("");
  }

  /** The same; where a heap has no room for that either, what can be printed without any. */
  static void printIfPossible(PrintStream err, Throwable thrown) {
    try {
      print(err, thrown);
    } catch (Throwable e) {
      try {
        err.println(NO_ROOM);
      } catch (Throwable again) {
        return; // the exit code has to say it
      }
    }
  }

  /** Prints what ended the program where nothing else can: the line, or a defect's stack trace. */
  static void print(PrintStream err, Throwable thrown) {
    Optional<String> line = line(thrown);
    if (line.isPresent()) {
      err.println(line.get());
      return;
    }
    err.println("stagemark: a defect of the program, please report it:");
    thrown.printStackTrace(err);
  }
}
