package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards whose images give the input its size, right and wrong. */
final class SizesByImageProblemsTest {
  private static final String SIDES = "shape: [N, 3, \"?\", \"?\"]";
  private static final String LETTERBOX = "resize: letterbox, longerSidePx: 64, padStridePx: 32";

  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  /** Returns the toy's card with open sides and such preprocessing. */
  private String card(String sides, String resize) throws IOException {
    return bed.card()
        .replace("shape: [1, 3, 8, 8]", sides)
        .replace("resize: stretch", resize)
        .replace("decoder: {type: yolox, parameters: {decoded: 1}}", "decoder: {type: none}")
        .replace("task: detection", "task: tensors");
  }

  private String problems(String card, String config, String... overrides) {
    bed.write("models/toy/model.yaml", card);
    return bed.problems(config, overrides);
  }

  private String problems(String card) {
    return problems(card, ConfigBed.GOOD);
  }

  @Test
  void read_openSidesWithLongerSide_areRight() throws Exception {
    bed.write("models/toy/model.yaml", card(SIDES, LETTERBOX));
    ModelCard card = bed.read(ConfigBed.GOOD).cases().get(0).model();
    assertThat(card.sizesByImage()).isTrue();
    // 30/40 of 64 is 48, and 64 holds it
    assertThat(card.inputSize(40, 30)).hasToString("64x64 px");
    assertThat(card.inputSize(40, 20)).hasToString("64x32 px");
  }

  @Test
  void read_knownSidesWithLongerSide_areOneSize() throws Exception {
    bed.write("models/toy/model.yaml", card("shape: [1, 3, 32, 64]", LETTERBOX));
    assertThat(bed.read(ConfigBed.GOOD).cases().get(0).model().sizesByImage()).isFalse();
  }

  @Test
  void read_longerSideThatDoesNotFitTheStride_isToldWithItsLine() throws Exception {
    assertThat(problems(card(SIDES, "resize: letterbox, longerSidePx: 64")))
        .isEqualTo(
            """
            models/toy/model.yaml:9: preprocess.longerSidePx
              found:    64 without padStridePx
              expected: beside it padStridePx: both sides of the input become a multiple of that
              try:      padStridePx: 32
            1 problem; nothing was run.
            """);
    assertThat(problems(card(SIDES, "resize: letterbox, longerSidePx: 64, padStridePx: 48")))
        .isEqualTo(
            """
            models/toy/model.yaml:9: preprocess.longerSidePx
              found:    64, no multiple of padStridePx 48
              expected: a multiple of padStridePx
              try:      longerSidePx: 96
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_openSidesWithoutARule_areToldWithTheirLine() throws Exception {
    for (String resize :
        new String[] {
          "resize: letterbox, padStridePx: 32", "resize: stretch", "resize: center-crop"
        }) {
      assertThat(problems(card(SIDES, resize)))
          .isEqualTo(
              """
              models/toy/model.yaml:9: preprocess
                found:    open sides, images float32[1, 3, ?, ?], and no rule that gives each image its size
                expected: resize: letterbox with longerSidePx and padStridePx, or known sides in inputs
                try:      resize: letterbox, longerSidePx: 640, padStridePx: 32
              1 problem; nothing was run.
              """);
    }
    assertThat(problems(card("shape: [N, 3, 48, \"?\"]", LETTERBOX)))
        .contains("models/toy/model.yaml:7: inputs", "one open side: images float32[1, 3, 48, ?]");
  }

  @Test
  void read_cardWithoutOutputs_isToldToNameThem() throws Exception {
    assertThat(problems(card(SIDES, LETTERBOX).replaceFirst("outputs: .*\n", "")))
        .contains("no outputs on a card whose image input has open sides");
  }

  @Test
  void read_secondInputWithOpenExtents_isRefused() throws Exception {
    String card =
        card(SIDES, LETTERBOX)
            .replace(
                "shape: [N, 3, \"?\", \"?\"]}",
                "shape: [N, 3, \"?\", \"?\"]}, {name: mask, type: float32, shape: [N, \"?\", \"?\"],"
                    + " derive: pixel-mask}");
    assertThat(problems(card))
        .contains("mask float32[1, ?, ?], beside an image input of open sides");
  }

  @Test
  void read_batchOrEngineOrOperatorsThatCannotBe_areToldTogether() throws Exception {
    String config =
        ConfigBed.GOOD.replace("engine: [onnxruntime]", "engine: [constant]\n  batch: [2]")
            + "measure: {operators: true}\n";
    assertThat(problems(card(SIDES, LETTERBOX), config))
        .isEqualTo(
            """
            run.yaml:8: cases.engine[0]
              found:    engine constant with model toy, whose input has a size by image
              expected: an engine that runs a model at several sizes: onnxruntime
              try:      a card with known sides in inputs, or another engine
            run.yaml:9: cases.batch[0]
              found:    batch 2 of model toy, whose input has a size by image
              expected: 1: the images of a batch would have to be of one size
              try:      batch: [1]
            run.yaml:10: measure.operators
              found:    true with model toy, whose input has a size by image
              expected: false, or models whose cards have known sides in inputs
              try:      operators: false
            3 problems; nothing was run.
            """);
    assertThat(problems(card(SIDES, LETTERBOX), ConfigBed.GOOD, "cases.batch=[1, 4]"))
        .contains("batch 4 of model toy, whose input has a size by image", "1 problem");
  }
}
