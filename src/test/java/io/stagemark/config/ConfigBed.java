package io.stagemark.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A folder with one toy model, one image with one true box, and the config that a test gives. */
final class ConfigBed {
  /** A config that is right, which tests take a line out of or add one to. */
  static final String GOOD =
      """
      name: toy-run
      dataset:
        format: coco
        images: images
        annotations: images/instances.json
      cases:
        model: [toy]
        engine: [onnxruntime]
      """;

  static final String CARD =
      """
      title: A toy
      licence: Apache-2.0
      provenance: made by a test
      task: detection
      files:
        onnx: {path: toy.onnx, sha256: 89c6caabcf0cc65ac5e96b15c8c55c5d3f1e48b2a0e1d8bc6f3f6a8c7a7f3a52}
      inputs: [{name: images, type: float32, shape: [1, 3, 8, 8]}]
      outputs: [{name: output, type: float32, shape: [1, "?", 6]}]
      preprocess: {resize: stretch, interpolation: opencv-linear, color: rgb, layout: nchw}
      decoder: {type: yolox, parameters: {decoded: 1}}
      labels: [cat, dog]
      """;

  /** A PNG of one pixel. */
  static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5E"
                  + "rkJggg==");

  private static final String COCO =
      """
      {"images": [{"id": 7, "file_name": "one.png"}],
       "categories": [{"id": 3, "name": "cat"}, {"id": 4, "name": "zebra"}],
       "annotations": [
         {"id": 1, "image_id": 7, "category_id": 3, "bbox": [0, 0, 1, 1], "area": 1, "iscrowd": 0}
       ]}
      """;

  private final Path root;
  private final ConfigReader reader;

  ConfigBed(Path root) throws IOException {
    this.root = root;
    this.reader =
        new ConfigReader(FakeCatalog.of(root.resolve("models"), root.resolve("reports")), 2);
    write("models/toy/toy.onnx", "not a graph, but a file with a digest");
    write("models/toy/model.yaml", card());
    write("images/instances.json", COCO);
    Files.write(root.resolve("images/one.png"), PNG);
  }

  /** Returns the card with the digest of its file. */
  String card() throws IOException {
    return CARD.replaceFirst("[0-9a-f]{64}", Sha256.of(root.resolve("models/toy/toy.onnx")));
  }

  Path write(String name, String content) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunConfig read(String yaml, String... overrides) throws BadInputException {
    return reader().read(write("run.yaml", yaml), List.of(overrides));
  }

  /** Returns what a user sees of a config that is wrong, paths from the folder of the test. */
  String problems(String yaml, String... overrides) {
    Path file = write("run.yaml", yaml);
    return problemsOf(file, overrides);
  }

  String problemsOf(Path file, String... overrides) {
    BadInputException problems =
        catchThrowableOfType(
            BadInputException.class, () -> reader().read(file, List.of(overrides)));
    return problems == null
        ? "none"
        : String.valueOf(problems.getMessage()).replace(root + "/", "") + "\n";
  }

  ConfigReader reader() {
    return reader;
  }

  Path root() {
    return root;
  }
}
