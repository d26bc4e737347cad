package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.inspect.SignatureModel;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.report.ResultSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** Networks of 64x64 px whose answer is always the same, and two pictures for them. */
final class InstanceBed {
  /** The data set of {@link #writeTruth}. */
  static final String COCO = "{format: coco, images: images, annotations: truth.json}";

  private static final int SIDE = 64;
  private static final int CELLS = 16;

  private final Path folder;

  /** An output that always holds these values. */
  record Output(
      String name, TensorProto.DataType type, List<Long> shape, List<? extends Number> values) {
    Output(String name, List<Long> shape, List<Float> values) {
      this(name, TensorProto.DataType.FLOAT, shape, values);
    }

    /** Rows of one number but for one row; the last extent is its length. */
    static Output rows(String name, float others, List<Long> shape, int row, float... numbers) {
      int all = 1;
      for (long extent : shape) {
        all *= (int) extent;
      }
      Float[] values = new Float[all];
      Arrays.fill(values, others);
      for (int k = 0; k < numbers.length; k++) {
        values[row * numbers.length + k] = numbers[k];
      }
      return new Output(name, shape, List.of(values));
    }

    private TensorProto tensor() {
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName(name + "-numbers")
              .setDataType(type.getNumber())
              .addAllDims(shape);
      for (Number value : values) {
        if (type == TensorProto.DataType.INT64) {
          tensor.addInt64Data(value.longValue());
        } else {
          tensor.addFloatData(value.floatValue());
        }
      }
      return tensor.build();
    }
  }

