package io.stagemark.machine;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
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

  /** Ends the reading by the sampling thread; call it after the clock. */
  public void end() {
    sampler.end();
  }

  /** Returns the steady physical memory, in bytes; call it after {@link #end}. */
  public OptionalLong steadyBytes() {
    return MemoryTrend.steady(sampler.samples());
  }

  /**
   * Returns the growth until now; empty if the heap's place or the process's map is not known, or the
   * time was too short to judge (below 0.8 s).
   */
  public Optional<MemoryTrend> trend(Optional<JvmEvents.HeapSpace> heap) {
    if (heap.isEmpty() || sampler.samples().length < MemoryTrend.FEWEST) {
      return Optional.empty();
    }
    OptionalLong outsideBefore = before.residentOutside(heap.get());
    OptionalLong outsideNow = MemoryMap.read(files).residentOutside(heap.get());
    if (outsideBefore.isEmpty() || outsideNow.isEmpty()) {
      return Optional.empty();
    }
    long growth =
        outsideNow.getAsLong() - outsideBefore.getAsLong() - (directBytes() - buffersBefore);
    return Optional.of(MemoryTrend.of(outsideBefore.getAsLong(), growth, sampler.samples()));
  }

  /** Java's own direct buffers: what the harness keeps of the outputs is no leak of an engine. */
  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
