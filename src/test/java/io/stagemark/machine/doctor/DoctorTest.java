package io.stagemark.machine.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.machine.Canary.Times;
import io.stagemark.machine.CgroupLimits;
import io.stagemark.machine.FileTree;
import io.stagemark.machine.LoadWatch.Load;
import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.doctor.Check.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DoctorTest {
  private static final String CPU = "sys/devices/system/cpu/";

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "20, 25, 0, OK",
    "100, 100, 0, OK",
    "101, 25, 0, WARN",
    "20, 1000, 0, WARN",
    "20, 1001, 0, BAD",
    "20, 25, 1, BAD"
  })
  void timer_stepCostAndOrder_haveTheirBounds(
      long step, double cost, long backwards, Verdict expected) {
    assertThat(ClockChecks.timer(step, cost, backwards).verdict()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"tsc, OK", "kvm-clock, OK", "hpet, BAD", "acpi_pm, BAD"})
  void clockSource_slowOnes_areBad(String source, Verdict expected) throws Exception {
    SystemFiles files =
        tree()
            .with("sys/devices/system/clocksource/clocksource0/current_clocksource", source + "\n")
            .files();
    assertThat(ClockChecks.source(files).verdict()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, OK", "0.005, OK", "0.006, WARN", "0.05, WARN", "0.051, BAD"})
  void steal_share_hasItsBounds(double share, Verdict expected) {
    assertThat(LoadChecks.steal(load(OptionalDouble.of(share), OptionalDouble.empty())).verdict())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.02, OK", "0.021, WARN", "0.1, WARN", "0.11, BAD"})
  void elsewhere_share_hasItsBounds(double share, Verdict expected) {
    Load load = load(OptionalDouble.empty(), OptionalDouble.of(share));
    assertThat(LoadChecks.elsewhere(load).verdict()).isEqualTo(expected);
    assertThat(LoadChecks.steal(load).verdict()).isEqualTo(Verdict.ABSENT);
  }

  // Best times 1000 and 1000 + d: they are d/1000 apart.
  @ParameterizedTest
  @CsvSource({"10, OK", "11, WARN", "50, WARN", "51, BAD"})
  void canary_spreadOfBestTimes_hasItsBounds(long more, Verdict expected) {
    List<Times> rounds = List.of(new Times(1000, 1000), new Times(1000 + more, 2000));
    assertThat(LoadChecks.canary(rounds).verdict()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1050, OK", "1051, WARN", "1250, WARN", "1251, BAD"})
  void jitter_medianOverBest_hasItsBounds(long median, Verdict expected) {
    assertThat(LoadChecks.jitter(List.of(new Times(1000, median))).verdict()).isEqualTo(expected);
  }

  @Test
  void quota_belowTheCores_isBad() {
    assertThat(quota(OptionalDouble.empty())).isEqualTo(Verdict.OK);
    assertThat(quota(OptionalDouble.of(4))).isEqualTo(Verdict.OK);
    assertThat(quota(OptionalDouble.of(3.5))).isEqualTo(Verdict.BAD);
  }

  @Test
  void governor_mixedCores_isAWarningThatCountsThem() throws Exception {
    FileTree tree =
        tree()
            .with(CPU + "cpu0/cpufreq/scaling_governor", "performance")
            .with(CPU + "cpu1/cpufreq/scaling_governor", "performance");
    assertThat(ProcessorChecks.governor(tree.files()).verdict()).isEqualTo(Verdict.OK);
    tree.with(CPU + "cpu2/cpufreq/scaling_governor", "powersave");
    Check mixed = ProcessorChecks.governor(tree.files());
    assertThat(mixed.verdict()).isEqualTo(Verdict.WARN);
    assertThat(mixed.found()).isEqualTo("performance on 2, powersave on 1");
    assertThat(mixed.advice()).contains("performance");
  }

  @Test
  void turbo_eitherDriver_isRead() throws Exception {
    assertThat(ProcessorChecks.turbo(tree().with(CPU + "cpufreq/boost", "1").files()).verdict())
        .isEqualTo(Verdict.WARN);
    assertThat(ProcessorChecks.turbo(tree().with(CPU + "cpufreq/boost", "0").files()).verdict())
        .isEqualTo(Verdict.OK);
    assertThat(
            ProcessorChecks.turbo(tree().with(CPU + "intel_pstate/no_turbo", "0").files())
                .verdict())
        .isEqualTo(Verdict.WARN);
  }

  @Test
  void virtualisation_flagOfTheProcessor_isSeen() throws Exception {
    SystemFiles guest = tree().with("proc/cpuinfo", "flags\t\t: fpu vme hypervisor lm").files();
    assertThat(ProcessorChecks.virtualisation(guest).verdict()).isEqualTo(Verdict.WARN);
    SystemFiles metal = tree().with("proc/cpuinfo", "flags\t\t: fpu vme lm").files();
    assertThat(ProcessorChecks.virtualisation(metal).verdict()).isEqualTo(Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({"4194304, OK", "4194303, WARN", "2097152, WARN", "2097151, BAD"})
  void memory_available_hasItsBounds(long kib, Verdict expected) throws Exception {
    SystemFiles files = tree().with("proc/meminfo", "MemAvailable: " + kib + " kB").files();
    assertThat(MemoryChecks.free(files, limits(OptionalDouble.empty())).verdict())
        .isEqualTo(expected);
  }

  @Test
  void swap_used_isAWarning() throws Exception {
    FileTree tree = tree().with("proc/meminfo", "SwapTotal: 4096 kB\nSwapFree: 4096 kB");
    assertThat(MemoryChecks.swap(tree.files()).verdict()).isEqualTo(Verdict.OK);
    tree.with("proc/meminfo", "SwapTotal: 4096 kB\nSwapFree: 4092 kB");
    assertThat(MemoryChecks.swap(tree.files()).verdict()).isEqualTo(Verdict.WARN);
  }

  @Test
  void flags_fromTheEnvironment_areSeen() {
    assertThat(JvmChecks.flags(List.of("-Xmx1g"), Map.of()).verdict()).isEqualTo(Verdict.OK);
    assertThat(JvmChecks.flags(List.of(), Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g")).verdict())
        .isEqualTo(Verdict.WARN);
    assertThat(JvmChecks.flags(List.of(), Map.of("JAVA_TOOL_OPTIONS", "-Xint")).verdict())
        .isEqualTo(Verdict.BAD);
    assertThat(JvmChecks.flags(List.of("-agentlib:jdwp"), Map.of()).verdict())
        .isEqualTo(Verdict.BAD);
  }

  @Test
  void examine_aSystemThatTellsNothing_saysSoAndNeverGuesses() {
    List<Check> checks = new Doctor(new SystemFiles(root)).examine();
    assertThat(checks)
        .filteredOn(c -> c.verdict() == Verdict.ABSENT)
        .extracting(Check::name)
        .containsExactly(
            "clock source",
            "governor",
            "turbo",
            "smt",
            "virtualisation",
            "steal",
            "other processes",
            "memory",
            "swap");
    assertThat(checks).allSatisfy(c -> assertThat(c.why()).isNotBlank());
    assertThat(checks)
        .filteredOn(c -> c.verdict() != Verdict.OK)
        .allSatisfy(c -> assertThat(c.advice()).isNotBlank());
  }

  @Test
  void fit_oneBad_isUnfit() {
    Check warn = new Check("a", Verdict.WARN, "", "", "");
    assertThat(Doctor.fit(List.of(warn))).isTrue();
    assertThat(Doctor.fit(List.of(warn, new Check("b", Verdict.BAD, "", "", "")))).isFalse();
  }

  private FileTree tree() {
    return new FileTree(root);
  }

  private static Verdict quota(OptionalDouble cores) {
    return ProcessorChecks.quota(limits(cores), 4).verdict();
  }

  private static CgroupLimits limits(OptionalDouble cores) {
    return new CgroupLimits(cores, OptionalLong.empty());
  }

  private static Load load(OptionalDouble steal, OptionalDouble elsewhere) {
    return new Load(1, 1, steal, elsewhere, OptionalLong.empty());
  }
}
