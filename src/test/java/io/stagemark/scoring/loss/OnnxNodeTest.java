package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Activation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * ONNX's own node tests of its two losses, from Debian's package libonnx-testdata. Without the
 * package they are skipped.
 */
final class OnnxNodeTest {
  private static final Path NODES = Path.of("/usr/share/libonnx-testdata/data/node");

  @TestFactory
  Stream<DynamicTest> lossNodes() throws IOException {
    if (!Files.isDirectory(NODES)) {
      // an assumption of the factory itself would leave no skipped test to be seen
      return Stream.of(DynamicTest.dynamicTest("libonnx-testdata", OnnxNodeTest::skip));
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(NODES)) {
      folders =
          all.filter(f -> f.getFileName().toString().matches("test_(sce|nllloss)_.*"))
              .filter(f -> !f.getFileName().toString().endsWith("_expanded"))
              .sorted()
              .toList();
    }
    assertThat(folders).hasSizeGreaterThan(50);
    return folders.stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
  }

  private static void skip() {
    assumeThat(NODES).as("Debian's package libonnx-testdata is not installed").isDirectory();
  }

  private static void check(Path folder) throws IOException {
    NodeProto node =
        ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")))
            .getGraph()
            .getNode(0);
    Path data = folder.resolve("test_data_set_0");
    ScoreTensor scores = tensor(data.resolve("input_0.pb"));
    ScoreTensor labels = tensor(data.resolve("input_1.pb"));
    boolean softmax = node.getOpType().equals("SoftmaxCrossEntropyLoss");
    Loss loss = softmax ? new CrossEntropy() : new NegativeLogLikelihood();
    ScoreArguments arguments = loss.description().defaults().with("reduction", "mean");
    for (AttributeProto attribute : node.getAttributeList()) {
      arguments =
          switch (attribute.getName()) {
            case "reduction" -> arguments.with("reduction", attribute.getS().toStringUtf8());
            case "ignore_index" -> arguments.with("ignore-index", attribute.getI());
            default -> throw new IllegalStateException(attribute.getName());
          };
    }
    if (Files.exists(data.resolve("input_2.pb"))) {
      arguments = arguments.with("class-weight", tensor(data.resolve("input_2.pb")));
    }

    LossResult result = loss.evaluate(scores, labels, arguments);

    double[] actual =
        result.terms().map(ScoreTensor::toArray).orElse(new double[] {result.value()});
    same(actual, tensor(data.resolve("output_0.pb")));
    if (Files.exists(data.resolve("output_1.pb"))) {
      double[] logProbabilities = Activation.LOG_SOFTMAX.apply(scores, 1).toArray();
      same(logProbabilities, tensor(data.resolve("output_1.pb")));
    }
  }

  /** ONNX's expected values are float32. */
  private static void same(double[] actual, ScoreTensor expected) {
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < actual.length; i++) {
      double allowed = 2e-6 * Math.max(1, Math.abs(expected.get(i)));
      assertThat(actual[i]).as("[%d]", i).isCloseTo(expected.get(i), within(allowed));
    }
  }

  private static ScoreTensor tensor(Path file) throws IOException {
    TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(file));
    int[] shape = proto.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    ByteString raw = proto.getRawData();
    ByteBuffer bytes = ByteBuffer.wrap(raw.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (TensorProto.DataType.forNumber(proto.getDataType())) {
            case FLOAT -> raw.isEmpty() ? proto.getFloatData(i) : bytes.getFloat();
            case INT64 -> raw.isEmpty() ? proto.getInt64Data(i) : bytes.getLong();
            case INT32 -> raw.isEmpty() ? proto.getInt32Data(i) : bytes.getInt();
            default -> throw new IllegalStateException(file + ": " + proto.getDataType());
          };
    }
    return ScoreTensor.of(values, shape);
  }
}
