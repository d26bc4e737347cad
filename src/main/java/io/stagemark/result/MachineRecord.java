package io.stagemark.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The machine and the software on it, finer than {@link Environment}. What the system does not
 * report is absent. It holds no path and no host name. As JSON the groups are flat.
 *
 * @param fingerprint short digest of processor, cores, memory, system and JVM: equal where times
 *     may be compared
 * @param processors of the machine
 * @param host the system on it and its limits
 * @param software that ran
 * @param checkout of the config
 */
public record MachineRecord(
    String fingerprint,
    @JsonUnwrapped Processors processors,
    @JsonUnwrapped Host host,
    @JsonUnwrapped Software software,
    @JsonUnwrapped Checkout checkout) {

  /**
   * The processors.
   *
   * @param sockets processor packages
   * @param physicalCores without the second thread of each
   * @param threads what the system schedules on
   * @param caches such as {@code L1d 32 KiB × 2}
   */
  public record Processors(
      OptionalInt sockets, OptionalInt physicalCores, OptionalInt threads, List<String> caches) {
    public Processors {
      caches = List.copyOf(caches);
    }
  }

  /**
   * The system and its limits.
   *
   * @param distribution of the operating system, such as {@code Debian GNU/Linux 12 (bookworm)}
   * @param container such as {@code docker}; absent if there is no sign of one
   * @param cpuLimitCores quota of the control groups, in cores
   * @param memoryLimitBytes limit of the control groups, in bytes
   */
  public record Host(
      Optional<String> distribution,
      Optional<String> container,
      OptionalDouble cpuLimitCores,
      OptionalLong memoryLimitBytes) {}

  /**
   * The software.
   *
   * @param jvm name and build of the virtual machine
   * @param jars file names on the class path, with their versions in them
   * @param natives SHA-256 of each native library that a trial had loaded, by file name, without
   *     the JVM's own
   * @param models SHA-256 of each model file, by file name
   */
  public record Software(
      String jvm, List<String> jars, Map<String, String> natives, Map<String, String> models) {
    public Software {
      jars = List.copyOf(jars);
    }
  }

  /**
   * The Git tree that has the config.
   *
   * @param commit of the tree
   * @param dirty whether a tracked file there differs from the commit
   */
  public record Checkout(Optional<String> commit, Optional<Boolean> dirty) {}

  /** Returns the same with the libraries that trials had loaded. */
  public MachineRecord withNatives(Map<String, String> loaded) {
    return new MachineRecord(
        fingerprint,
        processors,
        host,
        new Software(software.jvm(), software.jars(), loaded, software.models()),
        checkout);
  }
}
