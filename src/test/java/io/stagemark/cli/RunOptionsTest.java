package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of {@code run} whose effect only a whole run shows. */
final class RunOptionsTest {
  @TempDir Path folder;

  // The harness's own p50 of a few hundred ns is never known to ±0.1 % from 300 batches.
  @Test
  void run_precisionOutOfReach_endsAtMaxTrialsWithFourUnderStrict() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(1, 0).toString();
    CommandRun run =
        CommandRun.of(
            "run",
            config,
            "--no-calibration",
            "--strict",
            "--precision",
            "0.1%",
            "--set",
            "measure.maxTrials=4");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains("[3/3]").contains("[4/4]");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    JsonNode one =
        new ObjectMapper().readTree(bed.output().resolve("result.json").toFile()).at("/cases/0");
    assertThat(one.at("/trials")).hasSize(4);
    assertThat(one.at("/proof/precision/causes/0/code").asText()).isEqualTo("PRECISION_MISSED");
    assertThat(one.at("/proof/precision/causes/0/found").asText())
        .endsWith("% after 4 trials, ±0.1 % was asked for");
    assertThat(one.at("/proof/precision/totalNanos/p50/trials").asInt()).isEqualTo(4);
  }

  @Test
  void run_quiet_printsNothingAndWritesTheReport() throws Exception {
    RunBed bed = new RunBed(folder);
    CommandRun run =
        CommandRun.of("run", bed.harness(1, 0).toString(), "--no-calibration", "--quiet");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out() + run.err()).isEmpty();
    assertThat(bed.output().resolve("report.md")).exists();
  }

  @Test
  void run_quietAndATrialFails_printsItsReasonAlone() throws Exception {
    RunBed bed = new RunBed(folder);
    CommandRun run =
        CommandRun.of(
            "run",
            bed.harness(1, 60).toString(),
            "--no-calibration",
            "--quiet",
            "--set",
            "measure.trialTimeoutSeconds=61",
            "--set",
            "measure.heapMiB=1000000");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("harness/constant/cpu/t1/b1 trial 1: ");
  }

  @Test
  void run_verboseWithoutAConsoleReport_printsTheTables() throws Exception {
    RunBed bed = new RunBed(folder);
    CommandRun run =
        CommandRun.of(
            "run",
            bed.harness(1, 0).toString(),
            "--no-calibration",
            "-v",
            "--set",
            "measure.causes=true",
            "--set",
            "reports=[json]");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("postproc       gap").contains("causes");
  }
}
