package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.preprocess.OpenCvRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Images into a model without a decoder, scored: a network whose embedding of a picture is its mean
 * red, green and blue, and pictures of one colour.
 */
final class EmbeddingRunTest {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    OpenCvRuntime.start();
    GraphProto.Builder graph = GraphProto.newBuilder().setName("mean-colour");
    graph.addInput(value("images", 1, 3, 8, 8)).addOutput(value("embedding", 1, 3, 1, 1));
    graph.addNodeBuilder().setOpType("GlobalAveragePool").addInput("images").addOutput("embedding");
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    Files.createDirectories(folder.resolve("model"));
    Files.write(folder.resolve("model/m.onnx"), model.build().toByteArray());
  }

  private static ValueInfoProto value(String name, long... shape) {
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(FLOAT);
    for (long extent : shape) {
      type.getTensorTypeBuilder().getShapeBuilder().addDimBuilder().setDimValue(extent);
    }
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  private void picture(String name, int red, int green, int blue) throws IOException {
    Path file = folder.resolve("images").resolve(name);
    Files.createDirectories(file.getParent());
    Mat mat = new Mat(8, 8, CvType.CV_8UC3, new Scalar(blue, green, red));
    Imgcodecs.imwrite(file.toString(), mat);
    mat.release();
  }

  private String config(String dataset, String score, String labels) throws IOException {
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        title: mean colour
        licence: none
        provenance: synthetic
        task: tensors
        files: {onnx: {path: m.onnx}}
        inputs: [{name: images, type: float32, shape: [1, 3, 8, 8]}]
        outputs: [{name: embedding, type: float32, shape: [1, 3, 1, 1]}]
        preprocess: {resize: stretch, scale: 0.00392156862745098}
        decoder: {type: none}
        %s
        """
            .formatted(labels));
    return Files.writeString(
            folder.resolve("c.yaml"),
            """
            name: embedding
            dataset: %s
            cases: {model: ./model, engine: onnxruntime}
            measure: {trials: 1, warmupSeconds: 0, warmupBatches: 1, minSeconds: 0, minBatches: 4, heapMiB: 256, causes: false}
            score: %s
            reports: [console, json]
            output: %s
            """
                .formatted(dataset, score, folder.resolve("out")))
        .toString();
  }

  private JsonNode scored(String config) throws Exception {
    return ShardScores.of(config, 1, folder).get("scores");
  }

  private JsonNode run(String config) throws IOException {
    CommandRun run = CommandRun.of("run", config, "--no-calibration");
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    return new ObjectMapper()
        .readTree(folder.resolve("out/result.json").toFile())
        .at("/cases/0/scores");
  }

  // Cosines: r1·r2 .995, r1·g2 .994, r2·g2 .99993, g1·g2 .110, g1·r2 .0995. r1 and g1 find their
  // own
  // class first; before r2's comes one of another, before g2's come two; b1 has no other.
  @Test
  void run_recallAtK_isTheHandWorkedShare() throws Exception {
    picture("red/r1.png", 200, 0, 0);
    picture("red/r2.png", 100, 10, 0);
    picture("green/g1.png", 0, 200, 0);
    picture("green/g2.png", 180, 20, 0);
    picture("blue/b1.png", 0, 0, 200);
    String config =
        config(
            "{format: image-folder, images: images}",
            "[recall-at-1, recall-at-5]",
            "labels: [red, green, blue]");
    JsonNode scores = run(config);
    assertThat(scores.findValuesAsText("name")).containsExactly("recall-at-1", "recall-at-5");
    assertThat(scores.findValuesAsText("value")).containsExactly("0.5", "1.0");
    assertThat(scores.findValuesAsText("count")).containsExactly("4", "4");
    assertThat(ShardScores.of(config, 2, folder).get("scores")).isEqualTo(scores);
  }

  @Test
  void run_recallThatCannotBe_isRefusedBeforeAnythingRuns() throws Exception {
    picture("red/r1.png", 200, 0, 0);
    String images = "{format: image-folder, images: images}";
    CommandRun withoutLabels = CommandRun.of("run", config(images, "[recall-at-1]", ""));
    assertThat(withoutLabels.exitCode()).isEqualTo(2);
    assertThat(withoutLabels.err()).contains("the card names none").contains("labels: [");
    CommandRun both = CommandRun.of("run", config(images, "[recall-at-1, bce]", "labels: [red]"));
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("losses need a target tensor for each example");
  }

  // Means of (.2, .4, .8) against (0, 1, .5): −ln .8, −ln .4, −(ln .8 + ln .2) / 2.
  @Test
  void score_imagesWithTargetTensors_areScoredByALoss() throws Exception {
    picture("sub/a.png", 51, 102, 204);
    target("sub/a.npy", 0, 1, .5f);
    Path list = Files.writeString(folder.resolve("list.txt"), "sub/a.png\n");
    double expected = -(Math.log(.8) + Math.log(.4) + (Math.log(.8) + Math.log(.2)) / 2) / 3;
    String listed =
        "{format: image-list, images: images, annotations: %s, targets: targets}"
            .formatted(list.getFileName());
    assertThat(scored(config(listed, "[bce]", "")).at("/0/value").doubleValue())
        .isCloseTo(expected, within(1e-6));
    picture("../flat/a.png", 51, 102, 204);
    target("a.npy", 0, 1, .5f);
    String flat = "{format: images, images: flat, targets: targets}";
    assertThat(scored(config(flat, "[bce]", "")).at("/0/value").doubleValue())
        .isCloseTo(expected, within(1e-6));
    Files.delete(folder.resolve("targets/a.npy"));
    CommandRun gone = CommandRun.of("run", config(flat, "[bce]", ""));
    assertThat(gone.exitCode()).isEqualTo(2);
    assertThat(gone.err()).contains("a.npy").contains("the target of a.png");
  }

  private void target(String name, float... numbers) throws IOException {
    Path file = folder.resolve("targets").resolve(name);
    Files.createDirectories(file.getParent());
    Tensor tensor = Tensor.allocate(new TensorSpec("target", ElementType.FLOAT32, List.of(3L)));
    tensor.floats().put(0, numbers);
    NpyWriter.write(file, tensor);
  }
}
