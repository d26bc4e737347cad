package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.dataset.NpyReader;
import io.stagemark.report.ResultSchema;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Circumstances;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.ResultFiles;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each scenario through the whole program, on the engine that does nothing. */
final class LoadScenarioTest {
  @TempDir Path folder;

  private CaseResult run(String... sets) throws Exception {
    RunBed bed = new RunBed(folder);
    List<String> arguments = new ArrayList<>(List.of("run", bed.harness(1, 0.2).toString()));
    for (String set : sets) {
      arguments.add("--set");
      arguments.add(set);
    }
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(ResultSchema.problems(bed.output().resolve("result.json"))).isEmpty();
    RunResult result = ResultFiles.readRun(bed.output());
    CaseResult only = result.cases().get(0);
    Measured measured = only.trials().get(0).measured().orElseThrow();
    assertThat(measured.window().failedBatches()).isZero();
    assertThat(measured.outputs().changedOutputs()).isZero();
    return only;
  }

  private LongBuffer raw(CaseResult of, int columns, String suffix) throws Exception {
    Measured measured = of.trials().get(0).measured().orElseThrow();
    Path samples = new RunBed(folder).output().resolve(measured.samples());
    var tensor =
        NpyReader.read(
            samples.resolveSibling(
                samples.getFileName().toString().replace(".npy", suffix + ".npy")),
            "raw");
    assertThat(tensor.spec().type()).isEqualTo(ElementType.INT64);
    assertThat(tensor.spec().shape())
        .containsExactly((long) measured.window().batches(), (long) columns);
    return tensor.longs();
  }

  // The schedule is drawn beforehand: 1000 a second for 0.2 s are 200 arrivals whatever happens.
  @Test
  void run_server_countsLatencyFromTheScheduledArrival() throws Exception {
    CaseResult result =
        run(
            "measure.causes=true",
            "measure.scenario=server",
            "measure.rate=1000",
            "measure.streams=2",
            "measure.cpuAffinity=0");
    LoadFigures load = result.timed().load().orElseThrow();
    assertThat(load.applied().scenario()).isEqualTo("server");
    assertThat(load.applied().streams()).isEqualTo(2);
    assertThat(load.applied().unserved()).isZero();
    assertThat(load.times().latency().orElseThrow().count()).isEqualTo(200);
    assertThat(load.applied().offeredPerSecond().orElseThrow()).isBetween(800.0, 1250.0);
    LongBuffer rows = raw(result, 4, "-load");
    for (int row = 0; row < 200; row++) {
      assertThat(rows.get(4 * row)).isBetween(0L, 1L);
      assertThat(rows.get(4 * row + 2)).isGreaterThanOrEqualTo(rows.get(4 * row + 1));
      assertThat(rows.get(4 * row + 3)).isGreaterThan(rows.get(4 * row + 2));
    }
    ByteBuffer histogram = ByteBuffer.wrap(Base64.getDecoder().decode(load.histogram()));
    assertThat(Histogram.decodeFromCompressedByteBuffer(histogram, 0).getTotalCount())
        .isEqualTo(200);
    assertThat(beside(result).resources().orElseThrow().thread()).isPresent();
    assertThat(result.proof().orElseThrow().causes()).isEqualTo(beside(result).causes());
  }

  private static Circumstances beside(CaseResult of) {
    return of.trials().get(0).measured().orElseThrow().circumstances().orElseThrow();
  }

  @Test
  void run_multiStream_reportsRoundsOfEveryStream() throws Exception {
    CaseResult result =
        run("measure.scenario=multi-stream", "measure.streams=2", "measure.maxBatches=5000");
    LoadFigures load = result.timed().load().orElseThrow();
    assertThat(load.times().latency().orElseThrow().count())
        .isEqualTo(load.times().service().orElseThrow().count() / 2);
  }

  @Test
  void run_offlineWithoutStreams_findsAndMeasuresTheBestNumber() throws Exception {
    LoadFigures load = run("measure.scenario=offline").timed().load().orElseThrow();
    assertThat(load.steps()).isNotEmpty();
    assertThat(load.steps().get(0).streams()).isEqualTo(1);
    assertThat(load.times().latency()).isEmpty();
    assertThat(load.applied().completedPerSecond()).isPositive();
  }
}
