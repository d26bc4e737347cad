package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The problems that a wrong card has. */
final class ModelCardProblemsTest {
  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  /** The problems of a config that names the toy model, when its card is this. */
  private String problems(String card) {
    bed.write("models/toy/model.yaml", card);
    return bed.problems(ConfigBed.GOOD);
  }

  @Test
  void read_keysThatTheResizeModeDoesNotUse_areTold() throws Exception {
    assertThat(
            problems(bed.card().replace("resize: stretch", "resize: cover-crop, longerSidePx: 12")))
        .isEqualTo(
            """
            models/toy/model.yaml:9: preprocess.longerSidePx
              found:    a key that resize: cover-crop does not use
              expected: only with resize: letterbox, letterbox-top-left, letterbox-yolox, center-crop
              try:      remove this key
            1 problem; nothing was run.
            """);
    String keys = "padValue: 0, scaleUp: true, padStridePx: 4";
    for (String resize : List.of("stretch", "center-crop", "cover-crop")) {
      assertThat(problems(bed.card().replace("resize: stretch", "resize: " + resize + ", " + keys)))
          .contains(
              """
              models/toy/model.yaml:9: preprocess.padValue
                found:    a key that resize: %s does not use
                expected: only with resize: letterbox, letterbox-top-left, letterbox-yolox
                try:      remove this key
              """
                  .formatted(resize))
          .contains("preprocess.scaleUp", "preprocess.padStridePx", "3 problems");
    }
    assertThat(problems(bed.card().replace("resize: stretch", "resize: stretch, shorterSidePx: 9")))
        .contains("preprocess.shorterSidePx", "only with resize: center-crop", "1 problem;");
  }

  @Test
  void read_segmentationWithoutPreprocess_isToldWithItsLine() throws Exception {
    assertThat(
            problems(
                bed.card()
                    .replace("task: detection", "task: segmentation")
                    .replaceFirst("preprocess: .*\n", "")
                    .replaceFirst("decoder: .*", "decoder: {type: binary}")))
        .contains(
            """
            models/toy/model.yaml:1: preprocess
              found:    nothing: the key is missing
              expected: a section, which task segmentation needs
              try:      preprocess: {resize: stretch, interpolation: opencv-linear, color: rgb, layout: nchw}
            """);
  }

  @Test
  void read_classificationWithoutDecoder_isToldWithItsLine() throws Exception {
    assertThat(
            problems(
                bed.card()
                    .replace("task: detection", "task: classification")
                    .replaceFirst("decoder: .*\n", "")))
        .contains(
            """
            models/toy/model.yaml:1: decoder
              found:    nothing: the key is missing
              expected: a section, which task classification needs
              try:      decoder: {type: classification}
            """);
  }

