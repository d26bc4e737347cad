package io.stagemark.machine;

import java.util.List;
import java.util.Optional;

/** Whether this process runs in a container, as far as the files in it say. */
public final class Container {
  private static final List<String> IN_CGROUP =
      List.of("kubepods", "docker", "containerd", "libpod", "lxc");

  private Container() {}

  /** Returns such as {@code docker}; empty if there is no sign of a container. */
  public static Optional<String> kind(SystemFiles files) {
    if (files.exists("run/.containerenv")) {
      return Optional.of("podman");
    }
    String groups = files.text("proc/1/cgroup").orElse("");
    Optional<String> named = IN_CGROUP.stream().filter(groups::contains).findFirst();
    return named.isPresent() || !files.exists(".dockerenv") ? named : Optional.of("docker");
  }
}
