package io.stagemark.machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processors as the system describes them.
 *
 * @param model name, such as {@code AMD EPYC}; absent where the system does not report it
 * @param sockets packages
 * @param cores physical cores, without the second thread of each
 * @param threads what the system schedules on
 * @param caches sizes by level and type with how many there are, such as {@code L1d 32 KiB × 2}
 */
public record Processor(
    Optional<String> model,
    OptionalInt sockets,
    OptionalInt cores,
    OptionalInt threads,
    List<String> caches) {
  private static final String CPUS = "sys/devices/system/cpu";

  public Processor {
    caches = List.copyOf(caches);
  }

  /** Reads {@code /proc/cpuinfo} and {@code /sys/devices/system/cpu}. */
  public static Processor read(SystemFiles files) {
    List<String> cpus =
        files.names(CPUS).stream()
            .filter(name -> name.matches("cpu\\d+"))
            .filter(name -> files.exists(CPUS + "/" + name + "/topology"))
            .toList();
    Set<String> sockets =
        cpus.stream()
            .flatMap(cpu -> files.text(topology(cpu, "physical_package_id")).stream())
            .collect(Collectors.toSet());
    Set<String> cores =
        cpus.stream()
            .flatMap(
                cpu ->
                    files.text(topology(cpu, "core_id")).stream()
                        .map(id -> files.text(topology(cpu, "physical_package_id")) + "/" + id))
            .collect(Collectors.toSet());
    return new Processor(
        files.field("proc/cpuinfo", "model name"),
        counted(sockets.size()),
        counted(cores.size()),
        counted(cpus.size()),
        caches(files, cpus));
  }

  private static String topology(String cpu, String name) {
    return CPUS + "/" + cpu + "/topology/" + name;
  }

  private static OptionalInt counted(int count) {
    return count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
  }

  /** Each cache is listed by every processor that shares it: it is counted once. */
  private static List<String> caches(SystemFiles files, List<String> cpus) {
    Map<String, Set<String>> byKind = new LinkedHashMap<>();
    for (String cpu : cpus) {
      for (String index : files.names(CPUS + "/" + cpu + "/cache")) {
        String cache = CPUS + "/" + cpu + "/cache/" + index + "/";
        Optional<String> size = files.text(cache + "size");
        Optional<String> level = files.text(cache + "level");
        if (size.isEmpty() || level.isEmpty()) {
          continue;
        }
        String kind =
            "L" + level.get() + suffix(files.text(cache + "type").orElse("")) + " " + size.get();
        byKind
            .computeIfAbsent(kind, k -> new java.util.HashSet<>())
            .add(files.text(cache + "shared_cpu_list").orElse(cpu));
      }
    }
    return byKind.entrySet().stream()
        .map(e -> e.getKey().replaceFirst("K$", " KiB") + " × " + e.getValue().size())
        .toList();
  }

  private static String suffix(String type) {
    return switch (type) {
      case "Data" -> "d";
      case "Instruction" -> "i";
      default -> "";
    };
  }
}