  @Test
  void read_sectionsThatTheTaskDoesNotRead_areTold() throws Exception {
    assertThat(problems(bed.card().replace("task: detection", "task: tensors")))
        .contains(
            """
            models/toy/model.yaml:10: decoder.type
              found:    yolox: task tensors has no such decoder
              expected: one of: none
              try:      task: detection
            """);
    assertThat(problems(bed.card() + "carry: [{output: output, input: images}]\n"))
        .isEqualTo(
            """
            models/toy/model.yaml:12: carry
              found:    a state to carry in a model of images, which are independent of each other
              expected: carry for models that take tensors: without preprocess
              try:      remove this section
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_decoderNone_isOfTaskTensorsAlone() throws Exception {
    String card = bed.card().replaceFirst("decoder: .*", "decoder: {type: none}");
    assertThat(problems(card.replace("task: detection", "task: tensors"))).isEqualTo("none");
    assertThat(problems(card))
        .contains(
            """
            models/toy/model.yaml:10: decoder.type
              found:    none: task detection has no such decoder
            """)
        .contains("  try:      task: tensors, whose outputs stay as they are\n");
    assertThat(
            problems(
                card.replace("task: detection", "task: tensors")
                    .replace("{type: none}", "{type: none, nms: hard}")))
        .contains("models/toy/model.yaml:10: decoder.nms\n")
        .contains("a key that decoder none does not use");
  }

  @Test
  void read_detectorWithoutImagesOrDecoder_isToldWithoutARun() throws Exception {
    assertThat(
            problems(
                bed.card().replaceFirst("preprocess: .*\n", "").replaceFirst("decoder: .*\n", "")))
        .isEqualTo(
            """
            models/toy/model.yaml:1: preprocess
              found:    nothing: the key is missing
              expected: a section, which task detection needs
              try:      preprocess: {resize: stretch, interpolation: opencv-linear, color: rgb, layout: nchw}
            models/toy/model.yaml:1: decoder
              found:    nothing: the key is missing
              expected: a section, which task detection needs
              try:      decoder: {type: centernet}
            2 problems; nothing was run.
            """);
  }

  @Test
  void read_badValues_areAllToldWithTheirLines() throws Exception {
    String card =
        bed.card()
            .replaceFirst("sha256: .", "sha256: X")
            .replace("resize: stretch", "resize: strech")
            .replace("\"?\"", "0")
            .replace("[cat, dog]", "[cat, cat]")
            .replace("title: A toy\n", "")
            .replaceFirst("float32", "float31");
    String digest = card.substring(card.indexOf("sha256: ") + 8).substring(0, 30);
    assertThat(problems(card))
        .isEqualTo(
            """
            models/toy/model.yaml:5: files.onnx.sha256
              found:    %s…
              expected: 64 hexadecimal digits in lower case, as sha256sum prints them (default: that of the file as it is; the report has it)
              try:      sha256: <what sha256sum prints>
            models/toy/model.yaml:6: inputs[0].type
              found:    float31
              expected: one of: float32, float64, float16, bfloat16, int8, uint8, int16, uint16, int32, int64, bool (required)
              try:      type: float32
            models/toy/model.yaml:7: outputs[0].shape[1]
              found:    0
              expected: a whole number from 1, N (the batch) or "?" (depends on the data)
              try:      shape: [N, 3, 640, 640]
            models/toy/model.yaml:8: preprocess.resize
              found:    strech
              expected: one of: stretch, letterbox, letterbox-top-left, letterbox-yolox, center-crop, cover-crop (required)
              try:      resize: stretch
            models/toy/model.yaml:10: labels[1]
              found:    cat a second time
              expected: each class name once
              try:      give one of the two another name
            5 problems; nothing was run.
            """
                .formatted(digest));
  }

  @Test
  void read_channelsThatDoNotFit_areProblems() throws Exception {
    assertThat(
            problems(bed.card().replace("layout: nchw}", "layout: nchw, mean: [1, 2], std: [0]}")))
        .isEqualTo(
            """
            models/toy/model.yaml:9: preprocess.mean
              found:    2 values
              expected: 1 value, or 3: one a channel
              try:      mean: [0]
            models/toy/model.yaml:9: preprocess.std[0]
              found:    0
              expected: a number that is not 0: it divides
              try:      std: [1]
            2 problems; nothing was run.
            """);
  }

  @Test
  void read_labelFileMissingOrWrong_isAProblem() throws Exception {
    String card = bed.card().replace("[cat, dog]", "{file: classes.txt}");
    assertThat(problems(card))
        .isEqualTo(
            """
            models/toy/model.yaml:11: labels.file
              found:    models/toy/classes.txt: no such file
              expected: a text file (UTF-8) with one class name a line, of at most 16 MiB
              try:      file: classes.txt
            1 problem; nothing was run.
            """);
    bed.write("models/toy/classes.txt", "cat\n\ncat\n");
    assertThat(problems(card))
        .isEqualTo(
            """
            models/toy/classes.txt:2
              found:    an empty line
              expected: a class name
              try:      remove the line
            models/toy/classes.txt:3
              found:    cat a second time
              expected: each class name once
              try:      give one of the two another name
            2 problems; nothing was run.
            """);
  }

  @Test
  void read_taskThatIsNotThere_isAProblemWhenACaseUsesTheModel() throws Exception {
    String card =
        bed.card()
            .replace("detection", "segmentation")
            .replaceFirst("decoder: .*", "decoder: {type: binary}");

    assertThat(new ModelCardReader().read(bed.write("models/toy/model.yaml", card)).task().task())
        .isEqualTo("segmentation");
    assertThat(problems(card))
        .isEqualTo(
            """
            models/toy/model.yaml:4: task
              found:    segmentation: no such task
              expected: one of: detection, tensors
              try:      another model; tasks that this build knows: ./stagemark list tasks
            1 problem; nothing was run.
            """);
  }

  // SHA-256 of "not a graph", by sha256sum.
  @Test
  void read_truncatedFile_tellsBothDigestsAndTheSize() throws Exception {
    String expected = Sha256.of(bed.root().resolve("models/toy/toy.onnx"));
    bed.write("models/toy/toy.onnx", "not a graph");
    assertThat(bed.problems(ConfigBed.GOOD))
        .isEqualTo(
            """
            models/toy/model.yaml:6: files.onnx.path
              found:    models/toy/toy.onnx: 11 bytes with sha256 895e68762bdb5ab0ea5d47bb1e70087dc75c721be8bf957051796f004e80ba23
              expected: sha256 %s: the file is cut off, or another one
              try:      fetch the file again (git checkout -- models/toy/toy.onnx)
            1 problem; nothing was run.
            """
                .formatted(expected));
  }

  @Test
  void read_wrongDigestInTheCard_isAProblem() throws Exception {
    assertThat(problems(bed.card().replaceFirst("sha256: [0-9a-f]{4}", "sha256: 0000")))
        .contains("expected: sha256 0000");
  }

  @Test
  void read_missingFile_isAProblem() throws Exception {
    Files.delete(bed.root().resolve("models/toy/toy.onnx"));
    assertThat(bed.problems(ConfigBed.GOOD))
        .isEqualTo(
            """
            models/toy/model.yaml:6: files.onnx.path
              found:    models/toy/toy.onnx: no such file
              expected: the model's file
              try:      fetch the file, or mend the path
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_emptyCard_isAProblemOfTheCard() {
    assertThat(problems(""))
        .isEqualTo(
            """
            models/toy/model.yaml
              found:    nothing: it is empty
              expected: YAML 1.2 (UTF-8, indented with spaces)
              try:      title: A detector of faces
            1 problem; nothing was run.
            """);
  }

  private String inputProblem(String port) throws Exception {
    return problems(
        bed.card().replace("shape: [1, 3, 8, 8]}]", "shape: [1, 3, 8, 8]}, " + port + "]"));
  }

  @Test
  void read_valueThatDoesNotFitItsInput_isAProblem() throws Exception {
    assertThat(inputProblem("{name: s, type: int64, shape: [N, 2], value: [1, 2, 3]}"))
        .contains("inputs[1].value\n  found:    3 numbers\n")
        .contains("expected: 1 number, or 2: one for each element of an example");
    assertThat(inputProblem("{name: s, type: uint8, shape: [2], value: [256]}"))
        .contains("found:    256\n")
        .contains("expected: a number that uint8 holds");
    assertThat(inputProblem("{name: s, type: int64, shape: [2], value: [0.5]}"))
        .contains("expected: a number that int64 holds");
    assertThat(inputProblem("{name: s, type: float32, shape: [\"?\"], value: [1]}"))
        .contains("a value of an input whose extents depend on the data");
    assertThat(inputProblem("{name: s, type: int64, shape: [2], range: [5, 4]}"))
        .contains("found:    a lowest value above the highest");
    assertThat(inputProblem("{name: s, type: int64, shape: [2], range: [5]}"))
        .contains("found:    1 numbers");
  }

  @Test
  void read_valueOfAnOutput_isAProblem() throws Exception {
    assertThat(problems(bed.card().replace("[1, \"?\", 6]}]", "[1, \"?\", 6], value: [1]}]")))
        .contains("found:    the value of an output")
        .contains("try:      remove this key");
  }

  @Test
  void read_noInputsAndNoFileThatSaysThem_areAProblem() throws Exception {
    String card = bed.card().replaceFirst("inputs: .*\n", "");
    assertThat(problems(card)).contains("toy.onnx");
    assertThat(problems(card.replaceFirst("files:\n.*\n", "")))
        .contains(
            "inputs\n  found:    nothing: the key is missing, and there is no file that says it");
  }

  /** The problems of a card with a second input. */
  private String problemsOfSecond(String port) throws IOException {
    return problems(
        bed.card().replace("shape: [1, 3, 8, 8]}]", "shape: [1, 3, 8, 8]}, " + port + "]"));
  }

  @Test
  void read_derivedInputThatDoesNotFit_isToldWithWhatWould() throws Exception {
    assertThat(problemsOfSecond("{name: s, type: int64, shape: [1, 2], derive: scale-yx}"))
        .contains(
            """
              found:    scale-yx in int64, which holds no fractions
              expected: a type of floating point, or sizes in whole pixels
              try:      derive: picture-wh
            """);
    assertThat(problemsOfSecond("{name: s, type: int64, shape: [1, 3], derive: model-hw}"))
        .contains("found:    s int64[1, 3], derived as model-hw", "expected: [N, 2]");
    assertThat(problemsOfSecond("{name: s, type: bool, shape: [1, 8, 9], derive: pixel-mask}"))
        .contains("expected: [N, 8, 8], a number for each pixel");
    assertThat(
            problemsOfSecond("{name: s, type: int64, shape: [1, 2], derive: model-hw, value: [1]}"))
        .contains("found:    value beside derive: model-hw", "try:      remove this key");
    assertThat(problemsOfSecond("{name: s, type: int64, shape: [1, 2], derive: height}"))
        .contains("one of: picture-hw, picture-wh, model-hw");
  }

  @Test
  void read_quantizationOfRealNumbers_isTold() throws Exception {
    assertThat(
            problems(
                bed.card()
                    .replaceFirst("type: float32,", "type: float32, quantization: {scale: 1},")))
        .contains("found:    the quantization of float32", "only int8, uint8, int16 and uint16");
  }
}
