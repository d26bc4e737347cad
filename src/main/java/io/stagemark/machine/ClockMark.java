package io.stagemark.machine;

import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;

/**
 * An event whose start the recorder puts on its own clock, between two readings of {@link
 * System#nanoTime} that it carries: a point where both clocks are known.
 */
@Name(ClockMark.NAME)
@Label("Clock mark")
@Description("Ties the recorder's clock to System.nanoTime")
@Category("Stagemark")
@StackTrace(false)
final class ClockMark extends Event {
  static final String NAME = "io.stagemark.ClockMark";

  private static final int TRIES = 50;

  @Label("System.nanoTime before")
  long before;

  @Label("System.nanoTime after")
  long after;

  /** Writes marks; the one with the closest readings will count. */
  static void write() {
    List<ClockMark> marks = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      ClockMark mark = new ClockMark();
      mark.before = System.nanoTime();
      mark.begin();
      mark.after = System.nanoTime();
      mark.end();
      marks.add(mark);
    }
    marks.forEach(ClockMark::commit);
  }

  /** Returns the two readings of a recorded mark as a point of both clocks. */
  static RecorderClock.ClockPoint point(RecordedEvent event) {
    long before = event.getLong("before");
    long after = event.getLong("after");
    return new RecorderClock.ClockPoint(
        RecorderClock.nanos(event.getStartTime()), before + (after - before) / 2, after - before);
  }
}
