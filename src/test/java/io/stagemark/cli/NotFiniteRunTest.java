package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.preprocess.OpenCvRuntime;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * A detector whose outputs are NaN for dark pictures, as an overflow in half precision leaves them:
 * it has no average precision over the others.
 */
final class NotFiniteRunTest {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  @TempDir Path folder;

  private static TensorProto numbers(String name, long[] shape, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (long extent : shape) {
      tensor.addDims(extent);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, long... shape) {
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(FLOAT);
    for (long extent : shape) {
      type.getTensorTypeBuilder().getShapeBuilder().addDimBuilder().setDimValue(extent);
    }
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  /** out = boxes + 0 · √(mean of the picture − 0.3): √ of a negative number is NaN. */
  private static byte[] model() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("nan");
    graph.addInput(value("images", 1, 3, 64, 64)).addOutput(value("out", 1, 5, 2));
    graph.addInitializer(numbers("bound", new long[] {1}, 0.3f));
    graph.addInitializer(numbers("zero", new long[] {1}, 0));
    graph.addInitializer(
        numbers("boxes", new long[] {1, 5, 2}, 20, 40, 20, 40, 16, 16, 16, 16, .9f, .8f));
    graph
        .addNodeBuilder()
        .setOpType("ReduceMean")
        .addInput("images")
        .addOutput("mean")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("keepdims")
                .setType(AttributeProto.AttributeType.INT)
                .setI(0));
    node(graph, "Sub", "mean", "bound", "above");
    graph.addNodeBuilder().setOpType("Sqrt").addInput("above").addOutput("root");
    node(graph, "Mul", "root", "zero", "nothing");
    node(graph, "Add", "boxes", "nothing", "out");
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    return model.build().toByteArray();
  }

  private static void node(GraphProto.Builder graph, String type, String a, String b, String out) {
    graph.addNodeBuilder().setOpType(type).addInput(a).addInput(b).addOutput(out);
  }

  private Path config() throws Exception {
    OpenCvRuntime.start();
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("model"));
    StringBuilder images = new StringBuilder();
    StringBuilder boxes = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      Mat mat = new Mat(64, 64, CvType.CV_8UC3, Scalar.all(i < 2 ? 10 + i : 200 + i));
      Imgcodecs.imwrite(folder.resolve("images/p" + i + ".png").toString(), mat);
      images.append(
          "%s{\"id\": %d, \"file_name\": \"p%d.png\", \"width\": 64, \"height\": 64}"
              .formatted(i == 0 ? "" : ",", i, i));
      boxes.append(
          "%s{\"id\": %d, \"image_id\": %d, \"category_id\": 1, \"bbox\": [12, 12, 16, 16], \"area\": 256, \"iscrowd\": 0}"
              .formatted(i == 0 ? "" : ",", i + 1, i));
    }
    Files.writeString(
        folder.resolve("truth.json"),
        "{\"images\": [%s], \"categories\": [{\"id\": 1, \"name\": \"face\"}], \"annotations\": [%s]}"
            .formatted(images, boxes));
    byte[] model = model();
    Files.write(folder.resolve("model/m.onnx"), model);
    String digest =
        "%064x".formatted(new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(model)));
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        title: t
        licence: none
        provenance: synthetic
        task: detection
        files: {onnx: {path: m.onnx, sha256: %s}}
        inputs: [{name: images, type: float32, shape: [1, 3, 64, 64]}]
        outputs: [{name: out, type: float32, shape: [1, 5, 2]}]
        preprocess: {resize: stretch, interpolation: opencv-linear, color: rgb, layout: nchw, scale: 0.00392156862745098}
        decoder: {type: yolov8, scoreThreshold: 0.25}
        labels: [face]
        """
            .formatted(digest));
    return Files.writeString(
        folder.resolve("c.yaml"),
        """
        name: nan
        dataset: {format: coco, images: images, annotations: truth.json}
        cases: {model: ./model, engine: onnxruntime}
        measure: {trials: 1, warmupSeconds: 0, warmupBatches: 1, minSeconds: 0, minBatches: 4, heapMiB: 256, causes: false}
        score: coco-ap
        reports: [console, json, markdown]
        output: %s
        """
            .formatted(folder.resolve("out")));
  }

  @Test
  void run_outputsNanForHalfOfTheExamples_hasNoPrecisionAndSaysWhy() throws Exception {
    CommandRun run = CommandRun.of("run", config().toString(), "--no-calibration");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "INVALID, outputs not finite: output 'out' is not finite in 2 of 4 examples (p0.png,"
                + " p1.png): 20 numbers are NaN, 0 infinite: no score can be taken");
    JsonNode one =
        new ObjectMapper().readTree(folder.resolve("out/result.json").toFile()).get("cases").get(0);
    for (JsonNode score : one.get("scores")) {
      assertThat(score.get("value").asText()).isEqualTo("NaN");
      assertThat(score.get("count").intValue()).isZero();
    }
    // two candidates of each dark picture
    assertThat(one.at("/detail/candidates/nonFinite").intValue()).isEqualTo(4);
    assertThat(one.at("/proof/validity/verdict").asText()).isEqualTo("INVALID");
    assertThat(io.stagemark.report.ResultSchema.problems(folder.resolve("out/result.json")))
        .isEmpty();
  }
}
