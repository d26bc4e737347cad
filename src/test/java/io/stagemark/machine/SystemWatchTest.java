package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.machine.Interval.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemWatchTest {
  private static final String TASK = "proc/self/task/7/";

  @TempDir Path root;

  private FileTree tree(long steal, long switches, long waiting, long faults) throws IOException {
    return new FileTree(root)
        .with("proc/stat", "cpu  10 0 20 900 3 0 1 " + steal + " 0 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n")
        .with(
            TASK + "status",
            "Name:\tx\nvoluntary_ctxt_switches:\t99\nnonvoluntary_ctxt_switches:\t"
                + switches
                + "\n")
        .with(TASK + "stat", "7 (a (b) c) R 1 2 3 4 5 6 " + faults + " 0 2 0 11 12\n")
        .with(TASK + "schedstat", "1000 " + waiting + " 55\n");
  }

  /** proc(5): steal in ticks of 10 ms; minflt is 10th, majflt 12th of a task's stat. */
  @Test
  void look_countersThatMoved_giveIntervalsBetweenTheReadings() throws IOException {
    SystemWatch watch = new SystemWatch(tree(5, 40, 1_000, 100).files(), new long[] {7});
    long before = System.nanoTime();
    watch.look(); // nothing moved
    tree(7, 43, 6_000, 100);
    watch.look();
    tree(7, 43, 6_000, 104);
    SystemWatch.SystemEvents seen = watch.stop();
    long after = System.nanoTime();

    assertThat(seen.reported())
        .containsExactlyInAnyOrder(EventKind.CPU_STEAL, EventKind.PREEMPTION, EventKind.PAGE_FAULT);
    assertThat(seen.intervals().stream().map(Interval::kind))
        .containsExactly(EventKind.CPU_STEAL, EventKind.PREEMPTION, EventKind.PAGE_FAULT);
    assertThat(seen.intervals().stream().map(Interval::events)).containsExactly(2, 3, 4);
    assertThat(seen.intervals().stream().map(Interval::nanos))
        .containsExactly(20_000_000L, 5_000L, 0L);
    assertThat(seen.intervals())
        .allMatch(i -> i.startNanos() >= before && i.endNanos() <= after)
        .allMatch(i -> i.startNanos() < i.endNanos());
  }

  @Test
  void stop_systemThatTellsNothing_isUnknownNotZero() {
    SystemWatch watch = SystemWatch.start(new FileTree(root).files(), 7);
    SystemWatch.SystemEvents seen = watch.stop();
    assertThat(seen.reported()).isEmpty();
    assertThat(seen.intervals()).isEmpty();
  }

  @Test
  void look_ofATaskThatEnds_noteNothing() throws IOException {
    SystemWatch watch = new SystemWatch(tree(5, 40, 1_000, 100).files(), new long[] {7});
    for (String file : List.of("proc/stat", TASK + "status", TASK + "stat", TASK + "schedstat")) {
      new FileTree(root).with(file, "");
    }
    assertThat(watch.stop().intervals()).isEmpty();
  }

  /** The thread's own counters, where a Linux reports them. */
  @Test
  void start_thisMachine_readsTheThreadThatAsks() {
    SystemFiles files = SystemFiles.ofThisMachine();
    long[] self = SystemWatch.callingThread(files).stream().toArray();
    SystemWatch.SystemEvents seen = SystemWatch.start(files, self).stop();
    Stream<EventKind> ofAThread = Stream.of(EventKind.PREEMPTION, EventKind.PAGE_FAULT);
    assertThat(seen.reported().containsAll(ofAThread.toList())).isEqualTo(self.length == 1);
  }
}
