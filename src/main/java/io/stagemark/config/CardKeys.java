package io.stagemark.config;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.scoring.activation.Activation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Every key of a model card, with its range and default. */
final class CardKeys {
  static final Key<String> NAME =
      Key.optional("name", RunKeys.NAME.range(), "my-model", "the folder's name");
  static final Key<String> TITLE =
      Key.required("title", ValueRange.text("one line for people"), "A detector of faces");
  static final Key<String> LICENCE =
      Key.required("licence", ValueRange.text("an SPDX name or a sentence"), "Apache-2.0");
  static final Key<String> PROVENANCE =
      Key.required(
          "provenance",
          ValueRange.text("where the files come from and how they were converted"),
          "exported with export.py from our training run of May");
  static final Key<String> TASK =
      Key.required("task", ValueRange.text("a task's name"), "detection");
  static final Key<MappingNode> FILES =
      Key.required("files", ValueRange.section(), "{onnx: {path: model.onnx, sha256: <64 digits>}}")
          .orElse("none: only an engine that reads no file can run it");
  static final Key<MappingNode> INPUTS =
      Key.required(
              "inputs",
              ValueRange.section(),
              "[{name: images, type: float32, shape: [N, 3, 640, 640]}]")
          .list();
  static final Key<MappingNode> OUTPUTS =
      Key.required(
              "outputs", ValueRange.section(), "[{name: output, type: float32, shape: [N, 1000]}]")
          .list();
  static final Key<MappingNode> PREPROCESS =
      Key.optional(
          "preprocess", ValueRange.section(), "{resize: stretch}", "none: the model takes tensors");
  static final Key<MappingNode> DECODER =
      Key.optional(
          "decoder", ValueRange.section(), "{type: centernet}", "none: outputs stay as they are");
  static final Key<Node> LABELS =
      Key.optional(
          "labels",
          ValueRange.node("a list of class names, or file: a text file with one name a line"),
          "[face]",
          "no class names");
  static final Key<MappingNode> CARRY =
      Key.optional(
              "carry",
              ValueRange.section(),
              "[{output: stateN, input: state}]",
              "none: every example is independent")
          .list();
  static final List<Key<?>> ROOT =
      List.of(
          NAME,
          TITLE,
          LICENCE,
          PROVENANCE,
          TASK,
          FILES,
          INPUTS,
          OUTPUTS,
          PREPROCESS,
          DECODER,
          LABELS,
          CARRY);

  static final Key<String> FILE_PATH =
      Key.required("path", ValueRange.text("a file, relative to the card's folder"), "model.onnx");
  static final Key<String> SHA256 =
      Key.required(
          "sha256",
          ValueRange.matching(
              "64 hexadecimal digits in lower case, as sha256sum prints them",
              Pattern.compile("[0-9a-f]{64}")),
          "<what sha256sum prints>");
  static final List<Key<?>> FILE_KEYS = List.of(FILE_PATH, SHA256);

  static final Key<String> PORT_NAME =
      Key.required("name", ValueRange.text("the model's name for it"), "images");
  static final Key<ElementType> TYPE =
      Key.required("type", ValueRange.constant(ElementType.class), "float32");
  static final Key<Long> SHAPE =
      Key.required(
              "shape",
              ValueRange.read(
                  "a whole number from 1, N (the batch) or \"?\" (depends on the data)",
                  CardKeys::extent),
              "[N, 3, 640, 640]")
          .listOrEmpty();
  static final Key<Activation> ACTIVATION =
      Key.optional(
          "activation",
          ValueRange.constant(Activation.class),
          "softmax",
          "none: the output is what the task scores; for outputs");
  static final List<Key<?>> PORT_KEYS = List.of(PORT_NAME, TYPE, SHAPE, ACTIVATION);

  static final Key<String> CARRY_OUTPUT =
      Key.required("output", ValueRange.text("the name of an output"), "stateN");
  static final Key<String> CARRY_INPUT =
      Key.required("input", ValueRange.text("the name of the input that it becomes"), "state");
  static final List<Key<?>> CARRY_KEYS = List.of(CARRY_OUTPUT, CARRY_INPUT);

