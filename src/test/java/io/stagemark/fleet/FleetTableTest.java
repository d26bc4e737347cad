package io.stagemark.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.BadInputException;
import io.stagemark.fleet.FleetTable.Entry;
import io.stagemark.report.GoldenFiles;
import io.stagemark.report.SampleCounts;
import io.stagemark.report.SampleRun;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class FleetTableTest {
  private static final RunResult RUN = SampleRun.complete();
  private static final String ID = RUN.cases().get(0).id();

  private static FleetMachine machine(String name, RunResult run) {
    return new FleetMachine(name, run, OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static RunResult with(RunResult run, String sha, Map<String, String> models) {
    return new RunResult(
        run.schemaVersion(),
        run.name(),
        run.status(),
        run.startedAt(),
        run.wallSeconds(),
        new RunResult.DatasetRecord(run.dataset().name(), 4, sha),
        run.environment(),
        run.config(),
        run.cases(),
        run.parity(),
        run.differences(),
        Optional.of(
            new RunProof(new Validity(Validity.Verdict.VALID, List.of()), List.of(), models)),
        run.calibration());
  }

  private static RunResult with(RunResult run, Environment environment, List<CaseResult> cases) {
    return new RunResult(
        run.schemaVersion(),
        run.name(),
        run.status(),
        run.startedAt(),
        run.wallSeconds(),
        run.dataset(),
        environment,
        run.config(),
        cases,
        run.parity(),
        run.differences(),
        run.proof(),
        run.calibration());
  }

  private static Environment on(String cpu, int cores, String jdk) {
    Environment e = RUN.environment();
    return new Environment(
        e.stagemark(),
        cpu,
        cores,
        e.memoryBytes(),
        e.os(),
        jdk,
        e.jvmFlags(),
        e.libraries(),
        Optional.empty());
  }

  private static CaseResult with(CaseResult one, Optional<Double> fps, Optional<CaseProof> proof) {
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        new CaseResult.Timed(
            one.timed().stages(), fps, one.timed().detail(), one.timed().load(), List.of()),
        one.operations(),
        one.scored(),
        one.trials(),
        proof);
  }

  /** 20 images a second on a machine of 1 core, at 0.5 an hour and 10 W. */
  private static FleetMachine slow() {
    CaseResult one = RUN.cases().get(0);
    return new FleetMachine(
        "slow",
        with(RUN, on("Old CPU", 1, "Other 21"), List.of(with(one, Optional.of(20.0), one.proof()))),
        OptionalDouble.of(0.5),
        OptionalDouble.of(10));
  }

  // 20 FPS: 1 core of 1 (2 threads asked for); 2 images a joule; 20 × 3600 / 0.5 for a unit of
  // money
  @Test
  void of_priceAndWatts_arePerHourAndPerJoule() throws BadInputException {
    FleetTable table = FleetTable.of(List.of(slow()));
    Entry entry = table.cases().getOrDefault(ID, List.of()).get(0);
    assertThat(RUN.cases().get(0).key().threads()).isEqualTo(2);
    assertThat(entry.framesPerSecond()).hasValue(20);
    assertThat(entry.perCore()).hasValue(20);
    assertThat(entry.perWatt()).hasValue(2);
    assertThat(entry.perPrice().orElseThrow()).isCloseTo(144_000, within(1e-9));
    assertThat(entry.roofline()).isEmpty();
  }

  // 3.023 GFLOP in 40 ms are 75.6 GFLOP/s; the machine's own ceiling is 100
  @Test
  void of_operatorsThatWereTimed_hasTheShareOfTheRoofline() throws Exception {
    FleetTable table =
        FleetTable.of(List.of(machine("timed", SampleCounts.run()), machine("not", RUN)));
    List<Entry> entries = table.cases().getOrDefault(ID, List.of());
    assertThat(entries)
        .extracting(entry -> entry.roofline().isPresent() ? entry.machine() : "")
        .containsExactlyInAnyOrder("timed", "");
    assertThat(FleetText.of(table)).contains("of roofline").contains("76 %");
    assertThat(FleetPage.of(table)).contains("of roofline").contains("76 %");
  }

  @Test
  void of_twoMachines_fastestFirstAndDifferencesNamed() throws Exception {
    FleetTable table = FleetTable.of(List.of(slow(), machine("fast", RUN)));
    List<Entry> entries = table.cases().getOrDefault(ID, List.of());
    assertThat(entries).extracting(Entry::machine).containsExactly("fast", "slow");
    double fps = RUN.cases().get(0).timed().framesPerSecond().orElseThrow();
    assertThat(entries.get(0).perCore()).hasValue(fps / 2);
    assertThat(entries.get(0).perWatt()).isEmpty();
    assertThat(table.notes())
        .containsExactly("JDK differs: Other 21 on slow, Vendor 17.0.15 on fast");
    GoldenFiles.assertGolden("fleet-table.txt", FleetText.of(table));
    String page = FleetPage.of(table);
    assertThat(page)
        .contains("images/price", "144000", "Old CPU", "JDK differs", "0.5 an hour", "fps-1");
  }

  @Test
  void of_otherDataOrModelFiles_isRefusedByName() {
    String sha = RUN.dataset().sha256();
    FleetMachine a = machine("a", with(RUN, sha, Map.of("net/net.onnx", "11", "net/net.pt", "33")));
    FleetMachine b = machine("b", with(RUN, "cd".repeat(32), Map.of("net/net.onnx", "22")));
    assertThatThrownBy(() -> FleetTable.of(List.of(a, b)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("machine b: data set")
        .hasMessageContaining("machine b: model file net/net.onnx")
        .hasMessageContaining("2 problems");
    assertThatThrownBy(() -> FleetTable.of(List.of(a, a)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("machine a")
        .hasMessageContaining("rename");
  }

  @Test
  void of_invalidAndUntimedCases_areLeftOutAndNamed() throws BadInputException {
    CaseResult one = RUN.cases().get(0);
    CaseProof proof = one.proof().orElseThrow();
    CaseProof wrong =
        new CaseProof(
            Validity.of(
                List.of(new Validity.Reason(Validity.Code.CLOCK, "it ran back", "another"))),
            proof.precision(),
            proof.pooledTrials(),
            proof.variance(),
            proof.notes(),
            proof.slowest(),
            proof.causes());
    RunResult run =
        with(
            RUN,
            RUN.environment(),
            List.of(
                with(one, one.timed().framesPerSecond(), Optional.of(wrong)),
                with(RUN.cases().get(1), Optional.empty(), Optional.empty())));
    FleetTable table = FleetTable.of(List.of(machine("a", run)));
    assertThat(table.cases()).isEmpty();
    assertThat(table.notes())
        .containsExactly(
            "left out: " + ID + " on a is INVALID: clock",
            "left out: " + RUN.cases().get(1).id() + " on a was not timed");
    assertThat(FleetText.of(table)).contains("No case was timed.");
  }
}
