package io.stagemark.flops.onnx;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie: a clear error or a named operator, never a wrong number, never out of memory. */
final class HostileModelTest {
  private static final int FLIPS = Integer.getInteger("stagemark.test.flips", 400);

  @TempDir private Path folder;

  private static byte[] fine() {
    return new TinyModel()
        .input("x", 1, 3, 8, 8)
        .weight("w", 4, 3, 3, 3)
        .node("Conv", "x w", "c")
        .node("Relu", "c", "y")
        .output("y")
        .model()
        .build()
        .toByteArray();
  }

  private static void assertRefused(byte[] bytes, String... words) {
    assertThatThrownBy(() -> TinyModel.count(bytes))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void count_everyTruncation_isRefusedOrCountsNothingMore() throws BadInputException {
    byte[] whole = fine();
    long right = TinyModel.count(whole).macs();
    for (int length = 0; length < whole.length; length++) {
      try {
        // to protobuf a file that ends between two fields is a whole one
        assertThat(TinyModel.count(Arrays.copyOf(whole, length)).macs()).isIn(0L, right);
      } catch (BadInputException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  // seeded: every broken byte must end in a count or in a problem, never in another exception;
  // the campaign: -Dstagemark.test.flips=20000
  @Test
  void count_anyBrokenByte_endsInACountOrAProblem() {
    byte[] whole = fine();
    Random random = new Random(7);
    for (int i = 0; i < FLIPS; i++) {
      byte[] broken = whole.clone();
      broken[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      try {
        assertThat(TinyModel.count(broken).perOp()).isNotNull();
      } catch (BadInputException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  @Test
  void count_emptyFile_isRefused() {
    assertRefused(new byte[0], "no graph");
  }

  // field 7 (graph), length 2^31 - 1, and nothing behind it
  @Test
  void count_claimOfTwoGigabytesInSixBytes_isRefused() {
    assertRefused(
        new byte[] {0x3A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07},
        "broken protobuf");
  }

  @Test
  void count_tensorThatClaimsMoreThanItHolds_isRefused() {
    TinyModel model = new TinyModel().input("x", 4).raw("w", DataType.FLOAT, 8, 1L << 20, 512);
    byte[] bytes = model.node("Add", "x w", "y").output("y").model().build().toByteArray();

    assertRefused(bytes, "tensor 'w'", "8 bytes of data");
  }

  @Test
  void count_extentsBeyondALong_isRefused() {
    TinyModel tensor =
        new TinyModel().input("x", 4).raw("w", DataType.FLOAT, 8, 1L << 40, 1L << 40);
    assertRefused(tensor.node("Add", "x w", "y").output("y").model().build().toByteArray(), "2^63");
    TinyModel input = new TinyModel().input("x", 1L << 40, 1L << 40);
    assertRefused(input.node("Relu", "x", "y").output("y").model().build().toByteArray(), "2^63");
  }

  // a constant of 10^15 elements is a shape like any other: nothing of that size is made
  @Test
  void count_hugeConstantOfShape_allocatesNothing() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 1)
            .integers("s", 1_000_000, 1_000_000_000)
            .node("ConstantOfShape", "s", "c")
            .node("Relu", "c", "y")
            .output("y")
            .count();

    assertThat(count.total().comparisons()).isEqualTo(1_000_000_000_000_000L);
  }

  @Test
  void count_absurdWindow_endsAtOnce() {
    TinyModel model =
        new TinyModel()
            .input("x", 1, 1, 1L << 30)
            .node(
                "AveragePool",
                "x",
                "y",
                list("kernel_shape", 1L << 29),
                list("strides", 1),
                list("pads", 0, 0));

    assertRefused(model.output("y").model().build().toByteArray(), "window");
  }

  @Test
  void count_millionsOfEmptyNodes_areRefusedBeforeTheyAreBuilt() {
    // field 1 (node) of length 0, two bytes each, inside field 7 (graph)
    int nodes = 6_000_000;
    byte[] graph = new byte[2 * nodes];
    for (int i = 0; i < nodes; i++) {
      graph[2 * i] = 0x0A;
    }
    byte[] model =
        ModelProto.newBuilder()
            .setUnknownFields(
                com.google.protobuf.UnknownFieldSet.newBuilder()
                    .addField(
                        7,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFrom(graph))
                            .build())
                    .build())
            .build()
            .toByteArray();

    assertRefused(model, "MiB");
  }

  @Test
  void count_cycle_isNamed() {
    TinyModel model = new TinyModel().input("x", 4).node("Add", "x b", "a").node("Relu", "a", "b");
    assertRefused(model.output("a").model().build().toByteArray(), "cycle");
  }

  @Test
  void count_valueThatNothingMakes_isNamed() {
    TinyModel model = new TinyModel().input("x", 4).node("Add", "x ghost", "y");
    assertRefused(model.output("y").model().build().toByteArray(), "ghost");
  }

  @Test
  void count_twoMakersOfOneValue_areNamed() {
    TinyModel model = new TinyModel().input("x", 4).node("Relu", "x", "y").node("Neg", "x", "y");
    assertRefused(model.output("y").model().build().toByteArray(), "'y'");
  }

  @Test
  void count_functionThatCallsItself_isRefused() {
    TinyModel model = new TinyModel().input("x", 4).node("own.Twice", "x", "y").output("y");
    FunctionProto function =
        FunctionProto.newBuilder()
            .setName("Twice")
            .setDomain("own")
            .addInput("a")
            .addOutput("b")
            .addNode(TinyModel.proto("own.Twice", "a", "b"))
            .build();
    assertRefused(model.model().addFunctions(function).build().toByteArray(), "nested deeper");
  }

  @Test
  void count_unknownOperator_isListedAndMakesTheCountIncomplete() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 4)
            .node("ai.onnx.contrib.Mystery", "x", "m")
            .node("Relu", "m", "y")
            .output("y")
            .count();

    assertThat(count.uncounted()).containsEntry("ai.onnx.contrib.Mystery", 1L);
    assertThat(count.complete()).isFalse();
  }

  @Test
  void count_attributesThatDoNotFit_nameTheNode() {
    TinyModel model =
        new TinyModel().input("x", 2, 3).node("Transpose", "x", "y", list("perm", 0, 0));
    assertRefused(model.output("y").model().build().toByteArray(), "Transpose_0", "permutation");
  }

  @Test
  void count_openExtent_saysWhatToGive() {
    TinyModel model = new TinyModel().input("x", -1, 3).node("Relu", "x", "y").output("y");
    assertRefused(model.model().build().toByteArray(), "--input x=1x3");
  }

  @Test
  void count_oldOperatorSet_isRefused() {
    TinyModel model = new TinyModel().opset(6).input("x", 3).node("Relu", "x", "y").output("y");
    assertRefused(model.model().build().toByteArray(), "operator set 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.bin", "/etc/hostname", "sub/../../secret.bin", "link.bin"})
  void count_externalDataOutsideTheFolder_isRefused(String location) throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    Path secret = Files.write(folder.resolve("secret.bin"), new byte[16]);
    Files.createSymbolicLink(models.resolve("link.bin"), secret);
    Path model = Files.write(models.resolve("m.onnx"), external(location, "0", "16"));

    assertThatThrownBy(() -> OnnxFlops.count(model, Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("inside the model's folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8,16", "9223372036854775807,16", "-1,16", "0,x"})
  void count_externalDataPastTheEnd_isRefused(String range) throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[16]);
    List<String> ends = List.of(range.split(","));
    Path model = Files.write(folder.resolve("m.onnx"), external("w.bin", ends.get(0), ends.get(1)));

    assertThatThrownBy(() -> OnnxFlops.count(model, Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("tensor 'w'");
  }

  @Test
  void count_externalDataInTheFolder_isRead() throws IOException, BadInputException {
    Files.write(folder.resolve("w.bin"), new byte[16]);
    Path model = Files.write(folder.resolve("m.onnx"), external("w.bin", "0", "16"));

    OperationCount count = OnnxFlops.count(model, Map.of());

    assertThat(count.parameters()).isEqualTo(4);
    assertThat(count.weights().zeros()).isEqualTo(4);
  }

  private static byte[] external(String location, String offset, String length) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(DataType.FLOAT.getNumber())
            .addDims(4)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue(location);
    tensor.addExternalDataBuilder().setKey("offset").setValue(offset);
    tensor.addExternalDataBuilder().setKey("length").setValue(length);
    TinyModel model = new TinyModel().input("x", 4).node("Add", "x w", "y").output("y");
    model.graph().addInitializer(tensor);
    return model.model().build().toByteArray();
  }

  @Test
  void count_missingRequiredAttribute_isNamed() {
    TinyModel model =
        new TinyModel().input("x", 2, 3).node("Cast", "x", "y", attribute("saturate", 1));
    assertRefused(model.output("y").model().build().toByteArray(), "'to'");
  }

  @Test
  void count_notAFile_isRefused() {
    assertThatThrownBy(() -> OnnxFlops.count(folder, Map.of()))
        .isInstanceOf(BadInputException.class);
  }
}
