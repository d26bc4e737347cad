package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.image.Pictures;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.testdata.DroppedInEngine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decoder and a data set format that this project does not know, through the program. */
final class DroppedInDoorsTest {
  /** One box of the input's size in each image, with a score that the card gives. */
  private static final String DECODER =
      """
      package elsewhere;
      import io.stagemark.data.*;
      import io.stagemark.postprocess.decoder.*;
      import io.stagemark.postprocess.nms.BoxList;
      import java.util.*;
      import java.util.function.IntFunction;
      public final class WholeImage implements Decoder {
        public String name() { return "whole-image"; }
        public String description() { return "the whole image is the object"; }
        public List<DecoderParameter> parameters() {
          return List.of(new DecoderParameter("score", 0, 1, 0.5));
        }
        public boolean needsNms() { return false; }
        public boolean hasMultiLabel() { return false; }
        public BoxDecoder create(Head head) {
          if (head.outputs().size() != 1 || !head.isFloat(0, 2)) {
            throw head.refusal("one output [N, 4]", () -> "an export with one output");
          }
          float score = (float) head.parameter("score");
          return new BoxDecoder() {
            public void filter(IntFunction<Tensor> out, int slot, Filter filter, BoxList into) {
              if (score > filter.scoreThreshold()) {
                into.add(score, 0, 0);
              }
            }
            public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
              for (int i = 0; i < candidates.size(); i++) {
                candidates.box(i, 0, 0, head.inputWidthPx(), head.inputHeightPx());
              }
            }
            public boolean hasDense() { return false; }
            public int nonFinite(IntFunction<Tensor> outputs, int slot) { return 0; }
            public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
              throw new UnsupportedOperationException();
            }
          };
        }
      }
      """;

  /** A text file with a split and an image a line; the true object is 36x24 px. */
  private static final String FORMAT =
      """
      package elsewhere;
      import io.stagemark.data.*;
      import io.stagemark.dataset.*;
      import java.io.IOException;
      import java.nio.file.*;
      import java.util.*;
      import java.util.regex.Pattern;
      public final class Listed implements DatasetFormat {
        public String name() { return "listed"; }
        public String description() { return "a folder of images and a list: split, name"; }
        public Set<DatasetKey> required() {
          return Set.of(DatasetKey.IMAGES, DatasetKey.ANNOTATIONS);
        }
        public List<DatasetOption> options() {
          return List.of(
              new DatasetOption(
                  "split", "one of: train, val", Pattern.compile("train|val"), "val",
                  Optional.empty()));
        }
        public boolean hasTruth(DatasetSettings settings) { return true; }
        public Dataset open(DatasetSettings settings, Optional<ModelView> model)
            throws BadInputException {
          Path list = settings.annotations().orElseThrow();
          List<Example> examples = new ArrayList<>();
          try {
            for (String line : Files.readAllLines(list)) {
              String[] fields = line.split(" ");
              if (fields[0].equals(settings.options().get("split"))) {
                Annotation whole = new Annotation(new Box(0, 0, 36, 24), 0, 36 * 24, false);
                examples.add(
                    new Example(
                        fields[1], settings.path().resolve(fields[1]), List.of(),
                        new Truth.Objects(List.of(whole))));
              }
            }
          } catch (IOException e) {
            throw new BadInputException(
                new Problem(list.toString(), "no readable file", "a list", "mend it"));
          }
          return new Dataset(settings.name(), examples, List.of("read by a stranger"));
        }
      }
      """;

  @TempDir Path folder;
  private Path config = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Path plugin = folder.resolve("plugin");
    DroppedInEngine.compile(
        plugin, "io.stagemark.postprocess.decoder.Decoder", "WholeImage", DECODER);
    DroppedInEngine.compile(plugin, "io.stagemark.dataset.DatasetFormat", "Listed", FORMAT);
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.write(images.resolve("one.png"), Pictures.of("png"));
    Files.write(images.resolve("two.png"), Pictures.of("png"));
    Files.write(images.resolve("three.png"), Pictures.of("png"));
    Files.writeString(folder.resolve("list.txt"), "val one.png\ntrain three.png\nval two.png\n");
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.writeString(
        model.resolve("model.yaml"),
        """
        title: A toy
        licence: Apache-2.0
        provenance: made by a test
        task: detection
        inputs: [{name: images, type: float32, shape: [N, 3, 32, 32]}]
        outputs: [{name: output, type: float32, shape: [N, 4]}]
        preprocess: {resize: stretch, interpolation: opencv-linear, color: rgb, layout: nchw}
        decoder: {type: whole-image, parameters: {score: 0.75}}
        labels: [picture]
        """);
    config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            name: strangers
            dataset: {format: listed, images: images, annotations: list.txt, split: val}
            cases: {model: [./model], engine: [constant]}
            measure: {trials: 1, warmupSeconds: 0, minSeconds: 0, minBatches: 4}
            score: [coco-ap]
            reports: [console, json]
            output: out
            """);
  }

  private Program program(String... args) throws IOException {
    String classPath =
        folder.resolve("plugin") + File.pathSeparator + System.getProperty("java.class.path");
    return Program.startWith(classPath, args);
  }

  private String problems(String... overrides) throws Exception {
    String[] args = new String[2 + 2 * overrides.length];
    args[0] = "validate";
    args[1] = config.toString();
    for (int i = 0; i < overrides.length; i++) {
      args[2 + 2 * i] = "--set";
      args[3 + 2 * i] = overrides[i];
    }
    Program program = program(args);
    String said = program.rest();
    assertThat(program.exitCode()).as(said).isEqualTo(2);
    return said;
  }

  @Test
  void run_strangersDecoderAndFormat_findEachImageWhole() throws Exception {
    Program program = program("run", config.toString(), "--no-calibration");
    String said = program.rest();
    assertThat(program.exitCode()).as(said).isZero();

    RunResult result = ResultFiles.readRun(folder.resolve("out"));
    assertThat(result.status()).isEqualTo(RunResult.Status.COMPLETE);
    assertThat(result.dataset().examples()).isEqualTo(2);
    assertThat(result.dataset().notes()).contains("read by a stranger");
    CaseResult only = result.cases().get(0);
    // the box of 32x32 px is 36x24 px of the picture: the true one
    assertThat(only.score("coco-ap").orElseThrow().value()).isEqualTo(1);
  }

  @Test
  void validate_mistakesInStrangersKeys_nameLineAndRange() throws Exception {
    String card = Files.readString(folder.resolve("model/model.yaml"));
    Files.writeString(folder.resolve("model/model.yaml"), card.replace("0.75", "7"));
    assertThat(problems())
        .contains("model.yaml:8: decoder.parameters.score", "a number in [0, 1] (default 0.5)");
    Files.writeString(folder.resolve("model/model.yaml"), card.replace("[N, 4]", "[N, 4, 4]"));
    assertThat(problems())
        .contains("model.yaml:8: decoder.type", "reads one output [N, 4]")
        .contains("an export with one output");
    Files.writeString(folder.resolve("model/model.yaml"), card.replace("whole-image", "whole"));
    assertThat(problems()).contains("nanodet, ssd, text-map, whole-image, yolov10");

    Files.writeString(folder.resolve("model/model.yaml"), card);
    assertThat(problems("dataset.format=listd"))
        .contains("one of: coco, csv, image-folder, images, listed, masks, tensors")
        .contains("format: listed");
    assertThat(problems("dataset.split=test"))
        .contains("dataset.split", "found:    test", "one of: train, val (required)");
    assertThat(problems("dataset.format=coco")).contains("dataset.split", "unknown key");
  }
}
