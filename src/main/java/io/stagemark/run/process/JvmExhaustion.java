package io.stagemark.run.process;

import io.stagemark.trial.ChildFailure;
import java.util.List;
import java.util.Optional;

/**
 * A limit of the JVM that a child process reached, and the setting that raises it.
 *
 * @param what such as {@code ran out of Java heap}
 * @param said the JVM's own words
 * @param tryThis the next step
 */
record JvmExhaustion(String what, String said, String tryThis) {
  private static final String TERMINATING = "Terminating due to ";
  private static final String NOT_STARTED = "Error occurred during initialization of VM";

  /** Returns what the JVM printed when it gave up by itself; it prints to standard output. */
  static Optional<JvmExhaustion> printed(List<String> stdout, int heapMiB) {
    for (int i = stdout.size() - 1; i >= 0; i--) {
      String line = stdout.get(i);
      if (line.startsWith(TERMINATING)) {
        return Optional.of(of(line.substring(TERMINATING.length()).strip(), heapMiB));
      }
      if (line.startsWith(NOT_STARTED)) {
        String why = i + 1 < stdout.size() ? stdout.get(i + 1).strip() : line;
        return Optional.of(
            new JvmExhaustion(
                "did not start: measure.heapMiB is " + heapMiB,
                why,
                "a measure.heapMiB that this machine has memory for"));
      }
    }
    return Optional.empty();
  }

  /** Returns the limit that an exception reports; empty if it reports something else. */
  static Optional<JvmExhaustion> thrown(ChildFailure failure, int heapMiB) {
    Optional<ChildFailure.Link> memory = failure.link(OutOfMemoryError.class);
    if (memory.isPresent()) {
      return Optional.of(
          of(memory.get().type() + ": " + memory.get().message(), heapMiB).at(memory.get()));
    }
    return failure
        .link(StackOverflowError.class)
        .map(
            link ->
                new JvmExhaustion(
                        "overflowed its stack",
                        link.type(),
                        "less deeply nested input, or a larger stack: JAVA_TOOL_OPTIONS=-Xss8m")
                    .at(link));
  }

  private JvmExhaustion at(ChildFailure.Link link) {
    String frames = link.frames().isEmpty() ? "" : ", at " + link.frames().get(0);
    return new JvmExhaustion(what, said + frames, tryThis);
  }

  private static JvmExhaustion of(String error, int heapMiB) {
    String more = "a larger measure.heapMiB (now %s), or a smaller batch".formatted(heapMiB);
    if (error.contains("direct buffer memory") || error.contains("Direct buffer memory")) {
      return new JvmExhaustion(
          "ran out of direct memory, which is limited to the size of the Java heap,"
              + " measure.heapMiB: "
              + heapMiB,
          error,
          more);
    }
    if (error.contains("native thread")) {
      return new JvmExhaustion(
          "could not start a thread",
          error,
          "fewer threads, or a higher limit of processes (ulimit -u, the container's pids limit)");
    }
    if (error.contains("Metaspace") || error.contains("Compressed class space")) {
      return new JvmExhaustion(
          "ran out of memory for classes",
          error,
          "a larger -XX:MaxMetaspaceSize in JAVA_TOOL_OPTIONS, which limits it");
    }
    if (error.contains("array size")) {
      return new JvmExhaustion(
          "asked for an array that is larger than a JVM allows", error, "a smaller batch");
    }
    return new JvmExhaustion("ran out of Java heap, measure.heapMiB: " + heapMiB, error, more);
  }

  /** Returns the text that follows the child's name in a message. */
  String text() {
    return "%s (%s)\n  try: %s".formatted(what, said, tryThis);
  }
}
