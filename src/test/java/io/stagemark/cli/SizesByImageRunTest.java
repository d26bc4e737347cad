package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.report.ResultSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.imgcodecs.Imgcodecs;

/** Whole runs of a segmenter of free sides, on pages of three sizes with their masks. */
final class SizesByImageRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DATA = Path.of("configs/data/text-segmentation");
  private static final String OPEN = "\"?\", \"?\"";

  private static final String PADDED = "page-2.png";
  private static final String PADDED_SIDES = "320, 224";

  /** A file's extents, height first, of each page: 320x320, 320x160, 200x320 padded to 224x320. */
  private static final Map<String, String> FIXED =
      Map.of("page-0.png", "320, 320", "page-1.png", "160, 320", PADDED, PADDED_SIDES);

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    OpenCvRuntime.start();
    for (String kind : List.of("images", "masks")) {
      Files.createDirectories(folder.resolve(kind));
      crop(kind, 0, new Rect(0, 0, 320, 320));
      crop(kind, 1, new Rect(0, 80, 320, 160));
      crop(kind, 2, new Rect(60, 0, 200, 320));
    }
    Files.copy(
        Path.of("models/ppocrv3-text-detection/ch_PP-OCRv3_det_infer.onnx"),
        folder.resolve("m.onnx"));
  }

  private void crop(String kind, int page, Rect part) {
    String name = kind + "/page-" + page + ".png";
    Mat whole = Imgcodecs.imread(DATA.resolve(name).toString(), Imgcodecs.IMREAD_UNCHANGED);
    Imgcodecs.imwrite(folder.resolve(name).toString(), new Mat(whole, part));
  }

  private String config(String name, String sides, boolean rendered) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(
        folder.resolve(name).resolve("model.yaml"),
        """
        task: segmentation
        files: {onnx: {path: ../m.onnx}}
        inputs: [{name: x, type: float32, shape: [N, 3, %1$s]}]
        outputs: [{name: sigmoid_0.tmp_0, type: float32, shape: [N, 1, %1$s]}]
        preprocess: {resize: letterbox, longerSidePx: 320, padStridePx: 32, scale: 0.00392156862745098}
        decoder: {type: binary, scoreThreshold: 0.3}
        labels: [text]
        """
            .formatted(sides));
    return Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            name: %1$s
            dataset: {format: masks, images: images, masks: masks}
            cases: {model: ./%1$s, engine: onnxruntime, threads: [1]}
            measure: {trials: 1, warmupSeconds: 0, warmupBatches: 1, minSeconds: 0, minBatches: 7, heapMiB: 256, causes: false}
            score: [miou, bce]
            reports: %2$s
            output: out-%1$s
            """
                .formatted(name, rendered ? "[console, json, markdown, html]" : "[json]"))
        .toString();
  }

  private static JsonNode run(String config, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("run", config, "--no-calibration"));
    command.addAll(List.of(more));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    Path out = command.contains("--only") ? replay(config) : out(config);
    assertThat(ResultSchema.problems(out.resolve("result.json"))).isEmpty();
    Files.writeString(out.resolve("console.txt"), run.out());
    return JSON.readTree(out.resolve("result.json").toFile()).at("/cases/0");
  }

  private static Path out(String config) {
    Path file = Path.of(config);
    return file.resolveSibling("out-" + String.valueOf(file.getFileName()).replace(".yaml", ""));
  }

  /** A run of some examples goes beside the config's output. */
  private static Path replay(String config) {
    return out(config).resolveSibling(out(config).getFileName() + ".replay");
  }

  /** Returns what was answered to each example and scored of it, by its id. */
  private static Map<String, JsonNode> examples(Path out) throws IOException {
    Map<String, JsonNode> byId = new HashMap<>();
    try (var files = Files.list(out.resolve("examples"))) {
      for (JsonNode each :
          JSON.readTree(files.findFirst().orElseThrow().toFile()).get("examples")) {
        byId.put(each.get("id").asText(), each);
      }
    }
    return byId;
  }

  @Test
  void run_pagesOfThreeSizes_hasTheFiguresOfAFixedCardAndOfShards() throws Exception {
    String config = config("by-image", OPEN, true);
    JsonNode whole = run(config);
    showsLatencyAndFlopsBySize(config, whole);
    assertThat(ShardScores.of(config, 2, folder).get("scores")).isEqualTo(whole.get("scores"));
    Map<String, JsonNode> answers = examples(out(config));
    assertThat(answers).containsOnlyKeys(FIXED.keySet());
    String fixed = config("fixed", PADDED_SIDES, false);
    run(fixed, "--only", PADDED);
    assertThat(examples(replay(fixed)).get(PADDED)).isEqualTo(answers.get(PADDED));
  }

  // bce is of every pixel's probability: its last digits are the outputs'
  @Test
  void score_eachPage_isThatOfACardOfFixedSides() throws Exception {
    for (Map.Entry<String, String> page : FIXED.entrySet()) {
      JsonNode fixed = scored(page.getKey(), page.getValue());
      assertThat(fixed.findValuesAsText("name")).contains("miou", "bce");
      assertThat(fixed).as(page.getKey()).isEqualTo(scored(page.getKey(), OPEN));
    }
  }

  /** Scores a page alone, by a card of these sides. */
  private JsonNode scored(String page, String sides) throws Exception {
    String alone = page.replace(".png", "");
    for (String kind : List.of("images", "masks")) {
      Path to = Files.createDirectories(folder.resolve(alone).resolve(kind)).resolve(page);
      Files.copy(folder.resolve(kind).resolve(page), to, StandardCopyOption.REPLACE_EXISTING);
    }
    Path config = Path.of(config("alone", sides, false));
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "images: images, masks: masks",
                "images: %1$s/images, masks: %1$s/masks".formatted(alone)));
    return ShardScores.of(config.toString(), 1, folder).get("scores");
  }

  private static void showsLatencyAndFlopsBySize(String config, JsonNode one) throws IOException {
    long batches = 0;
    double flops = 0;
    List<String> names = new ArrayList<>();
    for (JsonNode size : one.get("sizes")) {
      names.add(size.get("widthPx") + "x" + size.get("heightPx"));
      assertThat(size.get("examples").asInt()).isEqualTo(1);
      batches += size.at("/stages/total/count").asLong();
      flops += size.get("flops").asDouble();
    }
    assertThat(names).containsExactly("320x160", "224x320", "320x320");
    assertThat(batches).isEqualTo(one.at("/stages/total/count").asLong()).isGreaterThanOrEqualTo(7);
    assertThat(one.at("/operations/flops").asDouble()).isCloseTo(flops / 3, within(1.0));
    // a network of convolutions alone does work by area: half the page is half of it
    assertThat(one.at("/sizes/0/flops").asDouble())
        .isCloseTo(one.at("/sizes/2/flops").asDouble() / 2, within(1e6));
    JsonNode work = one.at("/trials/0/measured/proof/work");
    assertThat(work.get("probes").asInt()).isPositive(); // forwards of new inputs of any size
    assertThat(work.get("unmoved").asInt()).isZero();
    assertThat(work.get("unwritten").asInt()).isZero();

    Path out = out(config);
    assertThat(out.resolve("console.txt"))
        .content()
        .contains("p50 by size of the input: 320x160 ")
        .contains("224x320 ", "320x320 ");
    assertThat(out.resolve("report.md"))
        .content()
        .contains("## Latency by size", "| 320x160 | 1 | ", "mean over the examples");
    assertThat(out.resolve("index.html"))
        .content()
        .contains("Latency by size", "counted for an input of 320x320 px");
    try (var samples = Files.list(out.resolve("samples"))) {
      assertThat(samples.filter(file -> file.toString().endsWith("-sizes.npy"))).hasSize(1);
    }
  }

  @Test
  void run_twoSessionsUnderLoad_haveEverySize() throws Exception {
    JsonNode one =
        run(
            config("by-image", OPEN, false),
            "--set",
            "measure={scenario: multi-stream, streams: 2, trials: 1, warmupSeconds: 0, minSeconds: 0, minBatches: 8, allowOversubscription: true, causes: false}");
    assertThat(one.get("sizes")).hasSize(3);
    assertThat(one.at("/trials/0/measured/changedOutputs").asInt(-1)).isZero();
  }

  @Test
  void run_fileOfFixedSides_isRefusedBeforeAnythingRuns() throws Exception {
    InstanceBed bed = new InstanceBed(folder);
    String config =
        bed.config(
            "{type: yolov8-obb, scoreThreshold: 0.25}",
            "[]",
            "{format: images, images: images}",
            InstanceBed.columns(32, 32, 40, 20, .9f, 0));
    Path card = folder.resolve("model/model.yaml");
    Files.writeString(
        card,
        Files.readString(card)
            .replace("[1, 3, 64, 64]", "[1, 3, \"?\", \"?\"]")
            .replace("resize: letterbox", "resize: letterbox, longerSidePx: 96, padStridePx: 32"));
    CommandRun run = CommandRun.of("run", config, "--no-calibration");
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("m.onnx", "that images of the data set give model", "height and width are free");
  }

  @Test
  void run_outputOfOtherExtentsThanTheCards_isRefusedBeforeAnythingRuns() throws Exception {
    String config = config("by-image", OPEN, false);
    Path card = folder.resolve("by-image/model.yaml");
    Files.writeString(
        card, Files.readString(card).replace("[N, 1, \"?\", \"?\"]", "[N, 1, 320, 320]"));
    CommandRun run = CommandRun.of("validate", config);
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("float32[1, 1, 160, 320] for an input of 320x160 px")
        .contains("\"?\" in outputs for each extent that changes");
  }
}
