package io.stagemark.testdata;

import io.stagemark.data.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A stranger's repository, twice: what a pull request is compared with, and the pull request. It
 * holds a config, a card with its model, four photographs and a gate; nothing of this program.
 */
public final class TwoCheckouts {
  private static final Path MODEL = Path.of("models", "centernet-mbv3-coco");
  private static final Path PHOTOGRAPHS = Path.of("configs", "data", "quickstart");
  private static final String ONNX = "centernet_mbv3_coco_512.onnx";

  private final Path folder;

  private TwoCheckouts(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes both.
   *
   * @param folder empty or missing
   * @param run further keys of the run
   * @param gate further keys of the gate
   */
  public static TwoCheckouts in(Path folder, String run, String gate) throws IOException {
    TwoCheckouts both = new TwoCheckouts(folder.toAbsolutePath());
    for (Path checkout : new Path[] {both.baseline(), both.pullRequest()}) {
      copy(MODEL, checkout.resolve("models/net"), ONNX, "classes.txt");
      copy(PHOTOGRAPHS, checkout.resolve("data"));
      String card =
          Files.readString(MODEL.resolve("model.yaml"))
              .replaceAll("(?m)^  torchscript:\\R.*\\R.*\\R", "");
      Files.writeString(checkout.resolve("models/net/model.yaml"), card);
      Files.createDirectories(checkout.resolve("configs"));
      Files.writeString(
          checkout.resolve("configs/run.yaml"),
          """
          name: service
          dataset: {format: coco, images: ../data, annotations: ../data/instances.json}
          cases: {model: [net], engine: [onnxruntime], threads: [1]}
          score: [coco-ap, focal]
          """
              + run);
      Files.writeString(
          checkout.resolve("configs/gate.yaml"),
          """
          name: service
          run: run.yaml
          baseline: {home: ../../baseline}
          output: ../reports/gate
          """
              + gate);
    }
    return both;
  }

  public Path baseline() {
    return folder.resolve("baseline");
  }

  public Path pullRequest() {
    return folder.resolve("pull-request");
  }

  /** Returns the pull request's gate. */
  public Path gate() {
    return pullRequest().resolve("configs/gate.yaml");
  }

  /** Returns the pull request's card. */
  public Path card() {
    return pullRequest().resolve("models/net/model.yaml");
  }

  /** Replaces text in a file. */
  public void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("'%s' is not in %s".formatted(from, file));
    }
    Files.writeString(file, text.replace(from, to));
  }

  /** Puts another model file in place of the pull request's, and its digest into the card. */
  public void swapModel(byte[] bytes) throws IOException {
    Path file = pullRequest().resolve("models/net").resolve(ONNX);
    edit(card(), Sha256.of(file), Sha256.of(bytes));
    Files.write(file, bytes);
  }

  /** Returns the bytes of the model. */
  public byte[] model() throws IOException {
    return Files.readAllBytes(baseline().resolve("models/net").resolve(ONNX));
  }

  private static void copy(Path from, Path to, String... names) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        if (names.length == 0 || java.util.List.of(names).contains(name)) {
          Files.copy(file, to.resolve(name));
        }
      }
    }
  }
}
