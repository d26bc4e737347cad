package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.compare.history.RunFigures;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredRunTest {
  @TempDir Path folder;

  private static RunResult result(Optional<MachineRecord> machine) {
    StoredRuns runs = new StoredRuns(1);
    runs.trials = 2;
    runs.batches = 1;
    runs.machine = machine;
    return runs.run().result();
  }

  /** Constant times: the first trial's, then those of the second, which are four times as long. */
  private static Map<Stage, long[]> samples(Path file, int batches) {
    long factor = file.toString().endsWith("-1.npy") ? 1 : 4;
    Map<Stage, long[]> times = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      long[] nanos = new long[batches];
      Arrays.fill(nanos, factor * (1000 + stage.ordinal()));
      times.put(stage, nanos);
    }
    return times;
  }

  // The geometric mean of 1 and 4 is 2.
  @Test
  void figures_twoTrials_areTheirGeometricMeans() throws Exception {
    RunResult result = result(Optional.empty());
    RunFigures figures =
        StoredFigures.of(new StoredRun(folder, result, file -> samples(file, 700)));
    assertThat(figures.name()).isEqualTo("sample");
    assertThat(figures.startedAt()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(figures.commit()).isEmpty();
    // p50 and p95 of five stages: 700 batches are too few for p99
    assertThat(figures.figures()).hasSize(10);
    for (RunFigures.Figure figure : figures.figures()) {
      int ordinal =
          Arrays.stream(Stage.values())
              .filter(stage -> stage.label().equals(figure.stage()))
              .findFirst()
              .orElseThrow()
              .ordinal();
      assertThat(figure.caseId()).isEqualTo("net/onnxruntime/cpu/t2/b1");
      assertThat(figure.nanos()).isCloseTo(2.0 * (1000 + ordinal), within(1e-6));
    }
    assertThat(figures.figures()).extracting(RunFigures.Figure::percentile).containsOnly(50, 95);
    assertThat(StoredFigures.of(new StoredRun(folder, result, file -> samples(file, 59))).figures())
        .isEmpty();
  }

  @Test
  void figures_runsOfOneMachine_haveItsFingerprint() throws Exception {
    MachineRecord machine =
        new MachineRecord(
            "0123456789ab",
            new MachineRecord.Processors(
                OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of()),
            new MachineRecord.Host(
                Optional.empty(), Optional.empty(), OptionalDouble.empty(), OptionalLong.empty()),
            new MachineRecord.Software("VM", List.of(), Map.of(), Map.of()),
            new MachineRecord.Checkout(Optional.of("12ab"), Optional.empty()));
    RunFigures figures =
        StoredFigures.of(
            new StoredRun(folder, result(Optional.of(machine)), file -> samples(file, 1)));
    assertThat(figures.machine()).isEqualTo("0123456789ab");
    assertThat(figures.commit()).isEqualTo("12ab");
  }

  // Older files have no fingerprint: the same facts are the same machine.
  @Test
  void figures_olderRuns_tellMachinesApartByTheirFacts() throws Exception {
    StoredRuns some = new StoredRuns(1);
    StoredRuns same = new StoredRuns(2);
    StoredRuns other = new StoredRuns(1);
    other.cpu = "Another CPU";
    String machine = StoredFigures.of(some.run()).machine();
    assertThat(machine).isNotEmpty().isEqualTo(StoredFigures.of(same.run()).machine());
    assertThat(StoredFigures.of(other.run()).machine()).isNotEqualTo(machine);
  }

  @Test
  void read_folderOrFile_isTheRun() throws Exception {
    ResultFiles.write(folder.resolve(ResultFiles.RESULT), result(Optional.empty()));
    for (Path place : List.of(folder, folder.resolve(ResultFiles.RESULT))) {
      StoredRun run = StoredRun.read(place, "baseline", file -> samples(file, 1));
      assertThat(run.result()).isEqualTo(result(Optional.empty()));
      assertThat(run.folder().toRealPath()).isEqualTo(folder.toRealPath());
      assertThat(run.samples(run.result().cases().get(0))).hasSize(2);
    }
  }

  @Test
  void read_nothingThere_saysWhichSide() {
    assertThatThrownBy(() -> StoredRun.read(folder.resolve("none"), "candidate", file -> Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no candidate: no such folder")
        .hasMessageContaining("./stagemark run CONFIG --set output=");
  }

  // A foreign result may name any file: a link inside the folder that leads out of it, too.
  @Test
  void samples_linkOutOfTheFolder_isRefused() throws Exception {
    Path run = folder.resolve("run");
    Files.createDirectories(run.resolve("samples"));
    Path outside = Files.writeString(folder.resolve("outside.npy"), "");
    StoredRun stored = new StoredRun(run, result(Optional.empty()), file -> samples(file, 1));
    assertThat(stored.samples(stored.result().cases().get(0))).hasSize(2);
    Files.createSymbolicLink(run.resolve("samples/t2-1.npy"), outside);
    assertThatThrownBy(() -> stored.samples(stored.result().cases().get(0)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("samples/t2-1.npy, a link to another folder");
  }
}
