package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Quantization;
import io.stagemark.data.Sha256;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.DrawRange;
import io.stagemark.inspect.SignatureModel;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.preprocess.DerivedValue;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCardReaderTest {
  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  private ModelCard read(String card) throws BadInputException {
    return new ModelCardReader().read(bed.write("models/toy/model.yaml", card));
  }

  @Test
  void read_toyCard_takesEveryPart() throws Exception {
    ModelCard card = read(bed.card());

    assertThat(card.name()).isEqualTo("toy");
    assertThat(card.title()).isEqualTo("A toy");
    assertThat(card.licence()).isEqualTo("Apache-2.0");
    assertThat(card.provenance()).isEqualTo("made by a test");
    String digest = Sha256.of(bed.root().resolve("models/toy/toy.onnx"));
    assertThat(card.files())
        .containsExactly(
            Map.entry(
                "onnx", new ModelArtifact(bed.root().resolve("models/toy/toy.onnx"), digest)));
    assertThat(card.inputs())
        .containsExactly(
            new ModelCard.Port("images", ElementType.FLOAT32, List.of(1L, 3L, 8L, 8L)));
    assertThat(card.outputs())
        .containsExactly(
            new ModelCard.Port("output", ElementType.FLOAT32, List.of(1L, TensorSpec.DYNAMIC, 6L)));
    assertThat(card.task().task()).isEqualTo("detection");
    assertThat(card.task().labels().names()).containsExactly("cat", "dog");
  }

  @Test
  void read_keysLeftOut_haveTheirDefaults() throws Exception {
    ModelCard card = read(bed.card());

    assertThat(card.task().preprocess())
        .contains(
            new PreprocessSettings(
                Resize.STRETCH,
                Interpolation.OPENCV_LINEAR,
                Color.RGB,
                Layout.NCHW,
                1,
                List.of(0.0),
                List.of(1.0),
                0));
    assertThat(card.task().decoder())
        .contains(new DecoderSettings("yolox", 0.25, 0.45, 1000, 100, Map.of("decoded", "1")));
  }

  @Test
  void read_everyPreprocessKey_isTaken() throws Exception {
    String keys =
        "{resize: letterbox, interpolation: pillow-bilinear, color: bgr, layout: nhwc, scale: 0.5,"
            + " mean: [1, 2, 3], std: [4, 5, 6], padValue: 127.5, scaleUp: false, padStridePx: 32,"
            + " maxSourcePixels: 1000}";
    ModelCard card = read(bed.card().replaceFirst("preprocess: .*", "preprocess: " + keys));

    assertThat(card.task().preprocess())
        .contains(
            new PreprocessSettings(
                Resize.LETTERBOX,
                Interpolation.PILLOW_BILINEAR,
                Color.BGR,
                Layout.NHWC,
                0.5,
                List.of(1.0, 2.0, 3.0),
                List.of(4.0, 5.0, 6.0),
                127.5,
                false,
                OptionalInt.of(32),
                OptionalInt.empty(),
                OptionalInt.empty(),
                1000));
  }

  @Test
  void read_everyKeyOfACentreCrop_isTaken() throws Exception {
    ModelCard card =
        read(
            bed.card()
                .replace("resize: stretch", "resize: center-crop, shorterSidePx: 9")
                .replace("layout: nchw}", "layout: nchw, longerSidePx: 12}"));

    assertThat(card.task().preprocess().orElseThrow())
        .returns(OptionalInt.of(9), PreprocessSettings::shorterSidePx)
        .returns(OptionalInt.of(12), PreprocessSettings::longerSidePx);
  }

  @Test
  void read_everyDecoderKey_isTaken() throws Exception {
    String keys =
        "{type: yolox, scoreThreshold: 0.001, iouThreshold: 0.7, preNmsTopK: 30000,"
            + " maxDetections: 300, parameters: {decoded: 1}, nms: diou, nmsParameter: 0.3,"
            + " classAgnostic: true, multiLabel: true, classIds: [1, 0]}";
    ModelCard card = read(bed.card().replaceFirst("decoder: .*", "decoder: " + keys));

    assertThat(card.task().decoder())
        .contains(
            new DecoderSettings(
                "yolox",
                0.001,
                0.7,
                30_000,
                300,
                Map.of("decoded", "1"),
                NmsMethod.DIOU,
                OptionalDouble.of(0.3),
                true,
                true,
                List.of(1, 0)));
  }

  @Test
  void read_batchAxisAndScalar_areOpenAndEmptyShapes() throws Exception {
    ModelCard card =
        read(
            bed.card()
                .replaceFirst(
                    "inputs: .*",
                    "inputs: [{name: a, type: int64, shape: [N, 4]},"
                        + " {name: b, type: bool, shape: []}]"));

    assertThat(card.inputs().get(0).withBatch(8).shape()).containsExactly(8L, 4L);
    assertThat(card.inputs().get(1).withBatch(8).shape()).isEmpty();
  }

  @Test
  void read_cardWithoutImagesOrDecoder_isForTensors() throws Exception {
    ModelCard card =
        read(
            bed.card()
                .replace("detection", "tensors")
                .replaceFirst("preprocess: .*\n", "")
                .replaceFirst("decoder: .*\n", "")
                .replaceFirst("labels: .*\n", "name: other\n"));

    assertThat(card.task().preprocess()).isEmpty();
    assertThat(card.task().decoder()).isEmpty();
    assertThat(card.task().labels().names()).isEmpty();
    assertThat(card.name()).isEqualTo("other");
  }

  @Test
  void read_labelsInAFile_areOneALine() throws Exception {
    bed.write("models/toy/classes.txt", "traffic light\r\ndog\n");
    ModelCard card = read(bed.card().replace("[cat, dog]", "{file: classes.txt}"));

    assertThat(card.task().labels().names()).containsExactly("traffic light", "dog");
  }

  @Test
  void read_valueAndRange_areOfTheInput() throws Exception {
    ModelCard card =
        read(
            bed.card()
                .replace(
                    "shape: [1, 3, 8, 8]}]",
                    "shape: [N, 3, 8, 8]}, {name: sizes, type: int64, shape: [N, 2], value: [640,"
                        + " 480]}, {name: ids, type: int64, shape: [N, 9], range: [0, 99]}]"));
    assertThat(card.inputs().get(1).value()).containsExactly(640.0, 480.0);
    assertThat(card.inputs().get(2).range()).contains(new DrawRange(0, 99));
    assertThat(card.fixedInputs()).containsExactly("sizes");
    assertThat(card.openInputs(4)).extracting(TensorSpec::name).containsExactly("images", "ids");
    assertThat(card.view().inputs()).extracting(TensorSpec::name).containsExactly("images", "ids");
    assertThat(card.view().ranges()).containsOnlyKeys("ids");
  }

  @Test
  void read_derivedAndQuantisedInputs_areInTheTasksSettings() throws Exception {
    ModelCard card =
        read(
            bed.card()
                .replace(
                    "type: float32, shape: [1, 3, 8, 8]}]",
                    "type: uint8, shape: [N, 3, 8, 8], quantization: {scale: 0.5, zeroPoint: 7}},"
                        + " {name: sizes, type: int64, shape: [N, 2], derive: picture-wh},"
                        + " {name: mask, type: bool, shape: [N, 8, 8], derive: pixel-mask}]"));
    assertThat(card.task().quantizations()).containsOnly(entry("images", new Quantization(.5, 7)));
    assertThat(card.task().derived())
        .containsOnly(
            entry("sizes", DerivedValue.PICTURE_WH), entry("mask", DerivedValue.PIXEL_MASK));
    assertThat(card.fixedInputs()).containsExactlyInAnyOrder("sizes", "mask");
    assertThat(card.openInputs(4)).extracting(TensorSpec::name).containsExactly("images");
  }

  @Test
  void view_fixedBatch_isOfOneExample() throws Exception {
    ModelCard card = read(bed.card().replace("shape: [1, 3, 8, 8]}", "shape: [2, 3, 8, 8]}"));
    assertThat(card.view().inputs().get(0).shape()).containsExactly(1L, 3L, 8L, 8L);
    assertThat(card.openInputs(2).get(0).shape()).containsExactly(2L, 3L, 8L, 8L);
  }

  // What the file of an export by Ultralytics says itself: inputs, outputs, names, licence.
  @Test
  void read_fiveLines_takeTheRestFromTheFile() throws Exception {
    Path file = bed.root().resolve("models/yolo/yolo.onnx");
    Files.createDirectories(file.resolveSibling(""));
    Files.write(
        file,
        new SignatureModel()
            .input("images", "batch", "3", "64", "64")
            .output("output0", 1, 6, 84)
            .metadata("author", "Ultralytics")
            .metadata("license", "AGPL-3.0")
            .metadata("names", "{0: 'cat', 1: 'dog'}")
            .bytes());
    ModelCard card =
        new ModelCardReader()
            .read(
                bed.write(
                    "models/yolo/model.yaml",
                    """
                    title: Cats and dogs
                    task: detection
                    files: {onnx: {path: yolo.onnx}}
                    preprocess: {resize: letterbox, padValue: 114, scale: 0.00392156862745098}
                    decoder: {type: yolov8}
                    """));
    assertThat(card.files())
        .containsExactly(Map.entry("onnx", new ModelArtifact(file, Sha256.of(file))));
    assertThat(card.licence()).isEqualTo("AGPL-3.0");
    assertThat(card.inputs())
        .containsExactly(
            new ModelCard.Port(
                "images", ElementType.FLOAT32, List.of(ModelCard.Port.BATCH, 3L, 64L, 64L)));
    assertThat(card.outputs())
        .containsExactly(
            new ModelCard.Port(
                "output0", ElementType.FLOAT32, List.of(ModelCard.Port.BATCH, 6L, 84L)));
    assertThat(card.task().labels().names()).containsExactly("cat", "dog");
    assertThat(card.task().preprocess().orElseThrow().color()).isEqualTo(Color.RGB);
  }
}
