package io.stagemark.config;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.preprocess.DerivedValue;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.scoring.activation.Activation;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Every key of a model card, with its range and default. */
final class CardKeys {
  static final KeyList ROOT = new KeyList();
  static final Key<String> NAME =
      ROOT.optional("name", RunKeys.NAME.range(), "my-model", "the folder's name");
  static final Key<String> TITLE =
      ROOT.optional(
          "title",
          ValueRange.text("one line for people"),
          "A detector of faces",
          "the file's name");
  static final Key<String> LICENCE =
      ROOT.optional(
          "licence",
          ValueRange.text("an SPDX name or a sentence"),
          "Apache-2.0",
          "what the file states");
  static final Key<String> PROVENANCE =
      ROOT.optional(
          "provenance",
          ValueRange.text("where the files come from and how they were converted"),
          "exported with export.py from our training run of May",
          "the producer that the file states");
  static final Key<String> TASK =
      ROOT.required("task", ValueRange.text("a task's name"), "detection");
  static final Key<MappingNode> FILES =
      ROOT.declare(
          Key.required(
                  "files", ValueRange.section(), "{onnx: {path: model.onnx, sha256: <64 digits>}}")
              .orElse("none: only an engine that reads no file can run it"));
  static final Key<MappingNode> INPUTS =
      ROOT.declare(
          Key.optional(
                  "inputs",
                  ValueRange.section(),
                  "[{name: images, type: float32, shape: [N, 3, 640, 640]}]",
                  "the file's own")
              .list());
  static final Key<MappingNode> OUTPUTS =
      ROOT.declare(
          Key.optional(
                  "outputs",
                  ValueRange.section(),
                  "[{name: output, type: float32, shape: [N, 1000]}]",
                  "the file's own")
              .list());
  static final Key<MappingNode> PREPROCESS =
      ROOT.optional(
          "preprocess", ValueRange.section(), "{resize: stretch}", "none: the model takes tensors");
  static final Key<MappingNode> DECODER =
      ROOT.optional(
          "decoder", ValueRange.section(), "{type: centernet}", "none: outputs stay as they are");
  static final Key<Node> LABELS =
      ROOT.optional(
          "labels",
          ValueRange.node("a list of class names, or file: a text file with one name a line"),
          "[face]",
          "the names that the file states, if it does");
  static final Key<MappingNode> CARRY =
      ROOT.declare(
          Key.optional(
                  "carry",
                  ValueRange.section(),
                  "[{output: stateN, input: state}]",
                  "none: every example is independent")
              .list());

  static final KeyList FILE_KEYS = new KeyList();
  static final Key<String> FILE_PATH =
      FILE_KEYS.required(
          "path", ValueRange.text("a file, relative to the card's folder"), "model.onnx");
  static final Key<String> SHA256 =
      FILE_KEYS.optional(
          "sha256",
          ValueRange.matching(
              "64 hexadecimal digits in lower case, as sha256sum prints them",
              Pattern.compile("[0-9a-f]{64}")),
          "<what sha256sum prints>",
          "that of the file as it is; the report has it");

  static final KeyList PORT_KEYS = new KeyList();
  static final Key<String> PORT_NAME =
      PORT_KEYS.required("name", ValueRange.text("the model's name for it"), "images");
  static final Key<ElementType> TYPE =
      PORT_KEYS.required("type", ValueRange.constant(ElementType.class), "float32");
  static final Key<Long> SHAPE =
      PORT_KEYS.declare(
          Key.required(
                  "shape",
                  ValueRange.read(
                      "a whole number from 1, N (the batch) or \"?\" (depends on the data)",
                      CardKeys::extent),
                  "[N, 3, 640, 640]")
              .listOrEmpty());
  static final Key<Activation> ACTIVATION =
      PORT_KEYS.optional(
          "activation",
          ValueRange.constant(Activation.class),
          "softmax",
          "none: the output is what the task scores; for outputs");

  static final Key<Double> VALUE =
      PORT_KEYS.declare(
          Key.optional(
                  "value",
                  ValueRange.finite(),
                  "[640, 640]",
                  "none: the examples fill it; for inputs")
              .list());
  static final Key<Double> DRAWN_FROM =
      PORT_KEYS.declare(
          Key.optional(
                  "range",
                  ValueRange.finite(),
                  "[0, 30521]",
                  "0 to 1; for inputs that dataset.format random fills")
              .list());

  static final Key<DerivedValue> DERIVE =
      PORT_KEYS.optional(
          "derive",
          ValueRange.constant(DerivedValue.class),
          "picture-wh",
          "none: the examples fill it; for inputs of a model of images");
  static final Key<MappingNode> QUANTIZATION =
      PORT_KEYS.optional(
          "quantization",
          ValueRange.section(),
          "{scale: 0.00392156862745098, zeroPoint: 0}",
          "none: the whole numbers are what they are; for int8, uint8, int16 and uint16");

