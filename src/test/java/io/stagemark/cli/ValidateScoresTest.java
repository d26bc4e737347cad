package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.preprocess.OpenCvRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** Scores that cannot be computed are refused before anything runs, by {@code validate} and run. */
final class ValidateScoresTest {
  @TempDir Path folder;

  private static void assertRefused(String config, List<String> sets, String... parts) {
    List<String> command = new java.util.ArrayList<>(List.of("validate", config));
    sets.forEach(set -> command.addAll(List.of("--set", set)));
    CommandRun validate = CommandRun.of(command.toArray(String[]::new));
    assertThat(validate.exitCode()).as(validate.out() + validate.err()).isEqualTo(2);
    assertThat(validate.err()).contains(parts).contains("nothing was run.");
    assertThat(validate.hasStackTrace()).isFalse();
    command.set(0, "run");
    assertThat(CommandRun.of(command.toArray(String[]::new)).err()).isEqualTo(validate.err());
  }

  @Test
  void score_ofAnotherTask_isRefused() {
    assertRefused(
        "configs/text-orientation.yaml",
        List.of("score=[coco-ap]"),
        "coco-ap: no such score of task classification",
        "one of: top-1");
  }

  @Test
  void score_thatTheModelCannotHave_isRefusedWithThoseItCan() {
    assertRefused(
        "configs/text-orientation.yaml",
        List.of("score=[top-1, top-5]"),
        "model ppocr-orientation: a classification model of 2 classes has no score top-5",
        "one of: top-1, precision, recall, log-loss, cross-entropy, label-smoothing, focal, ece");
    assertRefused(
        "configs/text-segmentation.yaml",
        List.of("score=[cross-entropy]"),
        "a binary model has no score cross-entropy",
        "one of: miou, pixel-accuracy, bce, focal, lovasz");
  }

  @Test
  void mask_ofAnotherSizeOrClass_isRefusedWithItsFile() throws Exception {
    copy(Path.of("configs/data/text-segmentation/masks"), folder);
    OpenCvRuntime.start();
    write("page-1.png", new Mat(10, 20, CvType.CV_8UC1, new Scalar(0)));
    List<String> data =
        List.of(
            "dataset={format: masks, images: "
                + Path.of("configs/data/text-segmentation/images").toAbsolutePath()
                + ", masks: "
                + folder
                + "}",
            "output=" + folder.resolveSibling(folder.getFileName() + "-out"));
    assertRefused(
        "configs/text-segmentation.yaml",
        data,
        folder.resolve("page-1.png").toString(),
        "a mask of 20x10 px for an image of");

    Mat right = Imgcodecs.imread("configs/data/text-segmentation/masks/page-1.png", 0);
    right.put(3, 2, 7);
    write("page-1.png", right);
    assertRefused(
        "configs/text-segmentation.yaml", data, "page-1.png has 7 at (2, 3); expected 0, 1 or 255");
  }

  private void write(String name, Mat mask) {
    assertThat(Imgcodecs.imwrite(folder.resolve(name).toString(), mask)).isTrue();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void target_outOfRange_isRefusedWithItsExample() throws Exception {
    Path targets = folder.resolve("targets");
    copy(Path.of("configs/data/voice-activity/targets"), targets);
    Tensor labels = Tensor.allocate(new TensorSpec("t", ElementType.UINT8, List.of(60L)));
    labels.bytes().put(7, (byte) 2);
    NpyWriter.write(targets.resolve("latency.npy"), labels);
    assertRefused(
        "configs/voice-activity.yaml",
        List.of(voiceWith(targets), "output=" + folder.resolve("out")),
        "example latency#0007",
        "numbers in [0, 1], got 2.0");
  }

  /** The data set of voice activity with other targets, as a {@code --set}. */
  private static String voiceWith(Path targets) {
    return "dataset={format: tensors, path: "
        + Path.of("configs/data/voice-activity/steps").toAbsolutePath()
        + ", targets: "
        + targets
        + "}";
  }

  private void assertCardRefused(String from, String to, List<String> sets, String... parts)
      throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    copy(Path.of("models/silero-vad"), model);
    Path card = model.resolve("model.yaml");
    String text = Files.readString(card);
    assertThat(text).contains(from);
    Files.writeString(card, text.replace(from, to));
    List<String> all = new java.util.ArrayList<>(sets);
    all.add("cases={model: [" + model + "/], engine: [onnxruntime]}");
    all.add("output=" + folder.resolve("out"));
    assertRefused("configs/voice-activity.yaml", all, parts);
  }

