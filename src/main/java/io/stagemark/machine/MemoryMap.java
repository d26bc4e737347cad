package io.stagemark.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process's memory by address, from {@code /proc/self/smaps} (proc(5)): what of it is in
 * physical memory.
 *
 * @param areas by address; none where the system does not report them
 */
record MemoryMap(List<Area> areas) {
  private static final Pattern HEAD = Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,15}) .*");
  private static final Pattern RSS = Pattern.compile("Rss:\\s+(\\d{1,15}) kB");

  public MemoryMap {
    areas = List.copyOf(areas);
  }

  /**
   * A stretch of addresses.
   *
   * @param residentBytes of it in physical memory, in bytes
   */
  public record Area(long start, long end, long residentBytes) {}

  /** Reads the map: some milliseconds, in which the process's other mappings wait. */
  public static MemoryMap read(SystemFiles files) {
    List<Area> areas = new ArrayList<>();
    long start = 0;
    long end = 0;
    for (String line : files.text("proc/self/smaps").orElse("").split("\n", -1)) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        start = Long.parseLong(head.group(1), 16);
        end = Long.parseLong(head.group(2), 16);
        continue;
      }
      Matcher rss = RSS.matcher(line);
      if (rss.matches()) {
        areas.add(new Area(start, end, Long.parseLong(rss.group(1)) * 1024));
      }
    }
    return new MemoryMap(areas);
  }

  /** Returns what is in physical memory outside the Java heap; absent if there is no map. */
  public OptionalLong residentOutside(JvmEvents.HeapSpace heap) {
    if (areas.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        areas.stream()
            .filter(a -> a.start() < heap.start() || a.start() >= heap.end())
            .mapToLong(Area::residentBytes)
            .sum());
  }
}
