package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user gets wrong: exit code 2, a message that says where, and nothing was run. */
final class BadInputTest {
  @TempDir Path folder;
  private RunBed bed;
  private Path config;

  @BeforeEach
  void writeConfig() throws Exception {
    bed = new RunBed(folder);
    config = bed.detector("onnxruntime");
  }

  @Test
  void run_unknownEngine_namesTheEngines() throws Exception {
    bed.edit(config, "engine: [onnxruntime]", "engine: [onxruntime]");
    assertRefused(
        "config.yaml:3: cases.engine",
        "onxruntime",
        "constant, onnxruntime, programmable, pytorch");
  }

  @Test
  void run_misspeltKey_suggestsTheRightOne() throws Exception {
    bed.edit(config, "minBatches", "minBatchs");
    assertRefused("config.yaml:4: measure.minBatchs", "unknown key", "minBatches");
  }

  @Test
  void run_threadsZero_saysTheRange() throws Exception {
    bed.edit(config, "threads: [1]", "threads: [0]");
    assertRefused("config.yaml:3: cases.threads", "0", "a whole number in [1, 4096]");
  }

  @Test
  void run_modelFileMissing_namesTheFile() throws Exception {
    Files.delete(bed.model().resolve("centernet_mbv3_coco_512.onnx"));
    assertRefused("centernet_mbv3_coco_512.onnx");
  }

  @Test
  void run_modelFileTruncated_isAnotherDigest() throws Exception {
    bed.cut(bed.model().resolve("centernet_mbv3_coco_512.onnx"), 100_000);
    assertRefused("sha256", "7808975d3bc33051f87b34ed8e2f95ead9ed36494d437c85cda24dd239fc3dc0");
  }

  @Test
  void run_wrongDigestInTheCard_saysBoth() throws Exception {
    bed.edit(bed.model().resolve("model.yaml"), "sha256: 7808", "sha256: 7809");
    assertRefused("model.yaml", "7808975d", "7809975d");
  }

  @Test
  void run_imageMissing_namesIt() throws Exception {
    Files.delete(bed.data().resolve("coffee.jpg"));
    assertRefused("coffee.jpg");
  }

  @Test
  void run_imageTruncated_namesIt() throws Exception {
    bed.cut(bed.data().resolve("coffee.jpg"), 40_000);
    assertRefused("coffee.jpg");
  }

  @Test
  void run_imageOfZeroBytes_namesIt() throws Exception {
    bed.cut(bed.data().resolve("coffee.jpg"), 0);
    assertRefused("coffee.jpg", "0 bytes");
  }

  @Test
  void run_annotationsBroken_namesTheFile() throws Exception {
    bed.cut(bed.data().resolve("instances.json"), 3_000);
    assertRefused("instances.json");
  }

  @Test
  void run_unknownCategory_namesTheAnnotation() throws Exception {
    bed.edit(bed.data().resolve("instances.json"), "\"category_id\": 47", "\"category_id\": 4711");
    assertRefused("instances.json", "4711");
  }

  @Test
  void run_outputBelowAFile_isNotWritable() throws Exception {
    Files.writeString(folder.resolve("file"), "in the way");
    bed.edit(config, "output: " + bed.output(), "output: file/out");
    assertRefused("config.yaml:7: output");
  }

  @Test
  void run_cudaWithoutOne_isRefusedBeforeTheFirstBatch() throws Exception {
    bed.edit(config, "threads: [1]", "threads: [1], device: [cuda]");
    assertRefused("cases.device", "cuda:0", "device: [cpu]");
  }

  @Test
  void run_severalMistakes_areToldAtOnce() throws Exception {
    bed.edit(config, "threads: [1]", "threads: [0]");
    bed.edit(config, "minBatches", "minBatchs");
    Files.delete(bed.data().resolve("coffee.jpg"));
    assertRefused("cases.threads", "measure.minBatchs", "coffee.jpg", "3 problems");
  }

  @Test
  void run_noSuchConfig_saysSo() {
    CommandRun run = CommandRun.of("run", folder.resolve("nothing.yaml").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nothing.yaml");
  }

  @Test
  void command_unknown_isBadInputToo() {
    assertThat(CommandRun.of("rum").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of().exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("report", folder.toString()).exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("list", "engine").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense", "measure..=1", "history --nonsense", "history show --store", "flops",
            "list \n x",
        "report a b c", "flops x.onnx --format pdf", "nms-curve --set x=:", "", "history",
            "run --\u001b"
      })
  void command_misused_isOneProblem(String arguments) {
    CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines().toList())
        .hasSize(5)
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("./stagemark"))
        .satisfies(lines -> assertThat(lines.get(1)).startsWith("  found:    "))
        .satisfies(lines -> assertThat(lines.get(2)).startsWith("  expected: "))
        .satisfies(lines -> assertThat(lines.get(3)).startsWith("  try:      ./stagemark"));
  }

  @Test
  void compare_outputIsAFile_isRefusedBeforeTheRunsAreRead() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");

    CommandRun run =
        CommandRun.of("compare", "a", "b", "--output", file.resolve("below").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("not a folder").contains("file");
    assertThat(file).hasContent("mine");
  }

  @Test
  void validate_sameMistakes_areToldTheSame() throws Exception {
    bed.edit(config, "threads: [1]", "threads: [0]");
    assertThat(CommandRun.of("validate", config.toString()).err())
        .isEqualTo(CommandRun.of("run", config.toString()).err());
  }

  private void assertRefused(String... parts) {
    CommandRun run = CommandRun.of("run", config.toString());
    assertThat(run.err()).contains(parts);
    assertThat(run.err()).contains("nothing was run.");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.hasStackTrace()).isFalse();
    assertThat(bed.output().resolve("result.json")).doesNotExist();
  }
}
