package io.stagemark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.inspect.text.InspectionJson;
import io.stagemark.inspect.text.InspectionText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no model, or not the one that they claim to be: one problem, in words. */
final class HostileFilesTest {
  @TempDir private Path folder;

  private static Problem problem(Path file) {
    List<Problem> problems =
        catchThrowableOfType(
                BadInputException.class, () -> Inspector.inspect(file, List.of(), Optional.empty()))
            .problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m.onnx | a text file | a text: 'a text file'",
        "m.onnx | version https://git-lfs.github.com/spec/v1 | a Git LFS pointer, not the file itself",
        "m.onnx | <html>not found</html> | a text: '<html>not found</html>'",
        "m.gguf | GGUF | a GGUF file of weights",
        "m.pdf | %PDF-1.7 | a PDF document",
      })
  void inspect_fileOfAnotherKind_isNamedForWhatItIs(String name, String text, String found)
      throws IOException {
    assertThat(problem(file(name, latin1(text))).found()).isEqualTo(found);
  }

  @Test
  void inspect_checkpointsOfTorchSave_areNoNetworks() throws IOException {
    assertThat(problem(file("old.pt", latin1("\u0080\u0002\u008a\nl\u00fc\u009c"))).found())
        .contains("a checkpoint, no network");
    byte[] tar = new byte[600];
    System.arraycopy(latin1("ustar"), 0, tar, 257, 5);
    assertThat(problem(file("older.pt", tar)).found()).startsWith("a tar");
    Path zip = folder.resolve("new.pt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("archive/data.pkl"));
      out.write(latin1("\u0080\u0002}."));
    }
    assertThat(problem(zip).found()).contains("without code: a checkpoint");
  }

  @Test
  void inspect_zipThatIsNoArchive_isRefused() throws IOException {
    Path zip = folder.resolve("photos.pt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.jpg"));
      out.write(1);
    }
    assertThat(problem(zip).found()).contains("no TorchScript archive");
    byte[] whole = Files.readAllBytes(zip);
    assertThat(problem(file("cut.pt", Arrays.copyOf(whole, whole.length / 2))).found())
        .isNotEmpty();
  }

  @Test
  void inspect_weightsWithoutANetwork_areNamed() throws IOException {
    assertThat(problem(file("w.safetensors", latin1("@\0\0\0\0\0\0\0{\"a\": 1}"))).found())
        .startsWith("a safetensors file");
    assertThat(problem(file("w.tflite", latin1("\u001c\0\0\0TFL3\0\0\0\0"))).found())
        .isEqualTo("a TensorFlow Lite model");
  }

  @Test
  void inspect_emptyFileFolderAndNothing_areNamed() throws IOException {
    assertThat(problem(file("e.onnx", new byte[0])).found()).isEqualTo("an empty file");
    assertThat(problem(folder).found()).isEqualTo("a folder");
    assertThat(problem(folder.resolve("none.onnx")).found()).isEqualTo("no such file");
  }

  private static SignatureModel detector() {
    return new SignatureModel().input("images", "1", "3", "640", "640").output("o", 1, 84, 8400);
  }

  @Test
  void inspect_modelCutAtAnyByte_isOneProblemOrAModel() throws IOException {
    byte[] whole = detector().bytes();
    for (int length = 1; length < whole.length; length++) {
      Path cut = file("cut.onnx", Arrays.copyOf(whole, length));
      try {
        Inspector.inspect(cut, List.of(), Optional.empty());
      } catch (BadInputException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  /** What a flipped byte leaves is a model, or a problem: never anything else. */
  @Test
  void inspect_modelWithOneByteChanged_isAProblemOrFitsTheTerminal() throws IOException {
    byte[] whole =
        new SignatureModel()
            .input("images", "batch", "3", "height", "width")
            .joining("o", 1, new long[] {1, 84, 8400}, "Neg 4", "Sigmoid 80")
            .metadata("names", "{0: 'a', 1: 'b'}")
            .bytes();
    Random random = new Random(42);
    for (int i = 0; i < 500; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      Path file = file("changed.onnx", changed);
      try {
        ModelInspection found = Inspector.inspect(file, List.of(), Optional.empty());
        assertThat(InspectionText.render(found).lines()).allMatch(line -> line.length() <= 80);
        assertThat(InspectionJson.render(found)).isNotEmpty();
      } catch (BadInputException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  @Test
  void inspect_claimOfTwoGigabytes_isRefusedWithoutTheMemory() throws IOException {
    byte[] claim = {8, 8, 0x3A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 1, 2};
    assertThat(problem(file("claim.onnx", claim)).expected()).isEqualTo("an ONNX model");
  }

  @Test
  void inspect_modelWithoutOutputs_isRefused() throws IOException {
    Path file = file("n.onnx", new SignatureModel().input("x", "1", "3", "8", "8").bytes());
    assertThat(problem(file).found()).isEqualTo("a model without outputs");
  }

  @Test
  void inspect_modelWithoutInputs_isRefused() throws IOException {
    Path file = file("n.onnx", new SignatureModel().output("y", 1, 10).bytes());
    assertThat(problem(file).found()).isEqualTo("a model without inputs");
  }

  @Test
  void inspect_externalDataOutsideTheFolder_isRefused() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(detector().bytes()).toBuilder();
    TensorProto.Builder tensor =
        model
            .getGraphBuilder()
            .addInitializerBuilder()
            .setName("w")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(4)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue("../../etc/passwd");
    Path file = file("e.onnx", model.build().toByteArray());
    assertThat(problem(file).found()).isEqualTo("external data at '../../etc/passwd'");
  }

  @Test
  void inspect_outputThatNothingMakes_isRefused() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(detector().bytes()).toBuilder();
    model.getGraphBuilder().addOutputBuilder().setName("ghost");
    assertThat(problem(file("g.onnx", model.build().toByteArray())).found()).contains("ghost");
  }

  @Test
  void inspect_namesOfControlCharacters_areShownAsEscapes() throws Exception {
    Path file =
        file(
            "c.onnx",
            new SignatureModel()
                .input("im\u001b[31mages", "1", "3", "640", "640")
                .output("o", 1, 84, 8400)
                .bytes());
    ModelInspection found = Inspector.inspect(file, List.of(), Optional.empty());
    assertThat(InspectionText.render(found)).contains("im\\u001b[31mages").doesNotContain("\u001b");
  }
}
