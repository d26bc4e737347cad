package io.stagemark.machine;

import io.stagemark.machine.Interval.EventKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * When the system disturbed the measuring threads: the kernel's counters (proc(5)), read fifty
 * times a second by a thread of its own. The kernel counts and does not date, so an event is known
 * to happen between two readings, and every batch between them counts as touched.
 */
public final class SystemWatch {
  /** Time between two readings, which take some 30 µs with one measuring thread. */
  public static final int PERIOD_MILLIS = 20;

  private static final int STEAL = 8; // cpu user nice system idle iowait irq softirq steal
  private static final int MINOR_FAULTS = 7; // behind the name: state ppid pgrp ...
  private static final int MAJOR_FAULTS = 9;
  private static final int WAITING = 1;

  private final Optional<CounterFile> machine;
  private final List<Watched> threads;
  private final Thread reader = new Thread(this::read, "stagemark-system");
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Interval> intervals = new ArrayList<>();
  private final Set<EventKind> reported = EnumSet.noneOf(EventKind.class);
  private Counts last;
  private long lastNanos;

  private record Watched(CounterFile status, CounterFile stat, CounterFile schedule) {}

  private record Counts(long stolenTicks, long switches, long waitingNanos, long faults) {}

  /**
   * What was seen.
   *
   * @param reported the kinds that the system reports
   * @param intervals in which at least one was counted, by time
   */
  public record SystemEvents(Set<EventKind> reported, List<Interval> intervals) {
    public SystemEvents {
      reported = Set.copyOf(reported);
      intervals = List.copyOf(intervals);
    }
  }

  /** Opens the files and reads them once; the thread is not started. */
  SystemWatch(SystemFiles files, long[] threads) {
    this.machine = CounterFile.open(files, "proc/stat");
    this.threads =
        LongStream.of(threads).boxed().flatMap(id -> watched(files, id).stream()).toList();
    this.lastNanos = System.nanoTime();
    this.last = counts();
    addIfCounted(EventKind.CPU_STEAL, last.stolenTicks);
    addIfCounted(EventKind.PREEMPTION, last.switches);
    addIfCounted(EventKind.PAGE_FAULT, last.faults);
    reader.setDaemon(true);
  }

  /**
   * Begins to watch.
   *
   * @param threads as {@link #callingThread} names them
   */
  public static SystemWatch start(SystemFiles files, long... threads) {
    SystemWatch watch = new SystemWatch(files, threads);
    watch.reader.start();
    return watch;
  }

  /**
   * Returns the kernel's number of the calling thread; empty where the system does not report it.
   */
  public static OptionalLong callingThread(SystemFiles files) {
    Optional<String> stat = files.text("proc/thread-self/stat");
    return stat.isPresent() && stat.get().matches("(?s)\\d{1,18} .*")
        ? OptionalLong.of(Long.parseLong(stat.get().substring(0, stat.get().indexOf(' '))))
        : OptionalLong.empty();
  }

  private static Optional<Watched> watched(SystemFiles files, long id) {
    String folder = "proc/self/task/" + id + "/";
    Optional<CounterFile> status = CounterFile.open(files, folder + "status");
    Optional<CounterFile> stat = CounterFile.open(files, folder + "stat");
    Optional<CounterFile> schedule = CounterFile.open(files, folder + "schedstat");
    return status.isPresent() && stat.isPresent() && schedule.isPresent()
        ? Optional.of(new Watched(status.get(), stat.get(), schedule.get()))
        : Optional.empty();
  }

  private void addIfCounted(EventKind kind, long counter) {
    if (counter != CounterFile.UNKNOWN) {
      reported.add(kind);
    }
  }

  private void read() {
    try {
      while (!end.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the counters and notes what was counted since the last reading. */
  void look() {
    long before = System.nanoTime();
    Counts now = counts();
    long after = System.nanoTime();
    long ticks = now.stolenTicks - last.stolenTicks;
    note(EventKind.CPU_STEAL, after, ticks, ticks * CpuTicks.NANOS);
    note(
        EventKind.PREEMPTION,
        after,
        now.switches - last.switches,
        Math.max(0, now.waitingNanos - last.waitingNanos));
    note(EventKind.PAGE_FAULT, after, now.faults - last.faults, 0);
    last = now;
    lastNanos = before;
  }

  private void note(EventKind kind, long nowNanos, long events, long nanos) {
    if (events > 0) {
      intervals.add(new Interval(kind, lastNanos, nowNanos, Math.toIntExact(events), nanos));
    }
  }

  private Counts counts() {
    machine.ifPresent(CounterFile::read);
    long steal = machine.map(file -> file.word(STEAL)).orElse(CounterFile.UNKNOWN);
    if (threads.isEmpty()) {
      return new Counts(steal, CounterFile.UNKNOWN, CounterFile.UNKNOWN, CounterFile.UNKNOWN);
    }
    long switches = 0;
    long waiting = 0;
    long faults = 0;
    for (Watched thread : threads) {
      thread.status.read();
      thread.stat.read();
      thread.schedule.read();
      switches = plus(switches, thread.status.behind("nonvoluntary_ctxt_switches:"));
      waiting = plus(waiting, thread.schedule.word(WAITING));
      faults = plus(faults, thread.stat.word(MINOR_FAULTS));
      faults = plus(faults, thread.stat.word(MAJOR_FAULTS));
    }
    return new Counts(steal, switches, waiting, faults);
  }

  private static long plus(long sum, long counter) {
    return sum == CounterFile.UNKNOWN || counter == CounterFile.UNKNOWN
        ? CounterFile.UNKNOWN
        : sum + counter;
  }

  /** Ends to watch, with a last reading. */
  public SystemEvents stop() {
    end.countDown();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    look();
    machine.ifPresent(CounterFile::close);
    for (Watched thread : threads) {
      thread.status.close();
      thread.stat.close();
      thread.schedule.close();
    }
    return new SystemEvents(reported, intervals);
  }
}
