package io.stagemark.machine;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Physical memory from a start to an end. Not thread-safe. */
public final class MemoryWatch {
  private final SystemFiles files;
  private final MemoryMap before;
  private final long buffersBefore;
  private final RssSampler sampler;

  private MemoryWatch(SystemFiles files) {
    this.files = files;
    this.before = MemoryMap.read(files);
    this.buffersBefore = directBytes();
    this.sampler = RssSampler.start(files);
  }

  /** Begins; call it before the clock. */
  public static MemoryWatch start(SystemFiles files) {
    return new MemoryWatch(files);
  }

  /** Ends; call it after the clock. */
  public Span end() {
    sampler.end();
    return new Span(
        before, MemoryMap.read(files), directBytes() - buffersBefore, sampler.samples());
  }

  /** What was seen from start to end. */
  public static final class Span {
    private final MemoryMap before;
    private final MemoryMap after;
    private final long buffersGrowth;
    private final long[] samples;

    private Span(MemoryMap before, MemoryMap after, long buffersGrowth, long[] samples) {
      this.before = before;
      this.after = after;
      this.buffersGrowth = buffersGrowth;
      this.samples = samples;
    }

    /** Returns readings of the physical memory, in bytes, evenly spaced, so many at most. */
    public List<Long> course(int most) {
      int step = Math.max(1, (samples.length + most - 1) / most);
      List<Long> course = new ArrayList<>();
      for (int i = 0; i < samples.length; i += step) {
        course.add(samples[i]);
      }
      return course;
    }

    /** Returns the steady physical memory, in bytes. */
    public OptionalLong steadyBytes() {
      return MemoryTrend.steady(samples);
    }

    /**
     * Returns the growth; empty if the heap's place or the process's map is not known, or the time
     * was too short to judge (below 0.8 s).
     */
    public Optional<MemoryTrend> trend(Optional<JvmEvents.HeapSpace> heap) {
      if (heap.isEmpty() || samples.length < MemoryTrend.MIN_READINGS) {
        return Optional.empty();
      }
      OptionalLong outsideBefore = before.residentOutside(heap.get());
      OptionalLong outsideAfter = after.residentOutside(heap.get());
      if (outsideBefore.isEmpty() || outsideAfter.isEmpty()) {
        return Optional.empty();
      }
      long growth = outsideAfter.getAsLong() - outsideBefore.getAsLong() - buffersGrowth;
      return Optional.of(MemoryTrend.of(outsideBefore.getAsLong(), growth, samples));
    }
  }

  /** Java's own direct buffers: what the harness keeps of the outputs is no leak of an engine. */
  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