  /** Writes two pictures, grey. */
  InstanceBed(Path folder) throws IOException {
    this.folder = folder;
    OpenCvRuntime.start();
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("model"));
    for (int i = 0; i < 2; i++) {
      Mat mat = new Mat(SIDE, SIDE, CvType.CV_8UC3, Scalar.all(60 + i));
      Imgcodecs.imwrite(folder.resolve("images/p" + i + ".png").toString(), mat);
    }
  }

  /**
   * Writes the truth of both pictures: a leaf (8, 8) to (40, 24) with three points; of the second,
   * one point is 16 px off and one not labelled.
   */
  void writeTruth() throws IOException {
    Files.writeString(
        folder.resolve("truth.json"),
        """
        {"images": [{"id": 0, "file_name": "p0.png", "width": 64, "height": 64},
                    {"id": 1, "file_name": "p1.png", "width": 64, "height": 64}],
         "categories": [{"id": 1, "name": "leaf"}],
         "annotations": [
           {"id": 1, "category_id": 1, "image_id": 0, "bbox": [8, 8, 32, 16], "area": 512,
            "iscrowd": 0, "keypoints": [10, 10, 2, 20, 10, 1, 30, 20, 2]},
           {"id": 2, "category_id": 1, "image_id": 1, "bbox": [8, 8, 32, 16], "area": 512,
            "iscrowd": 0, "keypoints": [10, 10, 2, 20, 26, 2, 0, 0, 0]}]}
        """);
  }

  private static ValueInfoProto value(String name, TensorProto.DataType element, List<Long> shape) {
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(element.getNumber());
    shape.forEach(
        extent ->
            type.getTensorTypeBuilder().getShapeBuilder().addDimBuilder().setDimValue(extent));
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  private static byte[] model(List<Output> outputs) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("instances");
    List<Long> picture = List.of(1L, 3L, (long) SIDE, (long) SIDE);
    graph.addInput(value("images", TensorProto.DataType.FLOAT, picture));
    for (Output output : outputs) {
      graph.addInitializer(output.tensor());
      graph
          .addNodeBuilder()
          .setOpType("Identity")
          .addInput(output.name() + "-numbers")
          .addOutput(output.name());
      graph.addOutput(value(output.name(), output.type(), output.shape()));
    }
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    return model.build().toByteArray();
  }

  /** Two candidates by columns: one that is found, and one of zeros. */
  static Output columns(float... found) {
    List<Float> values = new ArrayList<>();
    for (float each : found) {
      values.add(each);
      values.add(0f);
    }
    return new Output("output0", List.of(1L, (long) found.length, 2L), values);
  }

  static Output rows(float... found) {
    List<Float> values = new ArrayList<>();
    for (float each : found) {
      values.add(each);
    }
    return new Output("output0", List.of(1L, 1L, (long) found.length), values);
  }

  /** One prototype: 1 in the left half of the picture, −1 in the right. */
  static Output leftHalf() {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < CELLS * CELLS; i++) {
      values.add(i % CELLS < CELLS / 2 ? 1f : -1f);
    }
    return new Output("output1", List.of(1L, 1L, (long) CELLS, (long) CELLS), values);
  }

  /** Writes a model with these outputs, its card and the config of a run; returns that. */
  String config(String decoder, String score, String dataset, Output... outputs)
      throws IOException {
    Files.write(folder.resolve("model/m.onnx"), model(List.of(outputs)));
    StringBuilder ports = new StringBuilder();
    for (Output each : outputs) {
      ports.append(
          "  - {name: %s, type: %s, shape: %s}\n"
              .formatted(
                  each.name(),
                  each.type() == TensorProto.DataType.INT64 ? "int64" : "float32",
                  each.shape()));
    }
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        title: t
        licence: none
        provenance: synthetic
        task: detection
        files: {onnx: {path: m.onnx}}
        inputs: [{name: images, type: float32, shape: [1, 3, 64, 64]}]
        outputs:
        %spreprocess: {resize: letterbox, padValue: 114, scale: 0.00392156862745098}
        decoder: %s
        labels: [leaf]
        """
            .formatted(ports, decoder));
    return Files.writeString(
            folder.resolve("c.yaml"),
            """
            name: instances
            dataset: %s
            cases: {model: ./model, engine: onnxruntime}
            measure: {trials: 1, warmupSeconds: 0, warmupBatches: 1, minSeconds: 0, minBatches: 4, heapMiB: 256, causes: false}
            score: %s
            reports: [console, json, markdown, html, images]
            output: %s
            """
                .formatted(dataset, score, folder.resolve("out")))
        .toString();
  }

  /** Runs; the scores are named wherever a user looks. Returns the case of the result. */
  JsonNode run(String config, String... scores) throws IOException {
    CommandRun run = CommandRun.of("run", config, "--no-calibration");
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains(scores);
    Path result = folder.resolve("out/result.json");
    assertThat(ResultSchema.problems(result)).isEmpty();
    assertThat(Files.readString(folder.resolve("out/index.html"))).contains(scores);
    assertThat(Files.readString(folder.resolve("out/report.md"))).contains(scores);
    return new ObjectMapper().readTree(result.toFile()).at("/cases/0");
  }

  /** Scores in this JVM and renders nothing; returns the case of the result. */
  JsonNode scored(String config) throws Exception {
    return ShardScores.of(config, 1, folder);
  }

  /** Returns the file of the examples that a run stored. */
  Path examples() throws IOException {
    try (var files = Files.list(folder.resolve("out/examples"))) {
      return files.findFirst().orElseThrow();
    }
  }

  static double score(JsonNode one, String name) {
    for (JsonNode each : one.get("scores")) {
      if (each.get("name").asText().equals(name)) {
        return each.get("value").doubleValue();
      }
    }
    throw new AssertionError("no score " + name + " in " + one.get("scores"));
  }

  /** Drafts the card of an Ultralytics export with one class; returns its text. */
  String drafted(String task, int rows, Map<String, String> metadata) throws IOException {
    SignatureModel export =
        new SignatureModel()
            .input("images", "1", "3", "64", "64")
            .output("output0", 1, rows, 84)
            .metadata("author", "Ultralytics")
            .metadata("description", "Ultralytics YOLOv8n-" + task + " model")
            .metadata("stride", "32")
            .metadata("task", task)
            .metadata("imgsz", "[64, 64]")
            .metadata("names", "{0: 'leaf'}");
    metadata.forEach(export::metadata);
    Path file = Files.write(folder.resolve("leaf-" + task + ".onnx"), export.bytes());
    Path into = folder.resolve("leaf");
    CommandRun run = CommandRun.of("init", file.toString(), "--into", into.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Files.readString(into.resolve("models/leaf-" + task + "/model.yaml"));
  }
}
