package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts in the forms of proc(5) and cgroups(7), and the figures read from them. */
final class ProcessFilesTest {
  @TempDir Path root;
  private FileTree tree = new FileTree(Path.of(""));

  @BeforeEach
  void plant() {
    tree = new FileTree(root);
  }

  @Test
  void thread_statusStatAndSchedstat_areRead() throws Exception {
    tree.with(
        "proc/thread-self/status",
        "Name:\tjava\nvoluntary_ctxt_switches:\t31\nnonvoluntary_ctxt_switches:\t7\n");
    // The name holds a blank and a bracket; minflt is field 10, majflt field 12 of the line.
    tree.with("proc/thread-self/stat", "77 (a) b) S 1 2 3 4 5 4194368 905 0 3 0 11 12 0 0 20\n");
    tree.with("proc/thread-self/schedstat", "133728 82774 2\n");
    ThreadCounters counters = ThreadCounters.read(tree.files());
    assertThat(counters)
        .isEqualTo(
            new ThreadCounters(
                OptionalLong.of(31),
                OptionalLong.of(7),
                OptionalLong.of(905),
                OptionalLong.of(3),
                OptionalLong.of(82774)));
    assertThat(counters.plus(counters).involuntarySwitches()).isEqualTo(OptionalLong.of(14));
    tree.with("proc/thread-self/schedstat", "133728 82999 2\n");
    assertThat(ThreadCounters.read(tree.files()).since(counters).waitingNanos())
        .isEqualTo(OptionalLong.of(225));
  }

  @Test
  void thread_nothingTold_isAbsent() {
    ThreadCounters none = ThreadCounters.read(tree.files());
    assertThat(none.minorFaults()).isEmpty();
    assertThat(none.since(none).voluntarySwitches()).isEmpty();
    assertThat(none.plus(none).voluntarySwitches()).isEmpty();
  }

  @Test
  void memoryMap_heapAmongOthers_countsWhatLiesOutside() throws Exception {
    // Heap 0x80000000 to 0x100000000; 40 KiB of it and 12 + 3 KiB elsewhere are resident.
    tree.with(
        "proc/self/smaps",
        """
        55d0c000-55d0d000 r-xp 00000000 fe:01 393 /usr/lib/jvm/bin/java
        Size:                  4 kB
        Rss:                  12 kB
        80000000-100000000 rw-p 00000000 00:00 0
        Rss:                  40 kB
        7f0000000000-7f0000001000 rw-p 00000000 00:00 0
        Rss:                   3 kB
        """);
    MemoryMap map = MemoryMap.read(tree.files());
    assertThat(map.residentOutside(new JvmEvents.HeapSpace(0x80000000L, 0x100000000L)))
        .isEqualTo(OptionalLong.of(15 * 1024));
  }

  @Test
  void memoryMap_nothingTold_isAbsent() {
    assertThat(MemoryMap.read(tree.files()).residentOutside(new JvmEvents.HeapSpace(0, 1)))
        .isEmpty();
  }

  @Test
  void trend_steadyGrowthAboveTheThreshold_isALeak() {
    // 16 readings, 1 MiB apart: 15 MiB in all, and more than a quarter of it in the second half.
    long[] samples = LongStream.range(0, 16).map(i -> (100 + i) << 20).toArray();
    MemoryTrend trend = MemoryTrend.of(100L << 20, 15L << 20, samples);
    assertThat(trend.thresholdBytes()).isEqualTo(8L << 20);
    assertThat(trend.leaking()).isTrue();
    assertThat(MemoryTrend.of(100L << 20, 8L << 20, samples).leaking()).isFalse();
  }

  @Test
  void trend_growthAtTheStartAlone_isNone() {
    long[] samples = LongStream.range(0, 16).map(i -> i < 4 ? 100L << 20 : 130L << 20).toArray();
    assertThat(MemoryTrend.of(100L << 20, 30L << 20, samples).leaking()).isFalse();
  }

  @Test
  void trend_largeProcess_hasALargerThreshold() {
    assertThat(MemoryTrend.of(1000L << 20, 0, new long[8]).thresholdBytes()).isEqualTo(20L << 20);
  }

  @Test
  void steady_growthAndThenRest_isTheRest() {
    assertThat(MemoryTrend.steady(new long[] {1, 2, 50, 50, 51})).isEqualTo(OptionalLong.of(50));
    assertThat(MemoryTrend.steady(new long[0])).isEmpty();
  }

  @Test
  void sampler_aSystemThatTellsNothing_hasNoReadings() {
    RssSampler sampler = RssSampler.start(tree.files());
    sampler.end();
    assertThat(sampler.samples()).isEmpty();
    assertThat(RssSampler.peak(tree.files())).isEmpty();
  }

  @Test
  void cgroup_version2_takesTheSmallestUpToTheRoot() throws Exception {
    tree.with("proc/self/cgroup", "0::/kubepods/pod1");
    tree.with("sys/fs/cgroup/kubepods/pod1/cpu.max", "max 100000");
    tree.with("sys/fs/cgroup/kubepods/cpu.max", "250000 100000");
    tree.with("sys/fs/cgroup/kubepods/pod1/memory.max", "1073741824");
    tree.with("sys/fs/cgroup/memory.max", "max");
    assertThat(CgroupLimits.read(tree.files()))
        .isEqualTo(new CgroupLimits(OptionalDouble.of(2.5), OptionalLong.of(1L << 30)));
  }

  @Test
  void cgroup_version1_readsQuotaAndLimit() throws Exception {
    tree.with("proc/self/cgroup", "4:memory:/a\n2:cpu,cpuacct:/\n0::/");
    tree.with("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000");
    tree.with("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
    tree.with("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "536870912");
    tree.with("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    assertThat(CgroupLimits.read(tree.files()))
        .isEqualTo(new CgroupLimits(OptionalDouble.of(0.5), OptionalLong.of(512L << 20)));
  }

  @Test
  void cgroup_noLimits_isAbsent() throws Exception {
    tree.with("proc/self/cgroup", "2:cpu:/\n4:memory:/");
    tree.with("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
    tree.with("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
    tree.with("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    assertThat(CgroupLimits.read(tree.files()))
        .isEqualTo(new CgroupLimits(OptionalDouble.empty(), OptionalLong.empty()));
  }
}
