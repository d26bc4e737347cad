package io.stagemark.report;

import java.util.List;
import java.util.Map;

/**
 * Where a run was measured.
 *
 * @param stagemark version of this program
 * @param cpu model name as the system tells it
 * @param cores processors that this process may use
 * @param memoryBytes physical memory of the machine or its container, in bytes
 * @param os name, version and architecture
 * @param jdk vendor and version
 * @param jvmFlags flags that each trial's JVM was started with
 * @param libraries versions by name, engines first
 */
public record Environment(
    String stagemark,
    String cpu,
    int cores,
    long memoryBytes,
    String os,
    String jdk,
    List<String> jvmFlags,
    Map<String, String> libraries) {
  public Environment {
    jvmFlags = List.copyOf(jvmFlags);
  }
}
