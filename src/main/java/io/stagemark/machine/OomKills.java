package io.stagemark.machine;

import static java.util.Locale.ROOT;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many processes the kernel's out-of-memory killer has ended so far: of this process's control
 * group (cgroups(7), {@code memory.events} of version 2, {@code memory.oom_control} of version 1)
 * and of the whole machine ({@code /proc/vmstat}). A count that rose while a child ran says why
 * signal 9 came. Absent where the system does not count.
 *
 * @param group processes of this control group
 * @param machine processes of the machine
 * @param limitBytes the smallest memory limit from the group to the root, in bytes
 */
public record OomKills(OptionalLong group, OptionalLong machine, OptionalLong limitBytes) {
  private static final Pattern COUNT = Pattern.compile("(?m)^oom_kill\\s+(\\d{1,18})$");

  /** Reads the counts. */
  public static OomKills read(SystemFiles files) {
    OptionalLong group = OptionalLong.empty();
    for (String folder : CgroupLimits.groups(files)) {
      for (String file : new String[] {"memory.events", "memory.oom_control"}) {
        if (group.isEmpty()) {
          group = count(files, folder + "/" + file);
        }
      }
    }
    return new OomKills(group, count(files, "proc/vmstat"), CgroupLimits.read(files).memoryBytes());
  }

  private static OptionalLong count(SystemFiles files, String file) {
    Matcher count = COUNT.matcher(files.text(file).orElse(""));
    return count.find() ? OptionalLong.of(Long.parseLong(count.group(1))) : OptionalLong.empty();
  }

  /** Returns what the killer did since an earlier reading; empty if it did nothing. */
  public Optional<String> since(OomKills before) {
    if (rose(before.group, group)) {
      return Optional.of(
          "out of memory"
              + (limitBytes.isPresent()
                  ? String.format(
                      ROOT, " (the cgroup's limit is %d MiB)", limitBytes.getAsLong() >> 20)
                  : " (a process of this cgroup, which has no limit of its own)"));
    }
    return rose(before.machine, machine)
        ? Optional.of("out of memory (the machine's: it ended a process in the meantime)")
        : Optional.empty();
  }

  private static boolean rose(OptionalLong before, OptionalLong after) {
    return before.isPresent() && after.isPresent() && after.getAsLong() > before.getAsLong();
  }
}
