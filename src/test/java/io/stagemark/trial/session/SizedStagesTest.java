package io.stagemark.trial.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.RealCatalog;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.spi.Registry;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.imgcodecs.Imgcodecs;

/** A text detector of free sides on pages of three sizes, against cards of their fixed sizes. */
final class SizedStagesTest {
  private static final Path MODEL =
      Path.of("models/ppocrv3-text-detection/ch_PP-OCRv3_det_infer.onnx").toAbsolutePath();

  /** Pages of 320x160, 200x320 and 320x320 px, the longer side 320, padded to multiples of 32. */
  private static final List<String> SIZES = List.of("320x160", "224x320", "320x320");

  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    OpenCvRuntime.start();
    Files.createDirectories(folder.resolve("images"));
    crop(0, new Rect(0, 0, 320, 320));
    crop(1, new Rect(0, 80, 320, 160));
    crop(2, new Rect(60, 0, 200, 320));
    crop(3, new Rect(0, 60, 320, 160));
    Files.copy(MODEL, folder.resolve("m.onnx"));
  }

  private void crop(int page, Rect part) {
    Mat whole = Imgcodecs.imread("configs/data/text-segmentation/images/page-" + page + ".png");
    Imgcodecs.imwrite(folder.resolve("images/" + page + ".png").toString(), new Mat(whole, part));
  }

  private static String decoder(String task) {
    return switch (task) {
      case "detection" -> "{type: text-map, scoreThreshold: 0.6}";
      case "segmentation" -> "{type: binary, scoreThreshold: 0.3}";
      default -> "{type: none}";
    };
  }

  /**
   * Writes a card.
   *
   * @param sides of the input, height first
   */
  private String card(String name, String task, String sides, String outputSides) throws Exception {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(
        folder.resolve(name).resolve("model.yaml"),
        """
        task: %s
        files: {onnx: {path: ../m.onnx}}
        inputs: [{name: x, type: float32, shape: [N, 3, %s]}]
        outputs: [{name: sigmoid_0.tmp_0, type: float32, shape: [N, 1, %s]}]
        preprocess: {resize: letterbox, longerSidePx: 320, padStridePx: 32, scale: 0.00392156862745098}
        decoder: %s
        labels: [text]
        """
            .formatted(task, sides, outputSides, decoder(task)));
    return folder.resolve(name).toString();
  }

  private RunConfig config(String task, String outputSides) throws Exception {
    List<String> models = new ArrayList<>();
    models.add(card("by-image", task, "\"?\", \"?\"", outputSides));
    for (String size : SIZES) {
      String sides = size.split("x")[1] + ", " + size.split("x")[0];
      models.add(card(size, task, sides, sides));
    }
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            name: sizes
            dataset: {format: images, images: %s}
            cases: {model: [%s], engine: [onnxruntime], threads: [1]}
            output: out
            """
                .formatted(
                    folder.resolve("images"),
                    models.stream()
                        .map(Path::of)
                        .map(Path::toString)
                        .collect(Collectors.joining(", "))));
    return new ConfigReader(RealCatalog.of(folder.resolve("out"))).read(file, List.of());
  }

  /** A TorchScript module that adds 1, of any shape. */
  private RunConfig torchScript() throws Exception {
    Files.copy(Path.of("src/test/resources/engine/add.pt"), folder.resolve("m.pt"));
    Files.createDirectories(folder.resolve("script"));
    Files.writeString(
        folder.resolve("script/model.yaml"),
        """
        task: tensors
        title: t
        licence: none
        provenance: none
        files: {torchscript: {path: ../m.pt}}
        inputs: [{name: x, type: float32, shape: [N, 3, "?", "?"]}]
        outputs: [{name: y, type: float32, shape: [N, 3, "?", "?"]}]
        preprocess: {resize: letterbox, longerSidePx: 320, padStridePx: 32}
        """);
    Path file =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            name: sizes
            dataset: {format: images, images: images}
            cases: {model: [./script], engine: [pytorch], threads: [1]}
            output: out
            """);
    return new ConfigReader(RealCatalog.of(folder.resolve("out"))).read(file, List.of());
  }

  @Test
  void run_torchScriptOfFreeSides_givesEachImageItsSize() throws Exception {
    RunConfig config = torchScript();
    CaseSpec spec = config.cases().get(0);
    Engine engine = engine(spec.engine());
    List<String> shapes = new ArrayList<>();
    List<Example> examples = examples(config);
    try (LoadedModel model = engine.load(CaseSession.modelFile(spec, engine), spec.settings());
        EngineSession session = CaseSession.open(model, spec, engine);
        TaskSession stages = CaseSession.bind(task(spec), spec, session, examples)) {
      for (Example example : examples) {
        stages.decode(0, new ExampleSource.ImageFile(example.source()));
        stages.preprocess(1);
        session.forward();
        shapes.add(session.outputs().get(0).toString());
        FloatBuffer in = session.input(0).floats();
        FloatBuffer out = session.output(0).floats();
        assertThat(out.capacity()).isEqualTo(in.capacity());
        for (int i = 0; i < in.capacity(); i++) {
          if (out.get(i) != in.get(i) + 1) {
            throw new AssertionError("element %d: %s of %s".formatted(i, out.get(i), in.get(i)));
          }
        }
      }
    }
    assertThat(shapes)
        .containsExactly(
            "y float32[1, 3, 320, 320]",
            "y float32[1, 3, 160, 320]",
            "y float32[1, 3, 320, 224]",
            "y float32[1, 3, 160, 320]");
  }

  private static Engine engine(String name) {
    return Registry.discover(Engine.class, SizedStagesTest.class.getClassLoader()).get(name);
  }

  private static Task task(CaseSpec spec) {
    return Registry.discover(Task.class, SizedStagesTest.class.getClassLoader())
        .get(spec.model().task().task());
  }

  private static List<Example> examples(RunConfig config) throws Exception {
    return Datasets.open(config.dataset(), config.cases().get(0).model().view()).examples();
  }

  /** Runs examples in this order; their outputs and predictions. */
  private static List<Observation> run(CaseSpec spec, List<Example> examples) throws Exception {
    Engine engine = engine(spec.engine());
    List<Observation> seen = new ArrayList<>();
    try (LoadedModel model = engine.load(CaseSession.modelFile(spec, engine), spec.settings());
        EngineSession session = CaseSession.open(model, spec, engine);
        TaskSession stages = CaseSession.bind(task(spec), spec, session, examples)) {
      for (Example example : examples) {
        stages.decode(0, new ExampleSource.ImageFile(example.source()));
        stages.preprocess(1);
        session.forward();
        stages.postprocess(1);
        seen.add(stages.observe(0, true));
      }
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"detection", "segmentation", "tensors"})
  void run_sizesByImage_areToTheBitThoseOfFixedCards(String task) throws Exception {
    RunConfig config = config(task, "\"?\", \"?\"");
    CaseSpec byImage = config.cases().get(0);
    List<Example> examples = examples(config);
    List<Example> twice = new ArrayList<>(examples);
    twice.addAll(examples); // each size again, after the other one
    List<Observation> seen = run(byImage, twice);
    for (int i = 0; i < twice.size(); i++) {
      ImageSize size = CaseSizes.of(byImage, twice.get(i)).orElseThrow();
      CaseSpec fixed =
          config.cases().get(1 + SIZES.indexOf(size.widthPx() + "x" + size.heightPx()));
      Observation expected = run(fixed, List.of(twice.get(i))).get(0);
      assertThat(bytes(seen.get(i)).equals(bytes(expected))).as("outputs of " + i).isTrue();
      assertThat(seen.get(i).prediction())
          .usingRecursiveComparison()
          .isEqualTo(expected.prediction());
      assertThat(seen.get(i).geometry()).isEqualTo(expected.geometry());
    }
    if (task.equals("detection")) {
      assertThat(seen)
          .anyMatch(
              one ->
                  one.prediction() instanceof Prediction.Objects found
                      && !found.detections().isEmpty());
    }
    assertThat(CaseSizes.of(byImage, examples).keySet())
        .hasToString("[320x160 px, 224x320 px, 320x320 px]");
  }

  private static List<ByteBuffer> bytes(Observation of) {
    return of.outputs().stream().map(Tensor::bytes).toList();
  }

  /** Outputs that the file makes known are written in place, like those of a fixed card. */
  @Test
  void at_openOutput_hasTheExtentsThatFollowFromTheFile() throws Exception {
    CaseSpec spec = config("detection", "\"?\", \"?\"").cases().get(0);
    CaseSpec at = CaseSizes.at(spec, engine("onnxruntime"), new ImageSize(224, 320));
    assertThat(at.model().inputs(1)).hasToString("[x float32[1, 3, 320, 224]]");
    assertThat(at.model().outputs(1)).hasToString("[sigmoid_0.tmp_0 float32[1, 1, 320, 224]]");
    assertThat(at.model().sizesByImage()).isFalse();
  }

  @Test
  void at_outputThatTheCardFixesOtherwise_isRefused() throws Exception {
    CaseSpec spec = config("detection", "320, 320").cases().get(0);
    assertThatThrownBy(() -> CaseSizes.at(spec, engine("onnxruntime"), new ImageSize(224, 320)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("output sigmoid_0.tmp_0 float32[1, 1, 320, 224]")
        .hasMessageContaining("float32[1, 1, 320, 320], as the card says");
  }

  @Test
  void decode_imageOfNoKnownSize_isRefused() throws Exception {
    RunConfig config = config("detection", "\"?\", \"?\"");
    CaseSpec spec = config.cases().get(0);
    List<Example> examples = examples(config);
    Engine engine = engine("onnxruntime");
    try (LoadedModel model = engine.load(CaseSession.modelFile(spec, engine), spec.settings());
        EngineSession session = CaseSession.open(model, spec, engine);
        TaskSession stages = CaseSession.bind(task(spec), spec, session, examples.subList(0, 1))) {
      ExampleSource second = new ExampleSource.ImageFile(examples.get(1).source());
      assertThatThrownBy(() -> stages.decode(0, second)).isInstanceOf(TaskException.class);
      CaseSession.prepare(stages, examples);
      stages.decode(0, second);
      assertThat(session.input(0).spec()).hasToString("x float32[1, 3, 160, 320]");
    }
  }
}