  private static final String OUTPUT = "{name: output, type: float32, shape: [1, 1]}";

  @Test
  void card_lossAfterTanh_isRefusedWithTheScoresThereAre() throws Exception {
    assertCardRefused(
        OUTPUT,
        OUTPUT.replace("}", ", activation: tanh}"),
        List.of("score=[bce, accuracy]"),
        "score[0]",
        "a binary model of 1 class whose scores are no probabilities after tanh has no score bce",
        "one of: accuracy, precision, recall");
  }

  @Test
  void card_softmaxOfOneClass_isRefused() throws Exception {
    assertCardRefused(
        OUTPUT,
        OUTPUT.replace("}", ", activation: softmax}"),
        List.of(),
        "model.yaml",
        "softmax of one class is 1 everywhere");
  }

  @Test
  void card_activationOfAState_isRefused() throws Exception {
    String state = "{name: stateN, type: float32, shape: [2, 1, 128]}";
    assertCardRefused(
        state,
        state.replace("}", ", activation: relu}"),
        List.of(),
        "an activation of output 'stateN'; task 'classification' reads output 'output' alone");
  }

  @Test
  void card_activationThatIsNone_namesThoseThereAre() throws Exception {
    assertCardRefused(
        OUTPUT,
        OUTPUT.replace("}", ", activation: sigmod}"),
        List.of(),
        "outputs[0].activation",
        "sigmod",
        "sigmoid, tanh, relu, softplus, log-sigmoid, softmax, log-softmax");
  }

  @Test
  void card_activationOfAnInput_isRefused() throws Exception {
    assertCardRefused(
        "shape: [1, 576]}",
        "shape: [1, 576], activation: relu}",
        List.of(),
        "inputs[0].activation",
        "the activation of an input");
  }

  @Test
  void card_carryOfWhatIsNotThere_namesWhatIs() throws Exception {
    assertCardRefused(
        "{output: stateN, input: state}",
        "{output: staten, input: states}",
        List.of(),
        "carry[0].output",
        "staten: the card has no such output",
        "one of: output, stateN",
        "carry[0].input",
        "states: the card has no such input",
        "one of: input, state, sr");
  }

  @Test
  void card_carryOfAnotherSize_isRefused() throws Exception {
    assertCardRefused(
        "{output: stateN, input: state}",
        "{output: output, input: state}",
        List.of(),
        "carries output 'output' to input state");
  }

  @Test
  void target_ofAShapeThatNoLossTakes_isRefusedWithBothShapes() throws Exception {
    Path targets = folder.resolve("targets");
    copy(Path.of("configs/data/voice-activity/targets"), targets);
    TensorSpec threeAStep = new TensorSpec("t", ElementType.FLOAT32, List.of(60L, 3L));
    for (String sequence : List.of("invoice", "latency")) {
      NpyWriter.write(targets.resolve(sequence + ".npy"), Tensor.allocate(threeAStep));
    }
    Path model = Files.createDirectory(folder.resolve("model"));
    copy(Path.of("models/silero-vad"), model);
    Path card = model.resolve("model.yaml");
    String text = Files.readString(card).replace("task: classification", "task: tensors");
    Files.writeString(card, text.substring(0, text.indexOf("decoder:")));
    assertRefused(
        "configs/voice-activity.yaml",
        List.of(
            voiceWith(targets),
            "cases={model: [" + model + "/], engine: [onnxruntime]}",
            "score=[bce]",
            "output=" + folder.resolve("out")),
        "the target has shape [3], the output [1, 1]");
  }
}
