package io.stagemark.cli;

import io.stagemark.output.OutputTree;
import io.stagemark.report.SampleRun;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small run in a folder of its own: an engine that does nothing, or CenterNet on photographs. */
final class RunBed {
  private static final Path CONFIGS = Path.of("configs").toAbsolutePath();
  private static final Path MODELS = Path.of("models").toAbsolutePath();

  private final Path folder;

  RunBed(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path output() {
    return folder.resolve("out");
  }

  /**
   * Writes a config that measures nothing but the harness: each trial takes about a second. The
   * causes are not recorded, here and in {@link #detector}, which takes longer than such a trial;
   * the tests of causes ask for them.
   */
  Path harness(int trials, double seconds) throws IOException {
    return write(
        """
        name: harness
        dataset: {format: tensors, path: %s}
        cases: {model: [%s], engine: [constant]}
        measure: {trials: %d, warmupSeconds: 0, minSeconds: %s, minBatches: 100, heapMiB: 128, causes: false}
        reports: [console, json, markdown]
        output: %s
        """
            .formatted(
                CONFIGS.resolve("data/harness/tensors"),
                CONFIGS.resolve("data/harness"),
                trials,
                seconds,
                output()));
  }

  /** Writes a run into the output folder, as the program does, that was never measured. */
  RunResult formerRun() throws IOException {
    RunResult run = SampleRun.complete();
    ResultFiles.write(OutputTree.of(output()), ResultFiles.RESULT, run);
    return run;
  }

  /** Writes a config of the quickstart's kind over copies of its data and model, to be damaged. */
  Path detector(String engines) throws IOException {
    copy(CONFIGS.resolve("data/quickstart"), data());
    copy(MODELS.resolve("centernet-mbv3-coco"), model());
    return write(
        """
        name: detector
        dataset: {format: coco, images: data, annotations: data/instances.json}
        cases: {model: [./model], engine: [%s], threads: [1]}
        measure: {trials: 1, warmupSeconds: 0, warmupBatches: 1, minSeconds: 0, minBatches: 4, heapMiB: 512, causes: false}
        score: [coco-ap, focal, focal-unweighted, bce]
        reports: [console, html, json, markdown, images]
        output: %s
        """
            .formatted(engines, output()));
  }

  /** Returns the model folder of {@link #harness}: it has no files. */
  static Path harnessModel() {
    return CONFIGS.resolve("data/harness");
  }

  Path data() {
    return folder.resolve("data");
  }

  Path model() {
    return folder.resolve("model");
  }

  /** Replaces text in a file of this folder. */
  void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("'%s' is not in %s".formatted(from, file));
    }
    Files.writeString(file, text.replace(from, to));
  }

  /** Cuts a file to its first so many bytes. */
  void cut(Path file, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, Math.min(bytes, all.length)));
  }

  private Path write(String config) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), config);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    List<Path> files;
    try (Stream<Path> all = Files.list(from)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }
}
