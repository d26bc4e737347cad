package io.stagemark.machine;

import io.stagemark.machine.Interval.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the JVM did while it was recorded, on the clock of {@link System#nanoTime}.
 *
 * @param intervals by start
 * @param clockErrorNanos how far an interval's ends may be off, in nanoseconds
 * @param heap address range of the Java heap; empty if no collection was recorded or the collector
 *     does not report it
 */
public record JvmEvents(List<Interval> intervals, long clockErrorNanos, Optional<HeapSpace> heap) {
  static final String GC_PAUSE = "jdk.GCPhasePause";
  static final String SAFEPOINT_BEGIN = "jdk.SafepointBegin";
  static final String SAFEPOINT_END = "jdk.SafepointEnd";
  static final String COMPILATION = "jdk.Compilation";
  static final String HEAP = "jdk.GCHeapSummary";

  public JvmEvents {
    intervals = List.copyOf(intervals);
  }

  /**
   * The addresses reserved for the Java heap.
   *
   * @param start first address
   * @param end first address behind it
   */
  public record HeapSpace(long start, long end) {}

  static JvmEvents read(Path file) throws IOException {
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    List<RecorderClock.ClockPoint> marks =
        events.stream()
            .filter(e -> e.getEventType().getName().equals(ClockMark.NAME))
            .map(ClockMark::point)
            .toList();
    RecorderClock clock = RecorderClock.through(marks);
    List<Interval> intervals = new ArrayList<>();
    Map<Long, Instant> begun = new HashMap<>();
    Optional<HeapSpace> heap = Optional.empty();
    // The file keeps each thread's events together: in time an end never comes before its begin.
    for (RecordedEvent event :
        events.stream().sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime())).toList()) {
      switch (event.getEventType().getName()) {
        case GC_PAUSE -> intervals.add(whole(EventKind.GC_PAUSE, event, clock));
        case COMPILATION -> intervals.add(whole(EventKind.COMPILATION, event, clock));
        case SAFEPOINT_BEGIN -> begun.put(event.getLong("safepointId"), event.getStartTime());
        case SAFEPOINT_END -> {
          Instant start = begun.remove(event.getLong("safepointId"));
          if (start != null) {
            intervals.add(between(EventKind.SAFEPOINT, start, event.getEndTime(), clock));
          }
        }
        case HEAP -> heap = Optional.of(space(event.getValue("heapSpace")));
        default -> {
          // a mark, or what the recorder says of itself
        }
      }
    }
    intervals.sort((a, b) -> Long.compare(a.startNanos(), b.startNanos()));
    return new JvmEvents(intervals, clock.errorNanos(), heap);
  }

  private static Interval whole(EventKind kind, RecordedEvent event, RecorderClock clock) {
    return between(kind, event.getStartTime(), event.getEndTime(), clock);
  }

  private static Interval between(EventKind kind, Instant start, Instant end, RecorderClock clock) {
    return new Interval(kind, clock.javaNanos(start), clock.javaNanos(end));
  }

  private static HeapSpace space(RecordedObject space) {
    return new HeapSpace(space.getLong("start"), space.getLong("reservedEnd"));
  }
}
