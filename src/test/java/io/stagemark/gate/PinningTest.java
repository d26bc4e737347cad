package io.stagemark.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stagemark.config.CpuAffinity;
import io.stagemark.machine.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PinningTest {
  @TempDir Path root;

  private SystemFiles machine(String... siblings) throws IOException {
    for (int cpu = 0; cpu < siblings.length; cpu++) {
      Path topology = root.resolve("sys/devices/system/cpu/cpu" + cpu + "/topology");
      Files.createDirectories(topology);
      Files.writeString(topology.resolve("thread_siblings_list"), siblings[cpu] + "\n");
    }
    return new SystemFiles(root);
  }

  @Test
  void of_twoCores_oneMeasuresAndOneServes() throws Exception {
    assumeTrue(CpuAffinity.taskset().isPresent(), "there is no command taskset here");
    Pinning pinning = Pinning.of(machine("0", "1"), "0-1", 1);
    assertThat(pinning.text()).isEqualTo("measured on processor 1, the JVMs' own threads on 0");
  }

  @Test
  void of_hardwareThreads_leavesTheOtherThreadOfAMeasuringCoreAlone() throws Exception {
    assumeTrue(CpuAffinity.taskset().isPresent(), "there is no command taskset here");
    assertThat(Pinning.of(machine("0-1", "0-1", "2-3", "2-3"), "0-3", 1).text())
        .isEqualTo("measured on processor 2, the JVMs' own threads on 0,1");
  }

  @Test
  void of_noCoreToSpare_saysSo() throws Exception {
    Pinning pinning = Pinning.of(machine("0", "1"), "0-1", 2);
    assertThat(pinning.text())
        .isEqualTo("not pinned: 2 threads measuring, on 2 cores none is left for the JVMs' own");
  }

  @Test
  void move_runningProcess_runsWhereItMeasures() throws Exception {
    SystemFiles here = SystemFiles.ofThisMachine();
    String allowed = here.field("proc/self/status", "Cpus_allowed_list").orElse("0");
    Pinning pinning = Pinning.of(here, allowed, 1);
    assumeTrue(pinning.text().startsWith("measured on "), pinning.text());
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      pinning.move(process.pid());
      String now =
          here.field("proc/" + process.pid() + "/status", "Cpus_allowed_list").orElseThrow();
      assertThat(pinning.text()).startsWith("measured on processor " + now + ",");
    } finally {
      process.destroyForcibly();
    }
  }
}