  static final KeyList QUANTIZATION_KEYS = new KeyList();
  static final Key<Double> QUANTIZATION_SCALE =
      QUANTIZATION_KEYS.required("scale", ValueRange.number("", 1e-30, 1e30), "0.00390625");
  static final Key<Long> ZERO_POINT =
      QUANTIZATION_KEYS.defaulted("zeroPoint", ValueRange.whole("", -32_768, 65_535), "0");

  static final KeyList CARRY_KEYS = new KeyList();
  static final Key<String> CARRY_OUTPUT =
      CARRY_KEYS.required("output", ValueRange.text("the name of an output"), "stateN");
  static final Key<String> CARRY_INPUT =
      CARRY_KEYS.required(
          "input", ValueRange.text("the name of the input that it becomes"), "state");

  static final KeyList PREPROCESS_KEYS = new KeyList();
  static final Key<Resize> RESIZE =
      PREPROCESS_KEYS.required("resize", ValueRange.constant(Resize.class), "stretch");
  static final Key<Interpolation> INTERPOLATION =
      PREPROCESS_KEYS.defaulted(
          "interpolation", ValueRange.constant(Interpolation.class), "opencv-linear");
  static final Key<Color> COLOR =
      PREPROCESS_KEYS.defaulted("color", ValueRange.constant(Color.class), "rgb");
  static final Key<Layout> LAYOUT =
      PREPROCESS_KEYS.defaulted("layout", ValueRange.constant(Layout.class), "nchw");
  static final Key<Double> SCALE = PREPROCESS_KEYS.defaulted("scale", ValueRange.finite(), "1");
  static final Key<Double> MEAN =
      PREPROCESS_KEYS.declare(Key.defaulted("mean", ValueRange.finite(), "[0]").list());
  static final Key<Double> STD =
      PREPROCESS_KEYS.declare(Key.defaulted("std", ValueRange.finite(), "[1]").list());
  static final Key<Double> PAD_VALUE =
      PREPROCESS_KEYS.defaulted("padValue", ValueRange.number("", 0, 255), "0");
  static final Key<Boolean> SCALE_UP =
      PREPROCESS_KEYS.defaulted("scaleUp", ValueRange.flag(), "true");
  static final Key<Long> PAD_STRIDE_PX =
      PREPROCESS_KEYS.optional(
          "padStridePx", ValueRange.whole("px", 1, 4096), "32", "pad to the whole input");
  static final Key<Long> SHORTER_SIDE_PX =
      PREPROCESS_KEYS.optional(
          "shorterSidePx", ValueRange.whole("px", 1, 65_536), "256", "the input's longer side");
  static final Key<Long> LONGER_SIDE_PX =
      PREPROCESS_KEYS.optional(
          "longerSidePx",
          ValueRange.whole("px", 2, 65_536),
          "640",
          "no such limit; of a letterbox the largest that fits");
  static final Key<Long> MAX_SOURCE_PIXELS =
      PREPROCESS_KEYS.defaulted(
          "maxSourcePixels", ValueRange.whole("px", 1, 2_000_000_000), "100000000");

  static final KeyList DECODER_KEYS = new KeyList();
  static final Key<String> DECODER_TYPE =
      DECODER_KEYS.required("type", ValueRange.text("a decoder's name"), "centernet");
  static final Key<Double> SCORE_THRESHOLD =
      DECODER_KEYS.defaulted("scoreThreshold", ValueRange.ratio(), "0.25");
  static final Key<Double> IOU_THRESHOLD =
      DECODER_KEYS.defaulted("iouThreshold", ValueRange.ratio(), "0.45");
  static final Key<Long> PRE_NMS_TOP_K =
      DECODER_KEYS.defaulted("preNmsTopK", ValueRange.whole("candidates", 1, 10_000_000), "1000");
  static final Key<Long> MAX_DETECTIONS =
      DECODER_KEYS.defaulted("maxDetections", ValueRange.whole("detections", 1, 1_000_000), "100");
  static final Key<MappingNode> PARAMETERS =
      DECODER_KEYS.optional(
          "parameters", ValueRange.section(), "{unclip: 1.5}", "those of the decoder");
  static final Key<NmsMethod> NMS =
      DECODER_KEYS.defaulted("nms", ValueRange.constant(NmsMethod.class), "hard");
  static final Key<Double> NMS_PARAMETER =
      DECODER_KEYS.optional(
          "nmsParameter", ValueRange.number("", 0, 1000), "0.5", "that of the rule");
  static final Key<Boolean> CLASS_AGNOSTIC =
      DECODER_KEYS.defaulted("classAgnostic", ValueRange.flag(), "false");
  static final Key<Boolean> MULTI_LABEL =
      DECODER_KEYS.defaulted("multiLabel", ValueRange.flag(), "false");
  static final Key<Long> CLASS_IDS =
      DECODER_KEYS.declare(
          Key.defaulted("classIds", ValueRange.whole("", 0, 1_000_000), "[]").listOrEmpty());

  static final KeyList LABELS_KEYS = new KeyList();
  static final Key<String> LABELS_FILE =
      LABELS_KEYS.required(
          "file", ValueRange.text("a file, relative to the card's folder"), "classes.txt");

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
