package io.stagemark.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The machine and the software on it, finer than {@link Environment}. What the system does not
 * report is absent. It holds no path and no host name.
 *
 * @param fingerprint short digest of processor, cores, memory, system and JVM: equal where times
 *     may be compared
 * @param sockets processor packages
 * @param physicalCores without the second thread of each
 * @param threads what the system schedules on
 * @param caches such as {@code L1d 32 KiB × 2}
 * @param distribution of the operating system, such as {@code Debian GNU/Linux 12 (bookworm)}
 * @param container such as {@code docker}; absent if there is no sign of one
 * @param cpuLimitCores quota of the control groups, in cores
 * @param memoryLimitBytes limit of the control groups, in bytes
 * @param jvm name and build of the virtual machine
 * @param jars file names on the class path, with their versions in them
 * @param natives SHA-256 of each native library that a trial had loaded, by file name, without the
 *     JVM's own
 * @param models SHA-256 of each model file, by file name
 * @param commit Git commit of the tree that has the config
 * @param dirty whether a tracked file there differs from the commit
 */
public record MachineRecord(
    String fingerprint,
    OptionalInt sockets,
    OptionalInt physicalCores,
    OptionalInt threads,
    List<String> caches,
    Optional<String> distribution,
    Optional<String> container,
    OptionalDouble cpuLimitCores,
    OptionalLong memoryLimitBytes,
    String jvm,
    List<String> jars,
    Map<String, String> natives,
    Map<String, String> models,
    Optional<String> commit,
    Optional<Boolean> dirty) {
  public MachineRecord {
    caches = List.copyOf(caches);
    jars = List.copyOf(jars);
  }

  /** Returns the same with the libraries that trials had loaded. */
  public MachineRecord withNatives(Map<String, String> loaded) {
    return new MachineRecord(
        fingerprint,
        sockets,
        physicalCores,
        threads,
        caches,
        distribution,
        container,
        cpuLimitCores,
        memoryLimitBytes,
        jvm,
        jars,
        loaded,
        models,
        commit,
        dirty);
  }
}
