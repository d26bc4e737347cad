package io.stagemark.machine;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The process's physical memory while something is measured, read ten times a second by a thread of
 * its own: the measuring thread has nothing to do with it. When its room is full it keeps every
 * second reading and reads half as often.
 */
public final class RssSampler {
  private static final int ROOM = 4096;
  private static final String STATUS = "proc/self/status";

  private final SystemFiles files;
  private final Thread thread = new Thread(this::sample, "stagemark-rss");
  private final long[] bytes = new long[ROOM];
  private int count;
  private int pauseMillis = 100;
  private volatile boolean ended;

  private RssSampler(SystemFiles files) {
    this.files = files;
    thread.setDaemon(true);
  }

  /** Starts to read. */
  public static RssSampler start(SystemFiles files) {
    RssSampler sampler = new RssSampler(files);
    sampler.thread.start();
    return sampler;
  }

  /** Ends the reading; the figures are final then. */
  public void end() {
    ended = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    OptionalLong resident = resident(files);
    while (!ended && resident.isPresent()) {
      add(resident.getAsLong());
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        return;
      }
      resident = resident(files);
    }
  }

  private void add(long value) {
    if (count == ROOM) {
      for (int i = 0; i < ROOM / 2; i++) {
        bytes[i] = bytes[2 * i];
      }
      count = ROOM / 2;
      pauseMillis *= 2;
    }
    bytes[count++] = value;
  }

  /** Returns the readings so far, in bytes, evenly spaced; call it after {@link #end}. */
  public long[] samples() {
    return Arrays.copyOf(bytes, count);
  }

  /** Returns the physical memory that the process has now, in bytes. */
  static OptionalLong resident(SystemFiles files) {
    return kib(files, "VmRSS");
  }

  /** Returns the process's peak, in bytes; absent where the system does not report it. */
  public static OptionalLong peak(SystemFiles files) {
    return kib(files, "VmHWM");
  }

  private static OptionalLong kib(SystemFiles files, String key) {
    OptionalLong kib = files.fieldNumber(STATUS, key);
    return kib.isPresent() ? OptionalLong.of(kib.getAsLong() * 1024) : OptionalLong.empty();
  }
}