  static final Key<Resize> RESIZE =
      Key.required("resize", ValueRange.constant(Resize.class), "stretch");
  static final Key<Interpolation> INTERPOLATION =
      Key.required("interpolation", ValueRange.constant(Interpolation.class), "opencv-linear");
  static final Key<Color> COLOR = Key.required("color", ValueRange.constant(Color.class), "rgb");
  static final Key<Layout> LAYOUT =
      Key.required("layout", ValueRange.constant(Layout.class), "nchw");
  static final Key<Double> SCALE = Key.defaulted("scale", ValueRange.finite(), "1");
  static final Key<Double> MEAN = Key.defaulted("mean", ValueRange.finite(), "[0]").list();
  static final Key<Double> STD = Key.defaulted("std", ValueRange.finite(), "[1]").list();
  static final Key<Double> PAD_VALUE =
      Key.defaulted("padValue", ValueRange.number("", 0, 255), "0");
  static final Key<Boolean> SCALE_UP = Key.defaulted("scaleUp", ValueRange.flag(), "true");
  static final Key<Long> PAD_STRIDE_PX =
      Key.optional("padStridePx", ValueRange.whole("px", 1, 4096), "32", "pad to the whole input");
  static final Key<Long> SHORTER_SIDE_PX =
      Key.optional(
          "shorterSidePx", ValueRange.whole("px", 1, 65_536), "256", "the input's longer side");
  static final Key<Long> LONGER_SIDE_PX =
      Key.optional("longerSidePx", ValueRange.whole("px", 2, 65_536), "1333", "no such limit");
  static final Key<Long> MAX_SOURCE_PIXELS =
      Key.defaulted("maxSourcePixels", ValueRange.whole("px", 1, 2_000_000_000), "100000000");
  static final List<Key<?>> PREPROCESS_KEYS =
      List.of(
          RESIZE,
          INTERPOLATION,
          COLOR,
          LAYOUT,
          SCALE,
          MEAN,
          STD,
          PAD_VALUE,
          SCALE_UP,
          PAD_STRIDE_PX,
          SHORTER_SIDE_PX,
          LONGER_SIDE_PX,
          MAX_SOURCE_PIXELS);

  static final Key<String> DECODER_TYPE =
      Key.required("type", ValueRange.text("a decoder's name"), "centernet");
  static final Key<Double> SCORE_THRESHOLD =
      Key.defaulted("scoreThreshold", ValueRange.ratio(), "0.25");
  static final Key<Double> IOU_THRESHOLD =
      Key.defaulted("iouThreshold", ValueRange.ratio(), "0.45");
  static final Key<Long> PRE_NMS_TOP_K =
      Key.defaulted("preNmsTopK", ValueRange.whole("candidates", 1, 10_000_000), "1000");
  static final Key<Long> MAX_DETECTIONS =
      Key.defaulted("maxDetections", ValueRange.whole("detections", 1, 1_000_000), "100");
  static final Key<MappingNode> PARAMETERS =
      Key.optional("parameters", ValueRange.section(), "{unclip: 1.5}", "those of the decoder");
  static final Key<NmsMethod> NMS =
      Key.defaulted("nms", ValueRange.constant(NmsMethod.class), "hard");
  static final Key<Double> NMS_PARAMETER =
      Key.optional("nmsParameter", ValueRange.number("", 0, 1000), "0.5", "that of the rule");
  static final Key<Boolean> CLASS_AGNOSTIC =
      Key.defaulted("classAgnostic", ValueRange.flag(), "false");
  static final Key<Boolean> MULTI_LABEL = Key.defaulted("multiLabel", ValueRange.flag(), "false");
  static final Key<Long> CLASS_IDS =
      Key.defaulted("classIds", ValueRange.whole("", 0, 1_000_000), "[]").listOrEmpty();
  static final List<Key<?>> DECODER_KEYS =
      List.of(
          DECODER_TYPE,
          SCORE_THRESHOLD,
          IOU_THRESHOLD,
          PRE_NMS_TOP_K,
          MAX_DETECTIONS,
          PARAMETERS,
          NMS,
          NMS_PARAMETER,
          CLASS_AGNOSTIC,
          MULTI_LABEL,
          CLASS_IDS);

  static final Key<String> LABELS_FILE =
      Key.required("file", ValueRange.text("a file, relative to the card's folder"), "classes.txt");
  static final List<Key<?>> LABELS_KEYS = List.of(LABELS_FILE);

  private CardKeys() {}

  private static Optional<Long> extent(String text) {
    if (text.equals("N")) {
      return Optional.of(ModelCard.Port.BATCH);
    }
    if (text.equals("?")) {
      return Optional.of(TensorSpec.DYNAMIC);
    }
    return text.matches("[1-9][0-9]{0,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}
