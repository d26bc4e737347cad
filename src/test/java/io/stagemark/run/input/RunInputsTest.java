package io.stagemark.run.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.Catalog;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.RunConfig;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.dataset.video.AviWriter;
import io.stagemark.engine.Engine;
import io.stagemark.machine.FileStamp;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import io.stagemark.trial.TrialOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunInputsTest {
  @TempDir Path folder;
  private Catalog catalog;
  private RunConfig config;
  private RunInputs inputs;

  @BeforeEach
  void begin() throws Exception {
    Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(folder.resolve("tensors"));
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        title: t
        licence: MIT
        provenance: made by a test
        task: tensors
        files: {onnx: {path: none.onnx, sha256: %s}}
        inputs: [{name: x, type: float32, shape: [1, 4]}]
        outputs: [{name: y, type: float32, shape: [1, 4]}]
        """
            .formatted("ab".repeat(32)));
    tensor("0.npy", 1);
    tensor("1.npy", 2);
    Path file =
        Files.writeString(
            folder.resolve("run.yaml"),
            """
            name: r
            dataset: {format: tensors, path: tensors}
            cases: {model: [./model], engine: [constant]}
            output: out
            """);
    ClassLoader loader = RunInputsTest.class.getClassLoader();
    catalog =
        new Catalog(
            Registry.discover(Engine.class, loader),
            Registry.discover(Task.class, loader),
            List.of("console", "html"),
            folder.resolve("models"),
            folder.resolve("reports"));
    config = new ConfigReader(catalog).read(file, List.of());
    inputs = RunInputs.begin(config);
  }

  private void tensor(String name, float value) throws IOException {
    Tensor tensor = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 4L)));
    tensor.floats().put(0, value);
    NpyWriter.write(folder.resolve("tensors").resolve(name), tensor);
  }

  private Optional<String> change() throws IOException {
    return inputs.change(config.cases().get(0));
  }

  @Test
  void change_nothingOrTheSameContentAgain_isNone() throws IOException {
    assertThat(change()).isEmpty();
    tensor("1.npy", 2);
    assertThat(change()).isEmpty();
  }

  @Test
  void change_exampleOfTheSameSizeAndTime_isNamed() throws IOException {
    Path file = folder.resolve("tensors/1.npy");
    FileTime time = Files.getLastModifiedTime(file);
    tensor("1.npy", 3);
    Files.setLastModifiedTime(file, time);
    assertThat(change().orElseThrow()).startsWith("1.npy: changed during the run, from sha256 ");
  }

  @Test
  void change_exampleOrCardGone_isNamed() throws IOException {
    Files.delete(folder.resolve("tensors/0.npy"));
    assertThat(change()).contains("0.npy: was there when the run began, and is gone");
    tensor("0.npy", 1);
    Files.delete(folder.resolve("model/model.yaml"));
    assertThat(change()).contains("model/model.yaml: was there when the run began, and is gone");
  }

  @Test
  void change_cardWrittenAnew_isNamed() throws IOException {
    Path card = folder.resolve("model/model.yaml");
    Files.writeString(card, Files.readString(card).replace("MIT", "ISC"));
    assertThat(change().orElseThrow()).startsWith("model/model.yaml: changed during the run");
    assertThat(inputs.modelDigests()).containsOnlyKeys("model/model.yaml");
  }

  // the data set is one file, with which many examples change
  @Test
  void change_video_isNamedOnce() throws Exception {
    Path card = folder.resolve("model/model.yaml");
    Files.writeString(
        card,
        Files.readString(card)
                .replace(
                    "name: x, type: float32, shape: [1, 4]",
                    "name: x, type: float32, shape: [1, 3, 8, 8]")
            + "preprocess: {resize: stretch}\ndecoder: {type: none}\n");
    Files.write(folder.resolve("clip.avi"), AviWriter.video(AviWriter.jpegs(3)));
    Path run = folder.resolve("run.yaml");
    Files.writeString(
        run,
        Files.readString(run)
            .replace("format: tensors, path: tensors", "format: video, path: clip.avi"));
    config = new ConfigReader(catalog).read(run, List.of());
    inputs = RunInputs.begin(config);
    assertThat(change()).isEmpty();
    Files.write(folder.resolve("clip.avi"), AviWriter.video(AviWriter.jpegs(4)));
    assertThat(change().orElseThrow()).startsWith("clip.avi: changed during the run, from sha256 ");
  }

  @Test
  void dataset_exampleAdded_isNotOfThisRun() throws Exception {
    tensor("00.npy", 9);
    assertThat(change()).isEmpty();
    var dataset = Datasets.open(inputs.dataset(config.cases().get(0)), view());
    assertThat(dataset.examples()).extracting(Example::id).containsExactly("0.npy", "1.npy");
  }

  private io.stagemark.dataset.ModelView view() {
    return config.cases().get(0).model().view();
  }

  @Test
  void guarded_changeWhileItRuns_isAFailureThatNoResumeTakesForAWholeTrial() throws Exception {
    Path trial = Files.createDirectories(folder.resolve("trial"));
    TrialOutcome outcome =
        inputs.guarded(
            config.cases().get(0),
            trial,
            () -> {
              Files.writeString(trial.resolve(TrialOutcome.FILE), "a whole trial");
              tensor("1.npy", 3);
              return TrialOutcome.probed();
            });
    assertThat(outcome.error().orElseThrow()).startsWith("1.npy: changed during the run");
    assertThat(Files.readString(trial.resolve(TrialOutcome.FILE))).contains("1.npy: changed");

    TrialOutcome next =
        inputs.guarded(
            config.cases().get(0),
            trial,
            () -> {
              throw new IllegalStateException("started although its inputs have changed");
            });
    assertThat(next.error()).isEqualTo(outcome.error());
  }

  // 2 s: a file system's clock may be that much behind, and a second write have the same time
  @Test
  void stamp_fileThatWasJustWritten_provesNothingYet() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "a");
    Optional<FileStamp> stamp = FileStamp.of(file);
    org.junit.jupiter.api.Assumptions.assumeTrue(
        stamp.isPresent(), "this system does not keep the time of the last status change");
    Instant changed = stamp.orElseThrow().changed();
    assertThat(stamp.get().isSettledAt(changed.plusSeconds(2))).isFalse();
    assertThat(stamp.get().isSettledAt(changed.plusSeconds(2).plusNanos(1))).isTrue();

    FileTime time = Files.getLastModifiedTime(file);
    Path other = Files.writeString(folder.resolve("g"), "b");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(FileStamp.of(file)).isNotEqualTo(stamp);
  }
}
