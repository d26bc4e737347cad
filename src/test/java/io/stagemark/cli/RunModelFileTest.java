package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.inspect.SignatureModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file in place of a config: inspected, measured, and written down by {@code init}. */
final class RunModelFileTest {
  private static final Path MODELS = Path.of("models").toAbsolutePath();
  private static final Path ORIENTATION =
      MODELS.resolve("ppocr-orientation/ch_ppocr_mobile_v2.0_cls_infer.onnx");

  @TempDir Path folder;
  @TempDir Path temporary;
  private final String before = System.getProperty(TemporaryFiles.FOLDER);

  /** Other tests run beside this one, and have drafts in the folder that they share. */
  @BeforeEach
  void useAFolderOfItsOwn() {
    System.setProperty(TemporaryFiles.FOLDER, temporary.toString());
  }

  @AfterEach
  void useTheSharedFolder() {
    System.setProperty(TemporaryFiles.FOLDER, before);
  }

  private CommandRun run(Path file, String... arguments) {
    return CommandRun.ofModel(file, folder.resolve("out"), arguments);
  }

  /** Runs as briefly as it can be: one run as it is drafted is enough. */
  private CommandRun brief(Path file, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("--set", "measure.warmupSeconds=0", "--set", "measure.minSeconds=0"));
    all.addAll(List.of(arguments));
    return run(file, all.toArray(String[]::new));
  }

  private JsonNode onlyCase() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/result.json").toFile()).at("/cases/0");
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("stagemark-(model|init|probe).*"))
          .toList();
    }
  }

  // Photographs through the preprocessing of its head; nothing of it is left in the temporary
  // folder.
  @Test
  void run_classifier_takesThePhotographsThatShip() throws Exception {
    CommandRun run = run(ORIENTATION, "--shape", "x=1x3x48x192", "--threads", "1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("head    classifier, 2 classes, softmax inside")
        .contains("data    the photographs that ship with Stagemark")
        .contains("./stagemark init");
    assertThat(run.out().lines().filter(line -> !line.contains("init")))
        .allMatch(line -> line.length() <= 80);
    assertThat(run.err()).contains("batches  p50 ");
    assertThat(onlyCase().at("/key/threads").asInt()).isEqualTo(1);
    assertThat(onlyCase().at("/trials/0/measured/batches").asInt()).isGreaterThanOrEqualTo(12);
    assertThat(Files.readString(folder.resolve("out/result.json")))
        .doesNotContain("stagemark-model");
    assertThat(left()).isEmpty();
  }

  // Three inputs, one of them a scalar; --format json leaves standard output to the result.
  @Test
  void run_modelOfTensors_isGivenSeededValues() throws Exception {
    CommandRun run =
        brief(
            MODELS.resolve("silero-vad/silero_vad_16k_op15.onnx"),
            "--shape",
            "input=1x576",
            "--head",
            "none",
            "--format",
            "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.at("/config/dataset/format").asText()).isEqualTo("random");
    assertThat(result.at("/config/cases/0/model/inputs/2/value/0").asDouble()).isEqualTo(16000);
    assertThat(result.at("/cases/0/status").asText()).isEqualTo("OK");
  }

  @Test
  void run_textCalledOnnx_isBadInput() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.onnx"), "not a model\n");
    CommandRun run = run(text);
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("a text: 'not a model'").contains("1 problem;");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void run_valuesOutOfRange_areBadInputWithoutATemporaryPath() {
    CommandRun run =
        run(ORIENTATION, "--shape", "x=1x3x48x192", "--threads", "0", "--engine", "onnx");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("draft of ch_ppocr_mobile_v2.0_cls_infer.yaml:", "cases.threads", "cases.engine")
        .doesNotContain("stagemark-model");
    CommandRun never = run(ORIENTATION, "--shape", "x=1x3x48x192", "--seconds", "0");
    assertThat(never.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(never.err()).contains("--seconds\n  found:    0.0\n");
  }

  @Test
  void run_optionsOfAFileWithAConfig_areBadInput() {
    CommandRun run =
        CommandRun.of(
            "run",
            "configs/quickstart.yaml",
            "--images",
            "photos",
            "--batch",
            "2",
            "--engine",
            "pytorch");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("--images\n", "--batch\n", "--engine\n", "3 problems;");
    assertThat(CommandRun.of("run", "configs/quickstart.yaml", "--seconds", "2").err())
        .contains("--seconds\n");
  }

  @Test
  void init_export_writesWhatRunsAndRefusesASecondTime() throws Exception {
    Path file =
        Files.write(
            folder.resolve("my net.onnx"),
            new SignatureModel()
                .input("images", "batch", "3", "64", "64")
                .output("output0", 1, 6, 84)
                .metadata("license", "AGPL-3.0")
                .metadata("names", "{0: 'cat', 1: 'dog'}")
                .bytes());
    CommandRun init = CommandRun.of("init", file.toString(), "--into", folder.toString());
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(init.out()).contains("valid   1 case on 4 examples");
    Path card = folder.resolve("models/my-net/model.yaml");
    String config = folder.resolve("configs/my-net.yaml").toString();
    assertThat(card)
        .content()
        .contains("path: \"../../my net.onnx\"")
        .contains("licence: AGPL-3.0 # stated: metadata license")
        .contains("labels: {file: classes.txt} # stated (metadata names)")
        .contains("resize: letterbox # assumed: check (");
    assertThat(folder.resolve("models/my-net/classes.txt")).hasContent("cat\ndog");
    assertThat(CommandRun.of("validate", config).exitCode()).isZero();
    String written = Files.readString(card);
    CommandRun again = CommandRun.of("init", file.toString(), "--into", folder.toString());
    assertThat(again.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(again.err()).contains("a file that is already there").contains("3 problems;");
    assertThat(card).hasContent(written);
    assertThat(left()).isEmpty();
  }

  // A style transfer gives an image: timed on photographs, nothing is decoded.
  @Test
  void run_imageToImage_isTimedOnPhotographsWithoutADecoder() throws Exception {
    Path file =
        Files.write(
            folder.resolve("style.onnx"),
            new SignatureModel()
                .input("image", "1", "3", "64", "64")
                .output("styled", 1, 3, 64, 64)
                .bytes());
    CommandRun init =
        CommandRun.of("init", file.toString(), "--head", "none", "--into", folder.toString());
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(folder.resolve("models/style/model.yaml"))
        .content()
        .contains("task: tensors", "resize: stretch", "decoder: {type: none}");
    CommandRun run = brief(file, "--head", "none", "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.at("/config/dataset/format").asText()).isEqualTo("images");
    assertThat(result.at("/cases/0/status").asText()).isEqualTo("OK");
    assertThat(result.at("/cases/0").toString()).contains("\"decode\"", "\"preprocess\"");
  }

  // torchvision's form: no batch axis, as many rows as there are objects. Two of three boxes are
  // above the threshold, on each of the four photographs; none is suppressed.
  @Test
  void run_selectedBoxesOfAnOpenLength_areDetections() throws Exception {
    Path file =
        Files.write(
            folder.resolve("found.onnx"),
            new SignatureModel()
                .input("image", "1", "3", "64", "64")
                .numbers(
                    "boxes",
                    TensorProto.DataType.FLOAT,
                    new long[] {3, 4},
                    10,
                    10,
                    30,
                    30,
                    10,
                    10,
                    30,
                    30,
                    5,
                    5,
                    9,
                    9)
                .numbers("labels", TensorProto.DataType.INT64, new long[] {3}, 1, 1, 2)
                .numbers("scores", TensorProto.DataType.FLOAT, new long[] {3}, 0.9, 0.8, 0.1)
                .bytes());
    CommandRun run = brief(file, "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.at("/config/cases/0/model/task/decoder/type").asText()).isEqualTo("selected");
    assertThat(result.at("/cases/0/status").asText()).isEqualTo("OK");
    JsonNode kept = result.at("/cases/0").findValue("kept");
    assertThat(kept.get("min").asInt()).isEqualTo(2);
    assertThat(kept.get("max").asInt()).isEqualTo(2);
  }

  // Six columns: complete rows, or RT-DETR of two classes. Its numbers on a photograph decide.
  @Test
  void init_twoHeadsOfOneShape_runsTheModelOnce() throws Exception {
    float[][] rows = new float[300][];
    Arrays.fill(rows, new float[] {130.5f, 219.25f, 309, 541.5f, 0.91f, 1});
    Path file =
        Files.write(
            folder.resolve("rows.onnx"),
            new SignatureModel().input("images", "1", "3", "64", "64").rows("out", rows).bytes());
    CommandRun init = CommandRun.of("init", file.toString(), "--into", folder.toString());
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(init.out()).contains("head    rows of box, score, class (YOLOv10)");
    assertThat(folder.resolve("models/rows/model.yaml"))
        .content()
        .contains("derived (a run on a photograph: no rtdetr-ultralytics (values beyond 0 to 1)")
        .contains("  type: yolov10");
    assertThat(left()).isEmpty();
  }

  @Test
  void init_headsThatAPhotographDoesNotTell_areAsked() throws Exception {
    Path file =
        Files.write(
            folder.resolve("rows.onnx"),
            new SignatureModel()
                .input("images", "1", "3", "64", "64")
                .rows("out", new float[300][6])
                .bytes());
    CommandRun init = CommandRun.of("init", file.toString(), "--into", folder.toString());
    assertThat(init.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(init.err()).contains("--head yolov10, or --head rtdetr-ultralytics, or --head none");
  }

  // Nothing is written where the draft is no good.
  @Test
  void init_shapeThatDoesNotFit_writesNothing() throws Exception {
    CommandRun init =
        CommandRun.of("init", ORIENTATION.toString(), "--into", folder.resolve("new").toString());
    assertThat(init.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(init.err()).contains("--shape x=1x3x");
    assertThat(folder.resolve("new")).doesNotExist();
  }
}
