package io.stagemark.cli;

import io.stagemark.image.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sources of a stranger's plugins, package {@code elsewhere}, and a run that uses them all. */
final class StrangersParts {
  static final String ENGINE =
      """
      import io.stagemark.data.*;
      import io.stagemark.engine.*;
      import java.util.*;
      public final class Quarters implements Engine {
        public String name() { return "quarters"; }
        public EngineInfo info() {
          return new EngineInfo("7", Optional.empty(), List.of("cpu"), List.of());
        }
        public LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException {
          return new LoadedModel() {
            public EngineSession newSession() {
              Tensor in = Tensor.allocate(model.inputs().get(0));
              Tensor out = Tensor.allocate(model.outputs().get(0));
              return new EngineSession() {
                public List<TensorSpec> inputs() { return List.of(in.spec()); }
                public List<TensorSpec> outputs() { return List.of(out.spec()); }
                public Tensor input(int index) { return in; }
                public void forward() {
                  for (int i = 0; i < out.floats().capacity(); i++) {
                    out.floats().put(i, i % 4 / 4f);
                  }
                }
                public Tensor output(int index) { return out; }
                public void close() {}
              };
            }
            public void close() {}
          };
        }
      }
      """;

  static final String REPORTER =
      """
      import io.stagemark.output.OutputTree;
      import io.stagemark.report.*;
      import io.stagemark.result.*;
      import java.io.IOException;
      import java.util.List;
      public final class Brief implements Reporter {
        public String name() { return "brief"; }
        public Rendering render(RunResult result, OutputTree folder) throws IOException {
          folder.write("brief.txt", result.name() + "\\n");
          return new Rendering("BRIEF " + result.cases().get(0).id() + "\\n", List.of("brief.txt"));
        }
      }
      """;

  static final String COMPARISON =
      """
      import io.stagemark.report.comparison.*;
      import io.stagemark.result.comparison.Comparison;
      public final class OneWord implements ComparisonReporter {
        public String name() { return "one-word"; }
        public String render(Comparison comparison) { return comparison.overall() + "\\n"; }
      }
      """;

  static final String LOSS =
      """
      import io.stagemark.scoring.*;
      import java.util.*;
      public final class Gap implements Loss {
        public String name() { return "gap"; }
        public LossDescription description() {
          return new LossDescription("|p - t|", "nobody", "[N]", "[N]", List.of());
        }
        public Optional<ScoreArguments> argumentsFor(PredictionForm form) {
          return form == PredictionForm.PROBABILITIES
              ? Optional.of(description().defaults())
              : Optional.empty();
        }
        public String unit() { return "ratio"; }
        public LossResult evaluate(ScoreTensor p, ScoreTensor t, ScoreArguments arguments) {
          double sum = 0;
          for (int i = 0; i < p.size(); i++) {
            sum += Math.abs(p.get(i) - t.get(i));
          }
          return new LossResult(sum / p.size(), Reduction.MEAN, p.size(), Optional.empty());
        }
      }
      """;

  /**
   * One box of the input's size in each image, with a score that the card gives; the losses read
   * the last of the four numbers.
   */
  static final String DECODER =
      """
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
            public DenseCandidates dense(IntFunction<Tensor> out, int slot, Geometry geometry) {
              double[] box = {
                geometry.sourceX(0), geometry.sourceY(0),
                geometry.sourceX(head.inputWidthPx()), geometry.sourceY(head.inputHeightPx())
              };
              return new DenseCandidates(
                  1, 1, false, out.apply(0).floats(),
                  new DenseCandidates.Layout(4 * slot + 3, 1, 1), box);
            }
          };
        }
      }
      """;

  /** A text file with a split and an image a line; the true object is 36x24 px. */
  static final String FORMAT =
      """
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

  private StrangersParts() {}

  /** Writes a data set of two examples, a card and a config that name the stranger's parts. */
  static Path config(Path folder, String engine, String scores, String reports) throws IOException {
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
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        name: strangers
        dataset: {format: listed, images: images, annotations: list.txt, split: val}
        cases: {model: [./model], engine: [%s]}
        measure: {trials: 1, warmupSeconds: 0, minSeconds: 0, minBatches: 4, causes: false}
        score: [%s]
        reports: [%s]
        output: out
        """
            .formatted(engine, scores, reports));
  }
}
