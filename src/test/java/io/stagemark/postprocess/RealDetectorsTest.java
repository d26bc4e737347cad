package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.Box;
import io.stagemark.data.BoxOverlap;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.ModelView;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.onnxruntime.OnnxRuntimeEngine;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.scoring.detection.CocoAp;
import io.stagemark.testdata.SharedFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Whole pipelines on photographs, with models that may not be committed. */
class RealDetectorsTest {
  private static final PreprocessSettings YOLOX_INPUT =
      new PreprocessSettings(
          Resize.LETTERBOX_YOLOX,
          Interpolation.PILLOW_BILINEAR,
          Color.BGR,
          Layout.NCHW,
          1,
          List.of(0.0),
          List.of(1.0),
          114);
  private static final PreprocessSettings NANODET_INPUT =
      new PreprocessSettings(
          Resize.LETTERBOX,
          Interpolation.OPENCV_LINEAR,
          Color.BGR,
          Layout.NCHW,
          1,
          List.of(103.53, 116.28, 123.675),
          List.of(57.375, 57.12, 58.395),
          0);

  private static Dataset coco28() throws Exception {
    Path root = SharedFolder.require("data/coco28");
    // the annotations' own 80 names, in the order of their ids: the models' order
    List<String> names = new ArrayList<>();
    new ObjectMapper()
        .readTree(root.resolve("instances.json").toFile())
        .get("categories")
        .forEach(category -> names.add(category.get("name").asText()));
    return Datasets.open(
        new DatasetSettings(
            "coco",
            root.resolve("images"),
            Optional.of(root.resolve("instances.json")),
            Optional.empty()),
        new ModelView(new LabelMap(names), List.of(), false));
  }

  private static TensorSpec spec(String name, long... shape) {
    return new TensorSpec(
        name, ElementType.FLOAT32, java.util.Arrays.stream(shape).boxed().toList());
  }

  /** Detections of every image by its id. */
  private static Map<String, List<Detection>> detect(
      ModelFile model,
      PreprocessSettings preprocess,
      DecoderSettings decoder,
      List<Example> examples)
      throws Exception {
    Map<String, List<Detection>> found = new HashMap<>();
    OnnxRuntimeEngine engine = new OnnxRuntimeEngine();
    Map<String, String> options = new HashMap<>();
    engine.info().options().forEach(o -> options.put(o.name(), o.defaultValue()));
    EngineSettings settings = new EngineSettings(Device.CPU, 2, options);
    try (LoadedModel loaded = engine.load(model, settings);
        EngineSession session = loaded.newSession();
        ImageStage images = new ImageStage(preprocess, session.input(0))) {
      BoxPostprocessor boxes = BoxPostprocessor.create(decoder, 80, session.outputs(), 416, 416);
      IntFunction<Tensor> outputs = session::output;
      for (Example example : examples) {
        images.decode(0, example.source());
        images.preprocess(0);
        session.forward();
        boxes.run(outputs, 0, images.geometry(0));
        found.put(example.file().getFileName().toString(), boxes.detections(0));
      }
    }
    return found;
  }

  private static ModelFile yolox() {
    return new ModelFile(
        "yolox_nano",
        Optional.of(SharedFolder.require("models/yolox_nano_416.onnx")),
        List.of(spec("images", 1, 3, 416, 416)),
        List.of(spec("output", 1, 3549, 85)));
  }

  private static ModelFile nanodet() {
    List<TensorSpec> outputs = new ArrayList<>();
    for (int[] level : new int[][] {{8, 2704}, {16, 676}, {32, 169}}) {
      outputs.add(spec("cls_pred_stride_" + level[0], 1, level[1], 80));
    }
    for (int[] level : new int[][] {{8, 2704}, {16, 676}, {32, 169}}) {
      outputs.add(spec("dis_pred_stride_" + level[0], 1, level[1], 32));
    }
    return new ModelFile(
        "nanodet_m",
        Optional.of(SharedFolder.require("models/nanodet_m_416.onnx")),
        List.of(spec("input.1", 1, 3, 416, 416)),
        outputs);
  }

  private static DecoderSettings decoder(String type, double score, double iou) {
    return new DecoderSettings(type, score, iou, 5000, 100, Map.of());
  }

  @Test
  void yoloxNano_coco28_agreesWithTheReference() throws Exception {
    Dataset dataset = coco28();
    JsonNode reference =
        new ObjectMapper()
            .readTree(SharedFolder.require("data/coco28/yolox_nano_detections.json").toFile());
    Map<String, List<Detection>> found =
        detect(yolox(), YOLOX_INPUT, decoder("yolox", .25, .45), dataset.examples());
    int missing = 0;
    int all = 0;
    for (JsonNode image : reference.get("images")) {
      List<Detection> ours = found.getOrDefault(image.get("file").asText(), List.of());
      for (JsonNode expected : image.get("dets")) {
        all++;
        missing += ours.stream().anyMatch(d -> isSame(d, expected)) ? 0 : 1;
      }
    }
    int ours = found.values().stream().mapToInt(List::size).sum();
    assertThat(all).isEqualTo(150);
    assertThat(missing).as("of %d; ours are %d", all, ours).isZero();
    assertThat(ours).isEqualTo(all);
  }

  private static boolean isSame(Detection detection, JsonNode expected) {
    JsonNode box = expected.get("box_xyxy");
    Box there =
        new Box(
            box.get(0).asDouble(),
            box.get(1).asDouble(),
            box.get(2).asDouble(),
            box.get(3).asDouble());
    return detection.classId() == expected.get("cls").asInt()
        && Math.abs(detection.score() - expected.get("score").asDouble()) < 2e-4
        && BoxOverlap.iou(detection.box(), there) > .97;
  }

  // published COCO AP: yolox_nano .258, nanodet_m .240 on other images: 28 images say so roughly
  @Test
  void yoloxNano_coco28_hasItsAp() throws Exception {
    assertThat(ap(yolox(), YOLOX_INPUT, decoder("yolox", .01, .65)))
        .as("AP of yolox_nano on coco28")
        .isBetween(.2, .45);
  }

  @Test
  void nanodet_coco28_hasItsAp() throws Exception {
    assertThat(ap(nanodet(), NANODET_INPUT, decoder("nanodet", .05, .6)))
        .as("AP of nanodet_m on coco28")
        .isBetween(.2, .45);
  }

  /** Returns the AP, and logs it with the model's name for who writes it down. */
  private static double ap(ModelFile model, PreprocessSettings preprocess, DecoderSettings decoder)
      throws Exception {
    Dataset dataset = coco28();
    Map<String, List<Detection>> found = detect(model, preprocess, decoder, dataset.examples());
    CocoAp coco = new CocoAp();
    for (Example example : dataset.examples()) {
      coco.add(
          example.id(),
          found.getOrDefault(example.file().getFileName().toString(), List.of()),
          ((Truth.Objects) example.truth()).annotations());
    }
    double ap = coco.result().figures().ap();
    System.getLogger("RealDetectorsTest")
        .log(
            System.Logger.Level.INFO,
            "{0}: AP {1} on {2} images",
            model.name(),
            ap,
            dataset.examples().size());
    return ap;
  }
}
