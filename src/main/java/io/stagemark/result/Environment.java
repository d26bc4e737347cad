package io.stagemark.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run was measured.
 *
 * @param stagemark version of this program
 * @param cpu model name as the system reports it
 * @param cores processors that this process may use
 * @param memoryBytes physical memory of the machine or its container, in bytes
 * @param os name, version and architecture
 * @param jdk vendor and version
 * @param jvmFlags flags that each trial's JVM was started with
 * @param libraries versions by name, engines first
 * @param machine the machine and its software in detail; empty in older files
 */
public record Environment(
    String stagemark,
    String cpu,
    int cores,
    long memoryBytes,
    String os,
    String jdk,
    List<String> jvmFlags,
    Map<String, String> libraries,
    Optional<MachineRecord> machine) {
  public Environment {
    jvmFlags = List.copyOf(jvmFlags);
    machine = machine == null ? Optional.empty() : machine; // in older files
  }

  /** Returns the same with the flags of another JVM. */
  public Environment withJvmFlags(List<String> flags) {
    return new Environment(stagemark, cpu, cores, memoryBytes, os, jdk, flags, libraries, machine);
  }

  /** Returns the same with the native libraries that trials had loaded. */
  public Environment withNatives(Map<String, String> loaded) {
    return new Environment(
        stagemark,
        cpu,
        cores,
        memoryBytes,
        os,
        jdk,
        jvmFlags,
        libraries,
        machine.map(m -> m.withNatives(loaded)));
  }
}
