package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads when keys, names or values of a config are wrong. */
final class ConfigProblemsTest {
  private static final String GOOD = ConfigBed.GOOD;

  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "en-US", "de-DE", "ar-EG", "tr-TR"})
  void read_severalProblems_tellsAllInTheOrderOfTheFile(String language) throws IOException {
    Files.write(bed.root().resolve("images/one.png"), new byte[0]);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(
              bed.problems(
                  """
                  name: [a]
                  speed: 1000
                  cases: {model: toi, engine: [onnx, pytorch], threads: 0}
                  dataset: {format: coco, images: images, annotations: images/instances.json}
                  measure: {trials: 1e3, warmupBatchs: 1500, minSeconds: 86400.5}
                  """))
          .isEqualTo(
              """
              run.yaml:1: name
                found:    a list
                expected: a folder name of letters, digits, '.', '_' and '-', at most 100 (required)
                try:      name: quickstart
              run.yaml:2: speed
                found:    unknown key
                expected: one of: name, dataset, cases, engineOptions, measure, score, coco, reports, output
                try:      remove this line
              run.yaml:3: cases.threads
                found:    0
                expected: a whole number in [1, 4096] (default [1])
                try:      threads: [1]
              run.yaml:3: cases.model
                found:    toi: no such model; looked at models/toi
                expected: one of: toy; or a path with a '/' to a folder with a model.yaml
                try:      model: [toy]
              run.yaml:3: cases.engine[0]
                found:    onnx: no such engine
                expected: one of: constant, onnxruntime, pytorch
                try:      engine: [onnxruntime]
              run.yaml:5: measure.warmupBatchs
                found:    unknown key
                expected: one of: scenario, streams, rate, latencyBoundMs, latencyPercent, gapMs, cpuAffinity, trials, precision, maxTrials, maxMinutes, warmupSeconds, warmupBatches, maxWarmupSeconds, minSeconds, minBatches, maxBatches, totalFrom, seed, trialTimeoutSeconds, heapMiB, operators, allowOversubscription, subStages, causes
                try:      warmupBatches: 1500
              run.yaml:5: measure.trials
                found:    1e3
                expected: a whole number in [1, 1000] (default 3)
                try:      trials: 3
              run.yaml:5: measure.minSeconds
                found:    86400.5
                expected: a number of seconds in [0, 86400] (default 5)
                try:      minSeconds: 5
              images/one.png
                found:    0 bytes
                expected: a whole JPEG, PNG, WebP, BMP, TIFF, JPEG 2000 or PNM file
                try:      fetch the file again, or take it out of the data set
              9 problems; nothing was run.
              """);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void read_unknownEngine_namesThoseThereAre() {
    assertThat(bed.problems(GOOD.replace("onnxruntime", "onnxruntme")))
        .isEqualTo(
            """
            run.yaml:8: cases.engine[0]
              found:    onnxruntme: no such engine
              expected: one of: constant, onnxruntime, pytorch
              try:      engine: [onnxruntime]
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_misspeltRequiredKey_isOneProblemNotTwo() {
    assertThat(bed.problems(GOOD.replace("dataset:", "datset:")))
        .isEqualTo(
            """
            run.yaml:2: datset
              found:    unknown key
              expected: one of: name, dataset, cases, engineOptions, measure, score, coco, reports, output
              try:      dataset: {format: images, images: data/quickstart}
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_missingRequiredKeys_areProblems() {
    assertThat(bed.problems("reports: []\n"))
        .contains("run.yaml:1: name\n  found:    nothing: the key is missing\n")
        .contains("run.yaml:1: dataset\n  found:    nothing: the key is missing\n")
        .contains("run.yaml:1: cases\n  found:    nothing: the key is missing\n")
        .endsWith("3 problems; nothing was run.\n");
  }

  @Test
  void read_threadsZero_isAProblemAsOne() {
    assertThat(bed.problems(GOOD + "  threads: [1, 0]\n"))
        .isEqualTo(
            """
            run.yaml:9: cases.threads[1]
              found:    0
              expected: a whole number in [1, 4096] (default [1])
              try:      threads: [1]
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_moreThreadsThanCores_isAProblem() {
    assertThat(bed.problems(GOOD + "  threads: [2, 3]\n"))
        .isEqualTo(
            """
            run.yaml:9: cases.threads[1]
              found:    3 threads on a machine of 2 cores
              expected: a whole number in [1, 2], or measure.allowOversubscription: true
              try:      threads: [2]
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_wordNearAChoice_suggestsIt() {
    assertThat(bed.problems(GOOD + "measure: {totalFrom: iamge}\n"))
        .isEqualTo(
            """
            run.yaml:9: measure.totalFrom
              found:    iamge
              expected: one of: file, image (default file)
              try:      totalFrom: image
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_deviceThatTheEngineCannotUse_isAProblem() {
    assertThat(bed.problems(GOOD.replace("onnxruntime", "constant") + "  device: cuda:1\n"))
        .isEqualTo(
            """
            run.yaml:9: cases.device
              found:    cuda:1 with engine constant
              expected: one of: cpu
              try:      device: [cpu]
            1 problem; nothing was run.
            """);
    assertThat(bed.problems(GOOD + "  device: gpu\n"))
        .contains("found:    gpu\n  expected: cpu, cuda or such as cuda:1 (default [cpu])\n");
  }

  @Test
  void read_batchThatTheModelDoesNotTake_isAProblem() {
    assertThat(bed.problems(GOOD + "  batch: [1, 8]\n"))
        .isEqualTo(
            """
            run.yaml:9: cases.batch[1]
              found:    batch 8 of model toy
              expected: 1: the first axis of its input 'images' is fixed
              try:      batch: [1]
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_engineThatReadsNoneOfTheModelsFiles_isAProblem() {
    assertThat(bed.problems(GOOD.replace("[onnxruntime]", "[onnxruntime, pytorch]")))
        .isEqualTo(
            """
            run.yaml:8: cases.engine[1]
              found:    engine pytorch, which reads torchscript, with model toy
              expected: an engine that reads one of its files: onnx
              try:      exclude: [{model: toy, engine: pytorch}]
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_unknownScoresAndReports_areProblems() {
    assertThat(bed.problems(GOOD + "score: [coco-pa, focal, focal]\nreports: [consle]\n"))
        .isEqualTo(
            """
            run.yaml:9: score[0]
              found:    coco-pa: no such score of task detection
              expected: one of: coco-ap, focal, bce
              try:      score: [coco-ap]
            run.yaml:9: score[2]
              found:    focal a second time
              expected: each name once
              try:      remove one
            run.yaml:10: reports[0]
              found:    consle: no such reporter
              expected: one of: console, html, json, markdown
              try:      reports: [console]
            3 problems; nothing was run.
            """);
  }

  @Test
  void read_scoresWithoutTruth_isAProblem() {
    String images =
        GOOD.replace("coco", "images").replace("  annotations: images/instances.json\n", "");
    assertThat(bed.problems(images + "score: [focal]\n"))
        .isEqualTo(
            """
            run.yaml:8: score
              found:    scores of a data set of format images
              expected: no scores: such a data set has no truth; or dataset.format coco, or dataset.targets for a model without a decoder
              try:      score: []
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_engineOptions_areCheckedAgainstTheEngine() {
    assertThat(
            bed.problems(
                GOOD
                    + """
                    engineOptions:
                      onnxruntime: {allowSpining: true}
                      pytorch: {streams: -1}
                      torch: {}
                    """))
        .isEqualTo(
            """
            run.yaml:10: engineOptions.onnxruntime.allowSpining
              found:    unknown key
              expected: one of: allowSpinning
              try:      allowSpinning: true
            run.yaml:11: engineOptions.pytorch.streams
              found:    -1
              expected: a whole number from 0 (default 1)
              try:      streams: 1
            run.yaml:12: engineOptions.torch
              found:    unknown engine
              expected: one of: constant, onnxruntime, pytorch
              try:      pytorch: {graphOptimizer: false}
            3 problems; nothing was run.
            """);
  }

  @Test
  void read_countsAndTimesThatContradict_areProblems() {
    assertThat(
            bed.problems(GOOD + "measure: {minBatches: 100, maxBatches: 10, minSeconds: 700.5}\n"))
        .isEqualTo(
            """
            run.yaml:9: measure.minBatches
              found:    100, more than maxBatches 10
              expected: at most maxBatches
              try:      maxBatches: 100
            run.yaml:9: measure.trialTimeoutSeconds
              found:    600 seconds, too short for maxWarmupSeconds and minSeconds
              expected: more than their sum, 720.5 seconds, and time to load the model
              try:      trialTimeoutSeconds: 1501
            2 problems; nothing was run.
            """);
    assertThat(bed.problems(GOOD + "measure: {minBatches: 10, maxBatches: 10}\n"))
        .isEqualTo("none");
  }

  @Test
  void read_keysOfAnotherDatasetFormat_areProblems() {
    assertThat(bed.problems(GOOD.replace("coco", "images")))
        .isEqualTo(
            """
            run.yaml:5: dataset.annotations
              found:    a key that format images does not use
              expected: a file or folder of annotations, relative to this file's (default: none; see format)
              try:      remove this line
            1 problem; nothing was run.
            """);
    assertThat(bed.problems(GOOD.replace("images: images", "path: images")))
        .contains("run.yaml:3: dataset.images\n  found:    nothing: the key is missing\n")
        .contains("run.yaml:4: dataset.path\n  found:    a key that format coco does not use\n")
        .endsWith("2 problems; nothing was run.\n");
  }

  @Test
  void read_modelOfImagesWithTensors_isAProblem() {
    bed.write("tensors/a.npy", "");
    String tensors =
        GOOD.replace("format: coco", "format: tensors")
            .replace("  images: images\n", "  path: tensors\n")
            .replace("  annotations: images/instances.json\n", "");
    assertThat(bed.problems(tensors))
        .startsWith(
            """
            run.yaml:6: cases.model[0]
              found:    model toy, which takes images, with a data set of format tensors
              expected: a data set of images: any format but random or tensors
              try:      dataset.format: images
            """);
  }

  @Test
  void read_outputUnderAFile_isAProblem() {
    bed.write("file", "x");
    assertThat(bed.problems(GOOD + "output: file/inside/out\n"))
        .isEqualTo(
            """
            run.yaml:9: output
              found:    file: not a folder
              expected: a folder that can be written, or created: file/inside/out
              try:      output: /tmp/out
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_unsafeName_isAProblem() {
    for (String name : new String[] {"../up", "a/b", "..", ".hidden", "'a b'", "x.", "''"}) {
      assertThat(bed.problems(GOOD.replace("toy-run", name)))
          .startsWith("run.yaml:1: name\n  found:    ");
    }
  }

  @Test
  void read_precisionThatIsNoPercentage_isAProblem() {
    for (String precision : new String[] {"3", "0.03", "0%", "50.1%", "-3%", "3 percent", "'%'"}) {
      assertThat(bed.problems(GOOD + "measure: {precision: " + precision + "}\n"))
          .startsWith("run.yaml:9: measure.precision\n  found:    ")
          .contains("expected: a percentage in [0.1%, 50%]", "try:      precision: 3%");
    }
  }

  @Test
  void read_fewerTrialsAtMostThanAtLeast_isAProblem() {
    assertThat(bed.problems(GOOD + "measure: {trials: 5, maxTrials: 4}\n"))
        .isEqualTo(
            """
            run.yaml:9: measure.maxTrials
              found:    4, fewer than trials 5
              expected: at least trials
              try:      maxTrials: 5
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_badOverrides_nameTheArgument() {
    assertThat(
            bed.problems(GOOD, "measure.trails=5", "nonsense", "cases.batch=[", "cases.threads=0"))
        .isEqualTo(
            """
            --set measure.trails
              found:    unknown key
              expected: one of: scenario, streams, rate, latencyBoundMs, latencyPercent, gapMs, cpuAffinity, trials, precision, maxTrials, maxMinutes, warmupSeconds, warmupBatches, maxWarmupSeconds, minSeconds, minBatches, maxBatches, totalFrom, seed, trialTimeoutSeconds, heapMiB, operators, allowOversubscription, subStages, causes
              try:      trials: 5
            --set nonsense
              found:    nonsense
              expected: key=value, the key as this program's messages write it
              try:      --set measure.trials=5
            --set cases.batch
              found:    while parsing a flow node in line 1: expected the node content, but found '<stream end>'
              expected: a value in YAML
              try:      --set 'cases.batch=...', in quotes for the shell
            --set cases.threads
              found:    0
              expected: a whole number in [1, 4096] (default [1])
              try:      threads: [1]
            4 problems; nothing was run.
            """);
  }
}
