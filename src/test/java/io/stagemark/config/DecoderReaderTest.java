package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderReaderTest {
  @TempDir Path folder;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(folder);
  }

  /** The problems of a card of two classes with this decoder and output. */
  private String problems(String decoder, String shape) throws IOException {
    bed.write(
        "models/toy/model.yaml",
        bed.card()
            .replaceFirst("decoder: .*", "decoder: " + decoder)
            .replace("[1, \"?\", 6]", shape));
    return bed.problems(ConfigBed.GOOD);
  }

  @Test
  void read_classCountThatDisagreesWithTheNames_namesBoth() throws IOException {
    assertThat(problems("{type: yolov8}", "[1, 84, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.type
              found:    outputs [output float32[1, 84, 21]]; labels: 2
              expected: decoder 'yolov8' of 2 classes at 8x8 px reads one output [N, 6, candidates] or [N, candidates, 6]
              try:      80 labels: output 'output' has so many classes, the card has 2 labels
            1 problem; nothing was run.
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "yolov5, '[1, 21, 6]'",
    "yolov10, '[1, 6]'",
    "yolox, '[1, 21, 7]'", // 8x8 px has one cell a stride: 3, not 21
    "text-map, '[1, 1, 8, 8]'", // of one class, not two
    "detr, '[1, 5, 2]'",
    "nanodet, '[1, 5, 2, 1]'",
    "ssd, '[1, 5, 2]'",
    "blazeface, '[1, 5, 1]'",
    "centernet, '[1, 2, 2, 2]'"
  })
  void read_outputOfAnotherRankOrShape_isToldBeforeAnythingRuns(String type, String shape)
      throws IOException {
    assertThat(problems("{type: " + type + "}", shape))
        .contains(
            "decoder.type", "found:    outputs [output float32", "decoder '" + type + "' of 2")
        .contains("1 problem; nothing was run.");
  }

  @Test
  void read_layoutThatFitsOrDependsOnTheData_isFine() throws IOException {
    assertThat(problems("{type: yolov8}", "[1, 6, 21]")).isEqualTo("none");
    assertThat(problems("{type: yolov8}", "[1, \"?\", 21]")).isEqualTo("none");
  }

  @Test
  void read_thresholdsOutsideTheirRange_areTold() throws IOException {
    assertThat(problems("{type: yolov8, scoreThreshold: 25, iouThreshold: -0.1}", "[1, 6, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.scoreThreshold
              found:    25
              expected: a ratio in [0, 1] (default 0.25)
              try:      scoreThreshold: 0.25
            models/toy/model.yaml:10: decoder.iouThreshold
              found:    -0.1
              expected: a ratio in [0, 1] (default 0.45)
              try:      iouThreshold: 0.45
            2 problems; nothing was run.
            """);
    assertThat(problems("{type: yolov8, scoreThreshold: .nan}", "[1, 6, 21]"))
        .contains("decoder.scoreThreshold", "a ratio in [0, 1]");
  }

  @Test
  void read_unknownDecoder_namesThoseOfTheTaskAndTheNearest() throws IOException {
    assertThat(problems("{type: yolo8}", "[1, 6, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.type
              found:    yolo8: task detection has no such decoder
              expected: one of: blazeface, centernet, centernet-wh, detr, efficientdet, fastestdet, fcos, nanodet, nanodet-plus, onnx-nms, picodet, retinanet, rows7, rtdetr-ultralytics, scrfd, selected, ssd, ssd-priors, text-map, tf-od, yolo-fastestv2, yolo-grids, yolonas, yolov10, yolov10-obb, yolov10-pose, yolov10-seg, yolov5, yolov5-seg, yolov7-pose, yolov8, yolov8-obb, yolov8-pose, yolov8-seg, yolox, yunet, yunet-2022
              try:      type: yolov8
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_parametersUnknownOrOutOfRange_areTold() throws IOException {
    assertThat(problems("{type: text-map, parameters: {unclp: 2, mapThreshold: 3}}", "[1, \"?\"]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.parameters.unclp
              found:    a parameter that decoder text-map does not have
              expected: one of: mapThreshold, unclip, minSidePx
              try:      unclip: 2
            models/toy/model.yaml:10: decoder.parameters.mapThreshold
              found:    3
              expected: a number in [0, 1] (default 0.3)
              try:      mapThreshold: 0.3
            2 problems; nothing was run.
            """);
    assertThat(problems("{type: centernet, parameters: {stride: 4}}", "[1, 6, 21]"))
        .contains("expected: no parameters", "try:      remove it");
  }

  @Test
  void read_wordsAndListsOfNumbers_areCheckedAsTheDecoderSays() throws IOException {
    assertThat(problems("{type: yolov8, parameters: {unit: fractions}}", "[1, 6, 21]"))
        .isEqualTo("none");
    assertThat(problems("{type: yolov8, parameters: {unit: metres}}", "[1, 6, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.parameters.unit
              found:    metres
              expected: one of: pixels, fractions (default pixels)
              try:      unit: pixels
            1 problem; nothing was run.
            """);
    assertThat(problems("{type: yolox, parameters: {strides: [8, 0]}}", "[1, 3, 7]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.parameters.strides
              found:    8 0
              expected: numbers in [1, 1024] (default [8, 16, 32])
              try:      strides: [8, 16, 32]
            1 problem; nothing was run.
            """);
    assertThat(problems("{type: yolox, parameters: {strides: [8]}}", "[1, 1, 7]"))
        .isEqualTo("none");
  }

  /** What follows a selection is as long as there are detections. */
  @Test
  void read_selectedOutputsOfAnOpenLength_areCheckedAllTheSame() throws IOException {
    assertThat(problems("{type: rows7}", "[\"?\", 7]")).isEqualTo("none");
    assertThat(problems("{type: rows7}", "[\"?\", 6]"))
        .contains("found:    outputs [output float32[?, 6]]; labels: 2");
  }

  @Test
  void read_ruleOrParameterThatWouldBePassedOver_isTold() throws IOException {
    assertThat(problems("{type: yolov10, nms: hard}", "[1, 9, 6]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.nms
              found:    a rule for decoder yolov10, whose boxes are not suppressed
              expected: no rule
              try:      remove this key
            1 problem; nothing was run.
            """);
    assertThat(problems("{type: yolov8, nmsParameter: 0.5}", "[1, 6, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.nmsParameter
              found:    a parameter of rule hard, which has none
              expected: a parameter for soft-gaussian, matrix-gaussian, opencv-soft or diou alone
              try:      remove this key
            1 problem; nothing was run.
            """);
    assertThat(problems("{type: yolov8, nms: diou, nmsParameter: 0}", "[1, 6, 21]"))
        .contains("found:    0", "a number in (0, 1000]");
    assertThat(problems("{type: yolov8, nms: matrix-linear, iouThreshold: 0.5}", "[1, 6, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.iouThreshold
              found:    a threshold of rule matrix-linear, which has none
              expected: a threshold for a rule that compares overlaps with it, such as hard
              try:      remove this key
            1 problem; nothing was run.
            """);
    assertThat(problems("{type: detr, iouThreshold: 0.5, classAgnostic: true}", "[1, 5, 2]"))
        .contains("decoder.iouThreshold", "decoder.classAgnostic", "2 problems;");
  }

  @ParameterizedTest
  @CsvSource({"yolov10, '[1, 9, 6]'", "blazeface, '[1, 896, 16]'", "text-map, '[1, 1, 8, 8]'"})
  void read_multiLabelOfOneClassABox_isTold(String type, String shape) throws IOException {
    assertThat(problems("{type: " + type + ", multiLabel: true}", shape))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.multiLabel
              found:    true for decoder %s, whose boxes have one class each
              expected: multiLabel for a decoder with a score a class, such as yolov8
              try:      remove this key
            1 problem; nothing was run.
            """
                .formatted(type));
  }

  @Test
  void read_multiLabelOfAScoreAClass_isFine() throws IOException {
    assertThat(problems("{type: yolov8, multiLabel: true}", "[1, 6, 21]")).isEqualTo("none");
    assertThat(problems("{type: yolov10, multiLabel: false}", "[1, 9, 6]")).isEqualTo("none");
  }

  @Test
  void read_classAgnosticWithoutSuppression_isTold() throws IOException {
    assertThat(problems("{type: yolov8, nms: none, classAgnostic: true}", "[1, 6, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.classAgnostic
              found:    true for rule none, which suppresses nothing
              expected: classAgnostic for a rule that suppresses, such as hard
              try:      remove this key
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_boxKeysOfAHeadOfPixels_areTold() throws IOException {
    bed.write(
        "models/toy/model.yaml",
        bed.card()
            .replace("task: detection", "task: segmentation")
            .replaceFirst(
                "decoder: .*", "decoder: {type: binary, scoreThreshold: 0.5, nms: hard}"));
    assertThat(bed.problems(ConfigBed.GOOD))
        .contains(
            """
            models/toy/model.yaml:10: decoder.nms
              found:    a key that decoder binary does not use
              expected: type and scoreThreshold
              try:      remove this key
            """)
        .contains("1 problem;");
  }

  @Test
  void read_classIdsBeyondTheNames_areTold() throws IOException {
    assertThat(problems("{type: yolov8, classIds: [1, 2]}", "[1, 6, 21]"))
        .isEqualTo(
            """
            models/toy/model.yaml:10: decoder.classIds[1]
              found:    class 2 of a model with 2 class names
              expected: from 0 to 1
              try:      classIds: []
            1 problem; nothing was run.
            """);
  }
}
