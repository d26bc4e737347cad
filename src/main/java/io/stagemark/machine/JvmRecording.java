package io.stagemark.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;

/**
 * A flight recording of this JVM with five kinds of events and nothing else: pauses, safepoints,
 * compilations, the heap's addresses, and {@link ClockMark}s. No sampling, no stack traces: the
 * measured threads write nothing into it.
 */
public final class JvmRecording {
  private static final List<String> EVENTS =
      List.of(
          JvmEvents.GC_PAUSE,
          JvmEvents.SAFEPOINT_BEGIN,
          JvmEvents.SAFEPOINT_END,
          JvmEvents.COMPILATION,
          JvmEvents.HEAP);

  private final Recording recording;

  private JvmRecording(Recording recording) {
    this.recording = recording;
  }

  /**
   * Starts the recording, which costs some hundred milliseconds: call it before the warm-up.
   *
   * @throws IllegalStateException if this JVM has no flight recorder
   */
  public static JvmRecording start() {
    Recording recording = new Recording();
    for (String event : EVENTS) {
      recording.enable(event).withThreshold(Duration.ZERO).withoutStackTrace();
    }
    recording.enable(ClockMark.class);
    recording.start();
    ClockMark.write();
    return new JvmRecording(recording);
  }

  /**
   * Ties the clocks together just before what is measured: call it with the clock stopped. The
   * marks of the start and of the end do the rest.
   */
  public void mark() {
    ClockMark.write();
  }

  /**
   * Ends the recording and reads it.
   *
   * @param file written and deleted again
   * @throws IOException if the file cannot be written
   */
  public JvmEvents stop(Path file) throws IOException {
    ClockMark.write();
    recording.stop();
    try {
      recording.dump(file);
      return JvmEvents.read(file);
    } finally {
      recording.close();
      Files.deleteIfExists(file);
    }
  }
}
