package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineFactsTest {
  @TempDir Path root;
  private FileTree tree = new FileTree(Path.of(""));

  @BeforeEach
  void plant() {
    tree = new FileTree(root);
  }

  /** One package of two cores with two threads each; a last-level cache that all share. */
  @Test
  void processor_fourThreadsOnTwoCores_isCountedSo() throws Exception {
    tree.with("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU @ 3 GHz\n");
    for (int cpu = 0; cpu < 4; cpu++) {
      String folder = "sys/devices/system/cpu/cpu" + cpu;
      tree.with(folder + "/topology/physical_package_id", "0\n");
      tree.with(folder + "/topology/core_id", cpu % 2 + "\n");
      tree.with(folder + "/cache/index0/level", "1");
      tree.with(folder + "/cache/index0/type", "Data");
      tree.with(folder + "/cache/index0/size", "32K");
      tree.with(folder + "/cache/index0/shared_cpu_list", cpu % 2 == 0 ? "0,2" : "1,3");
      tree.with(folder + "/cache/index3/level", "3");
      tree.with(folder + "/cache/index3/type", "Unified");
      tree.with(folder + "/cache/index3/size", "8192K");
      tree.with(folder + "/cache/index3/shared_cpu_list", "0-3");
    }
    Processor processor = Processor.read(tree.files());
    assertThat(processor.model()).contains("Some CPU @ 3 GHz");
    assertThat(processor.sockets()).isEqualTo(OptionalInt.of(1));
    assertThat(processor.cores()).isEqualTo(OptionalInt.of(2));
    assertThat(processor.threads()).isEqualTo(OptionalInt.of(4));
    assertThat(processor.caches()).containsExactly("L1d 32 KiB × 2", "L3 8192 KiB × 1");
  }

  @Test
  void processor_nothingTold_isAbsent() {
    Processor none = Processor.read(tree.files());
    assertThat(none.model()).isEmpty();
    assertThat(none.cores()).isEmpty();
    assertThat(none.caches()).isEmpty();
  }

  @Test
  void container_marks_areKnown() throws Exception {
    assertThat(Container.kind(tree.files())).isEmpty();
    tree.with("proc/1/cgroup", "0::/init.scope");
    assertThat(Container.kind(tree.files())).isEmpty();
    tree.with(".dockerenv", "");
    assertThat(Container.kind(tree.files())).contains("docker");
    tree.with("proc/1/cgroup", "4:memory:/kubepods/besteffort/pod7");
    assertThat(Container.kind(tree.files())).contains("kubepods");
  }

  @Test
  void machine_sameParts_sameFingerprint() {
    String one = Fingerprint.machine("CPU", 8, (16L << 30) - 300_000_000, "Linux amd64", 17);
    assertThat(one)
        .hasSize(12)
        .matches("[0-9a-f]+")
        .isEqualTo(Fingerprint.machine("CPU", 8, (16L << 30) - 290_000_000, "Linux amd64", 17))
        .isNotEqualTo(Fingerprint.machine("CPU", 4, 16L << 30, "Linux amd64", 17))
        .isNotEqualTo(Fingerprint.machine("CPU", 8, 16L << 30, "Linux amd64", 21));
  }

  /** FIPS 180-4's own example: SHA-256 of "abc". */
  @Test
  void natives_mappedLibrary_hasItsDigestOnce() throws Exception {
    Path library = root.resolve("lib dir/libtoy.so.1");
    Files.createDirectories(library.getParent());
    Files.writeString(library, "abc", StandardCharsets.US_ASCII);
    tree.with(
        "proc/self/maps",
        "7f00-7f01 r-xp 00000000 fe:01 393 %1$s\n7f01-7f02 r--p 00001000 fe:01 393 %1$s\n"
                .formatted(library)
            + "80000000-100000000 rw-p 00000000 00:00 0\n7f03-7f04 r--p 0 fe:01 9 /a/b.jar\n");
    Map<String, String> expected =
        Map.of("libtoy.so.1", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Properties known = new Properties();
    assertThat(LoadedNatives.digests(tree.files(), known)).isEqualTo(expected);
    assertThat(known).isEmpty(); // it was written just now, and could be written to again
    Thread.sleep(2100);
    assertThat(LoadedNatives.digests(tree.files(), known)).isEqualTo(expected);
    assertThat(known).hasSize(1);
    // another process takes the digest from those that are known
    known.replaceAll((stamp, digest) -> "0000");
    assertThat(LoadedNatives.digests(tree.files(), known)).containsValue("0000");
    // the same size, and the same time of the last modification
    FileTime modified = Files.getLastModifiedTime(library);
    Files.writeString(library, "abd", StandardCharsets.US_ASCII);
    Files.setLastModifiedTime(library, modified);
    assertThat(LoadedNatives.digests(tree.files(), known))
        .containsOnlyKeys("libtoy.so.1")
        .doesNotContainValue("0000");
  }

  @Test
  void natives_nothingTold_isNone() throws Exception {
    Properties known = new Properties();
    assertThat(LoadedNatives.digests(tree.files(), known)).isEmpty();
    assertThat(known).isEmpty();
  }

  @Test
  void git_folderOutsideAnyTree_isAbsent() throws Exception {
    assertThat(GitTree.of(root)).isEqualTo(Optional.empty());
  }

  @Test
  void field_keyThatIsAPrefixOfAnother_isNotTakenForIt() throws Exception {
    tree.with("proc/meminfo", "SwapTotalX: 1 kB\nSwapTotal:   2048 kB\n");
    assertThat(tree.files().fieldNumber("proc/meminfo", "SwapTotal")).hasValue(2048);
    assertThat(tree.files().fieldNumber("proc/meminfo", "Swap")).isEmpty();
  }
}
