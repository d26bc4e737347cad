package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.ResultSchema;
import io.stagemark.result.Causes.Cause;
import io.stagemark.result.Circumstances;
import io.stagemark.result.ColdStart;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real run leaves beside its figures. */
final class CircumstancesTest {
  @TempDir Path folder;

  @Test
  void run_oneTrial_leavesEveryPartAndFitsTheSchema() throws Exception {
    RunBed bed = new RunBed(folder);
    CommandRun.of("run", bed.harness(1, 0.3).toString(), "--set", "measure.causes=true");
    RunResult result = ResultFiles.readRun(bed.output());
    Circumstances beside =
        result
            .cases()
            .get(0)
            .trials()
            .get(0)
            .measured()
            .orElseThrow()
            .circumstances()
            .orElseThrow();

    assertThat(beside.before().orElseThrow().canaryBestNanos()).isPositive();
    assertThat(beside.after()).isPresent();
    assertThat(beside.during().orElseThrow().wallNanos()).isPositive();
    assertThat(beside.causes().orElseThrow().causes().stream().map(Cause::name))
        .startsWith("gc pause", "safepoint", "compilation");
    // The bound of the whole harness is 5 µs a batch: the clocks must be tied far closer.
    assertThat(beside.causes().orElseThrow().clockErrorNanos()).isLessThan(5_000);
    assertThat(beside.resources().orElseThrow().allocatedBytes())
        .containsKeys("decode", "preprocess", "forward", "postprocess");
    ColdStart start = beside.coldStart().orElseThrow();
    assertThat(start.jvmNanos()).isPositive();
    assertThat(start.totalNanos()).isGreaterThan(start.jvmNanos() + start.firstBatchNanos());
    // Of one trial, the case's causes are that trial's, counted anew from the file of the samples.
    assertThat(result.cases().get(0).proof().orElseThrow().causes()).isEqualTo(beside.causes());
    assertThat(ResultSchema.problems(bed.output().resolve("result.json"))).isEmpty();
    long peak = beside.resources().orElseThrow().peakRssBytes().orElseThrow();
    assertThat(Files.readString(bed.output().resolve("report.md")))
        .contains("| MiB |", String.format(Locale.ROOT, " %.0f |", peak / 1048576.0));
    assertNothingPrivate(result.environment().machine().orElseThrow());
  }

  /** Neither a path nor this host's name. */
  private static void assertNothingPrivate(MachineRecord machine) throws Exception {
    String text = ResultFiles.text(machine);
    assertThat(text).doesNotContain(System.getProperty("user.home") + "/");
    assertThat(machine.software().jars())
        .allMatch(jar -> !jar.contains("/") && jar.endsWith(".jar"));
    assertThat(machine.software().natives().keySet()).allMatch(name -> !name.contains("/"));
    String host = InetAddress.getLocalHost().getHostName();
    if (host.length() > 4) {
      assertThat(text).doesNotContain(host);
    }
  }

  @Test
  void run_causesOff_recordsNone() throws Exception {
    RunBed bed = new RunBed(folder);
    CommandRun.of("run", bed.harness(1, 0).toString());
    assertThat(
            ResultFiles.readRun(bed.output()).cases().get(0).trials().get(0).measured().stream()
                .flatMap(m -> m.circumstances().stream()))
        .hasSize(1)
        .allMatch(c -> c.causes().isEmpty() && c.resources().isPresent());
  }

  @Test
  void doctor_json_tellsEachCheckAndEndsAccordingly() throws Exception {
    CommandRun doctor = CommandRun.of("doctor", "--format", "json");
    assertThat(doctor.out()).contains("\"fit\" : " + (doctor.exitCode() == 0));
    assertThat(doctor.exitCode()).isIn(0, 3);
    assertThat(doctor.out()).contains("\"verdict\"", "\"why\"", "\"try\"", "canary spread");
  }
}
