package io.stagemark.config;

import io.stagemark.config.LoadSettings.Scenario;
import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.UnknownClasses;
import io.stagemark.engine.Device;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Every key of a run config, with its range and default. */
public final class RunKeys {
  private static final long MAX_COUNT = 10_000_000;

  static final KeyList ROOT = new KeyList();
  public static final Key<String> NAME =
      ROOT.required(
          "name",
          ValueRange.matching(
              "a folder name of letters, digits, '.', '_' and '-', at most 100",
              Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?")),
          "quickstart");
  static final Key<MappingNode> DATASET =
      ROOT.required("dataset", ValueRange.section(), "{format: images, images: data/quickstart}");
  static final Key<MappingNode> CASES =
      ROOT.required(
          "cases", ValueRange.section(), "{model: centernet-mbv3-coco, engine: onnxruntime}");
  static final Key<MappingNode> ENGINE_OPTIONS =
      ROOT.optional(
          "engineOptions",
          ValueRange.section(),
          "{onnxruntime: {allowSpinning: false}}",
          "each engine's own");
  static final Key<MappingNode> MEASURE =
      ROOT.optional("measure", ValueRange.section(), "{trials: 3}", "that of each key");
  static final Key<String> SCORE =
      ROOT.declare(
          Key.defaulted("score", ValueRange.text("a score of the models' task"), "[]")
              .listOrEmpty());
  static final Key<MappingNode> COCO =
      ROOT.optional(
          "coco", ValueRange.section(), "{maxDetections: [1, 10, 300]}", "that of each key");
  static final Key<String> REPORTS =
      ROOT.declare(
          Key.defaulted("reports", ValueRange.text("a reporter's name"), "[console, html]")
              .listOrEmpty());
  public static final Key<String> OUTPUT =
      ROOT.optional(
          "output",
          ValueRange.text("a folder, relative to this file's"),
          "../reports/quickstart",
          "reports/<name> in the current folder");

  static final KeyList DATASET_KEYS = new KeyList();
  static final Key<String> FORMAT =
      DATASET_KEYS.required(
          "format", ValueRange.oneOf(Datasets.formats().names().toArray(String[]::new)), "coco");
  static final Key<String> IMAGES =
      DATASET_KEYS.optional(
          "images",
          ValueRange.text("a folder of images, relative to this file's"),
          "data/quickstart",
          "none; not for tensors or video");
  static final Key<String> ANNOTATIONS =
      DATASET_KEYS.optional(
          "annotations",
          ValueRange.text("a file or folder of annotations, relative to this file's"),
          "data/quickstart/instances.json",
          "none; see format");
  static final Key<String> MASKS =
      DATASET_KEYS.optional(
          "masks",
          ValueRange.text("a folder of PNG masks, relative to this file's"),
          "data/masks",
          "none; for format masks");
  static final Key<String> PATH =
      DATASET_KEYS.optional(
          "path",
          ValueRange.text("a folder of .npy or .npz files, or a video, relative to this file's"),
          "data/tensors",
          "none; see format");
  static final Key<String> TARGETS =
      DATASET_KEYS.optional(
          "targets",
          ValueRange.text("a folder of .npy files, relative to this file's"),
          "data/targets",
          "none: not scored; see format");
  static final Key<UnknownClasses> UNKNOWN_CLASSES =
      DATASET_KEYS.defaulted("unknownClasses", ValueRange.constant(UnknownClasses.class), "refuse");
  static final Key<Long> LIMIT =
      DATASET_KEYS.optional(
          "limit", ValueRange.whole("examples", 1, MAX_COUNT), "100", "all examples");

  static final KeyList CASES_KEYS = new KeyList();
  static final Key<String> MODEL =
      CASES_KEYS.declare(
          Key.required(
                  "model",
                  ValueRange.text(
                      "a name under models/, or a path with a '/' relative to this file's"),
                  "[centernet-mbv3-coco]")
              .list());
  static final Key<String> ENGINE =
      CASES_KEYS.declare(
          Key.required("engine", ValueRange.text("an engine's name"), "[onnxruntime]").list());
  static final Key<Device> DEVICE =
      CASES_KEYS.declare(
          Key.defaulted(
                  "device", ValueRange.read("cpu, cuda or such as cuda:1", Device::parse), "[cpu]")
              .list());
  static final Key<Long> THREADS =
      CASES_KEYS.declare(Key.defaulted("threads", ValueRange.whole("", 1, 4096), "[1]").list());
  static final Key<Long> BATCH =
      CASES_KEYS.declare(
          Key.defaulted("batch", ValueRange.whole("examples", 1, 65_536), "[1]").list());
  static final Key<MappingNode> INCLUDE =
      CASES_KEYS.declare(
          Key.optional("include", ValueRange.section(), "[{threads: 4}]", "no case but the product")
              .listOrEmpty());
  static final Key<MappingNode> EXCLUDE =
      CASES_KEYS.declare(
          Key.optional(
                  "exclude",
                  ValueRange.section(),
                  "[{engine: pytorch, batch: 8}]",
                  "no case left out")
              .listOrEmpty());
  static final List<Key<?>> CASE_KEYS = List.of(MODEL, ENGINE, DEVICE, THREADS, BATCH);

  static final KeyList MEASURE_KEYS = new KeyList();
  static final Key<Scenario> SCENARIO =
      MEASURE_KEYS.defaulted("scenario", ValueRange.constant(Scenario.class), "single-stream");
  static final Key<Long> STREAMS =
      MEASURE_KEYS.optional(
          "streams",
          ValueRange.whole("", 1, 256),
          "2",
          "2 in multi-stream, 1 in server, the best in offline");
  static final Key<Double> RATE =
      MEASURE_KEYS.optional(
          "rate", ValueRange.number("batches a second", 0.001, 1e6), "20", "none; for server");
  static final Key<Double> LATENCY_BOUND_MS =
      MEASURE_KEYS.optional(
          "latencyBoundMs",
          ValueRange.number("ms", 0.001, 3_600_000),
          "100",
          "none; for server-search");
  static final Key<Double> LATENCY_PERCENT =
      MEASURE_KEYS.optional(
          "latencyPercent", ValueRange.number("percent", 50, 99.9), "99", "99 in server-search");
  static final Key<Double> GAP_MS =
      MEASURE_KEYS.optional(
          "gapMs", ValueRange.number("ms", 0.001, 3_600_000), "50", "none; for paced");
  static final Key<String> CPU_AFFINITY =
      MEASURE_KEYS.optional(
          "cpuAffinity",
          ValueRange.matching("processors such as 0-1 or 0,2", CpuAffinity.FORM),
          "0-1",
          "every processor");
  static final Key<Long> TRIALS =
      MEASURE_KEYS.defaulted("trials", ValueRange.whole("", 1, 1000), "3");
  static final Key<Double> PRECISION =
      MEASURE_KEYS.optional(
          "precision", ValueRange.percent(0.1, 50), "3%", "none: no more than trials");
  static final Key<Long> MAX_TRIALS =
      MEASURE_KEYS.optional(
          "maxTrials", ValueRange.whole("", 1, 1000), "30", "10 × trials; with precision");
  static final Key<Double> MAX_MINUTES =
      MEASURE_KEYS.defaulted("maxMinutes", ValueRange.number("minutes", 0.01, 10_080), "10");
  static final Key<Double> WARMUP_SECONDS =
      MEASURE_KEYS.defaulted("warmupSeconds", ValueRange.number("seconds", 0, 3600), "2");
  static final Key<Long> WARMUP_BATCHES =
      MEASURE_KEYS.defaulted("warmupBatches", ValueRange.whole("batches", 1, MAX_COUNT), "5");
  static final Key<Double> MAX_WARMUP_SECONDS =
      MEASURE_KEYS.optional(
          "maxWarmupSeconds", ValueRange.number("seconds", 0, 36_000), "20", "10 × warmupSeconds");
  static final Key<Double> MIN_SECONDS =
      MEASURE_KEYS.defaulted("minSeconds", ValueRange.number("seconds", 0, 86_400), "5");
  static final Key<Long> MIN_BATCHES =
      MEASURE_KEYS.defaulted("minBatches", ValueRange.whole("batches", 1, MAX_COUNT), "64");
  static final Key<Long> MAX_BATCHES =
      MEASURE_KEYS.defaulted("maxBatches", ValueRange.whole("batches", 1, MAX_COUNT), "100000");
  static final Key<TotalFrom> TOTAL_FROM =
      MEASURE_KEYS.defaulted("totalFrom", ValueRange.constant(TotalFrom.class), "file");
  static final Key<Long> SEED =
      MEASURE_KEYS.defaulted("seed", ValueRange.whole("", 0, 999_999_999_999_999_999L), "42");
  static final Key<Long> TRIAL_TIMEOUT_SECONDS =
      MEASURE_KEYS.defaulted("trialTimeoutSeconds", ValueRange.whole("seconds", 1, 604_800), "600");
  static final Key<Long> HEAP_MIB =
      MEASURE_KEYS.defaulted("heapMiB", ValueRange.whole("MiB", 64, 1_048_576), "2048");
  static final Key<Boolean> OPERATORS =
      MEASURE_KEYS.defaulted("operators", ValueRange.flag(), "false");
  static final Key<Boolean> ALLOW_OVERSUBSCRIPTION =
      MEASURE_KEYS.defaulted("allowOversubscription", ValueRange.flag(), "false");
  static final Key<Boolean> SUB_STAGES =
      MEASURE_KEYS.defaulted("subStages", ValueRange.flag(), "false");
  static final Key<Boolean> CAUSES = MEASURE_KEYS.defaulted("causes", ValueRange.flag(), "true");

  static final KeyList COCO_KEYS = new KeyList();
  static final Key<Double> IOU_THRESHOLDS =
      COCO_KEYS.declare(
          Key.defaulted(
                  "iouThresholds",
                  ValueRange.ratio(),
                  "[0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]")
              .list());
  static final Key<Long> MAX_DETECTIONS =
      COCO_KEYS.declare(
          Key.defaulted("maxDetections", ValueRange.whole("", 1, 1_000_000), "[1, 10, 100]")
              .list());
  static final Key<Double> AREA_BOUNDS_PX2 =
      COCO_KEYS.declare(
          Key.defaulted(
                  "areaBoundsPx2",
                  ValueRange.number("square pixels", 0, 1_000_000_000),
                  "[1024, 9216]")
              .list());
  static final Key<Double> SIGMAS =
      COCO_KEYS.declare(
          Key.optional(
                  "sigmas",
                  ValueRange.ratio(),
                  "[0.05, 0.1, 0.1]",
                  "COCO's for 17 key points, 1 / points for others")
              .listOrEmpty());

  private RunKeys() {}
}
