package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a user meets it. */
final class FlopsCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  /** x [?, 3] -> Relu -> y. */
  private String model() throws IOException {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    model.addOpsetImportBuilder().setVersion(13);
    var tensor =
        model
            .getGraphBuilder()
            .addInputBuilder()
            .setName("x")
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber());
    tensor.getShapeBuilder().addDimBuilder().setDimParam("N");
    tensor.getShapeBuilder().addDimBuilder().setDimValue(3);
    model.getGraphBuilder().addNodeBuilder().setOpType("Relu").addInput("x").addOutput("y");
    model.getGraphBuilder().addOutputBuilder().setName("y");
    return Files.write(folder.resolve("relu model.onnx"), model.build().toByteArray()).toString();
  }

  @Test
  void flops_withTheOpenExtentGiven_printsTheCount() throws IOException {
    assertThat(run("flops", model(), "--input", "x=4x3", "--format", "json")).isZero();
    assertThat(out.toString()).contains("\"comparisons\" : 12", "\"batch\" : 4");
  }

  @Test
  void flops_withoutTheOpenExtent_exitsWithTwoAndSaysWhatToGive() throws IOException {
    assertThat(run("flops", model())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("--input x=1x3").doesNotContain("\tat ");
  }

  @Test
  void flops_badInputs_exitWithTwo() throws IOException {
    assertThat(run("flops", folder.resolve("none.onnx").toString())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run("flops", model(), "--input", "x:4")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run("flops", model(), "--input", "y=4x3")).isEqualTo(ExitCode.BAD_INPUT);
    Path zip = Files.write(folder.resolve("broken.pt"), new byte[] {'P', 'K', 3, 4});
    assertThat(run("flops", zip.toString())).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void flops_perOp_listsEachNode() throws IOException {
    assertThat(run("flops", model(), "--input", "x=4x3", "--per-op")).isZero();
    assertThat(out.toString()).contains("Relu_0");
    assertThat(run("flops", model(), "--input", "x=4x3", "--format", "csv")).isZero();
    assertThat(out.toString()).contains("Relu_0,Relu,1,4x3,0,0,0,0,0,0,12");
  }

  @Test
  void flops_timing_tellsOnStandardErrorHowLongACountTakes() throws IOException {
    assertThat(run("flops", model(), "--input", "x=4x3", "--format", "json", "--timing")).isZero();
    assertThat(err.toString()).contains("counting took", "median");
    assertThat(out.toString()).startsWith("{");
  }

  /** forward(self, x, n: int): n times relu. */
  private String script() throws IOException {
    Path file = folder.resolve("turns.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("t/data.pkl"));
      zip.write("\u0080\u0002c__torch__\nM\n)\u0081}b.".getBytes(StandardCharsets.ISO_8859_1));
      zip.putNextEntry(new ZipEntry("t/code/__torch__.py"));
      zip.write(
          """
          class M(Module):
            def forward(self: __torch__.M,
              x: Tensor,
              n: int) -> Tensor:
              for i in range(n):
                x = torch.relu(x)
              return x
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    return file.toString();
  }

  // 4 times 2 x 3 elements
  @Test
  void flops_scriptWithANumber_takesIt() throws IOException {
    String file = script();

    assertThat(run("flops", file, "--input", "x=2x3", "--input", "n=4", "--format", "json"))
        .isZero();
    assertThat(out.toString()).contains("\"comparisons\" : 24", "\"complete\" : true");
    assertThat(run("flops", file, "--input", "x=2x3", "--input", "n=2x3"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("argument 'n'", "is no int", "--input n=16000");
  }
}
