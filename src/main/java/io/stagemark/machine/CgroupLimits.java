package io.stagemark.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the control groups of this process allow it (cgroups(7), versions 1 and 2): the smallest
 * limit from its own group up to the root. Absent without a limit.
 *
 * @param cores processor time over wall time
 * @param memoryBytes physical memory, in bytes
 */
public record CgroupLimits(OptionalDouble cores, OptionalLong memoryBytes) {
  private static final String ROOT = "sys/fs/cgroup";

  /** Version 1 writes "no limit" as the largest whole number of pages. */
  private static final long UNLIMITED = 1L << 60;

  /** Reads the limits. */
  public static CgroupLimits read(SystemFiles files) {
    OptionalDouble cores = OptionalDouble.empty();
    OptionalLong memory = OptionalLong.empty();
    for (String group : groups(files)) {
      OptionalDouble quota = quota(files, group);
      if (quota.isPresent() && quota.getAsDouble() < cores.orElse(Double.MAX_VALUE)) {
        cores = quota;
      }
      OptionalLong limit = memory(files, group);
      if (limit.isPresent() && limit.getAsLong() < memory.orElse(UNLIMITED)) {
        memory = limit;
      }
    }
    return new CgroupLimits(cores, memory);
  }

  /** Folders of the process's groups and their ancestors, of both versions. */
  static List<String> groups(SystemFiles files) {
    List<String> folders = new ArrayList<>();
    for (String line : files.text("proc/self/cgroup").orElse("").split("\n", -1)) {
      String[] parts = line.split(":", 3);
      if (parts.length < 3) {
        continue;
      }
      // Version 2 has no controllers in the middle; next to version 1 it may be in "unified".
      List<String> mounts =
          parts[1].isEmpty()
              ? List.of(ROOT, ROOT + "/unified")
              : List.of(ROOT + "/" + parts[1], ROOT + "/" + parts[1].split(",", -1)[0]);
      for (String path = parts[2]; !path.isEmpty(); path = parent(path)) {
        for (String mount : mounts) {
          folders.add(path.equals("/") ? mount : mount + path);
        }
      }
    }
    return folders.stream().distinct().toList();
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return path.equals("/") || slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
  }

  private static OptionalDouble quota(SystemFiles files, String group) {
    String[] both = files.text(group + "/cpu.max").orElse("").split("\\s+", -1);
    if (both.length == 2 && both[0].matches("\\d{1,15}") && both[1].matches("[1-9]\\d{0,14}")) {
      return OptionalDouble.of((double) Long.parseLong(both[0]) / Long.parseLong(both[1]));
    }
    long quota = files.number(group + "/cpu.cfs_quota_us").orElse(-1);
    long period = files.number(group + "/cpu.cfs_period_us").orElse(-1);
    return quota > 0 && period > 0
        ? OptionalDouble.of((double) quota / period)
        : OptionalDouble.empty();
  }

  private static OptionalLong memory(SystemFiles files, String group) {
    OptionalLong limit = files.number(group + "/memory.max");
    OptionalLong old = files.number(group + "/memory.limit_in_bytes");
    OptionalLong found = limit.isPresent() ? limit : old;
    return found.isPresent() && found.getAsLong() < UNLIMITED ? found : OptionalLong.empty();
  }
}
