package io.stagemark.flops.onnx.walk;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.stagemark.flops.onnx.TinyModel;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.value.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallTableTest {
  @TempDir private Path folder;

  /** The function's body has a value y of the same operator as the graph's. */
  @Test
  void maker_nameThatAFunctionHasToo_isTheGraphsNode() throws Exception {
    ModelProto.Builder model =
        new TinyModel()
            .input("x", 2, 3)
            .node("own.Half", "x", "h")
            .node("Relu", "h", "y")
            .output("y")
            .model();
    model.addOpsetImportBuilder().setDomain("own").setVersion(1);
    model.addFunctions(
        FunctionProto.newBuilder()
            .setName("Half")
            .setDomain("own")
            .addInput("a")
            .addOutput("z")
            .addNode(TinyModel.proto("Relu", "a", "y"))
            .addNode(TinyModel.proto("Sigmoid", "y", "z"))
            .addOpsetImport(model.getOpsetImport(0)));
    Path file = Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    CallTable table = CallTable.of(OnnxFile.read(file), Map.of());
    assertThat(table.maker("y").map(Call::node).orElseThrow().inputs()).containsExactly("h");
    assertThat(table.maker("z")).isEmpty();
    assertThat(table.outputs()).hasSize(1);
  }
}
