package io.stagemark.inspect.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.inspect.fact.Axis;
import io.stagemark.inspect.fact.GraphTrace;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.metadata.ExportMetadata;
import io.stagemark.inspect.metadata.Sidecars;
import io.stagemark.postprocess.decoder.Decoders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Signatures of public models. An output is its shape, with the operator that ends it behind it;
 * the side of the square input is given.
 */
final class HeadsTest {
  private static HeadContext model(
      int side, List<OutputSignature> outputs, Map<String, String> metadata, String... operators)
      throws BadInputException {
    TensorSignature input =
        new TensorSignature(
            "images",
            "float32",
            Optional.of(List.of(Axis.of(1), Axis.of(3), Axis.of(side), Axis.of(side))));
    return new HeadContext(
        List.of(input),
        ImageInput.of("images", List.of(1L, 3L, (long) side, (long) side)),
        new GraphTrace(
            outputs,
            Arrays.stream(operators).collect(Collectors.toMap(name -> name, name -> 1)),
            List.of(),
            Map.of(),
            List.of()),
        ExportMetadata.of(metadata, "m.onnx"),
        Sidecars.NONE);
  }

  /** {@code name:1x84x8400:Sigmoid:int64}; name, operator and type may be missing. */
  private static List<OutputSignature> outputs(String text) {
    return Arrays.stream(text.strip().split(" +")).map(HeadsTest::output).toList();
  }

  private static OutputSignature output(String text) {
    String[] parts = text.split(":", -1);
    String[] all = Arrays.copyOf(parts, 4);
    List<Long> shape =
        Arrays.stream(all[1].split("x")).map(e -> e.equals("?") ? -1L : Long.parseLong(e)).toList();
    List<String> tail = all[2] == null || all[2].isEmpty() ? List.of() : List.of(all[2].split(">"));
    String type = all[3] == null ? "float32" : all[3];
    return new OutputSignature(all[0], type, true, shape, tail, List.of());
  }

  private static String families(HeadContext model) {
    Heads.Recognition found = Heads.recognise(model);
    String several =
        found.candidates().stream().map(Head::family).distinct().collect(Collectors.joining(" "));
    return found.chosen().map(Head::family).orElse(several.isEmpty() ? "none" : "? " + several);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 3 · (80² + 40² + 20²) = 25200; with a fourth stride at 1280: 3 · 34000
        "640  | :1x25200x85                                        | yolov5",
        "1280 | :1x102000x85                                       | yolov5",
        "640  | :1x25200x117 :1x32x160x160                         | yolov5-seg",
        "640  | :1x3x80x80x85 :1x3x40x40x85 :1x3x20x20x85          | yolo-grids",
        "416  | :1x3549x85                                         | yolox",
        "640  | :1x8400x85                                         | yolox",
        "640  | :1x84x8400                                         | yolov8",
        "640  | :1x5x8400                                          | yolov8",
        "640  | :1x116x8400 :1x32x160x160                          | yolov8-seg",
        "640  | :1x56x8400                                         | ? yolov8 yolov8-pose",
        "1024 | :1x20x21504                                        | ? yolov8 yolov8-obb",
        "640  | :1x300x6                                           | ? yolov10 rtdetr-ultralytics",
        "640  | :1x300x38 :1x32x160x160                            | yolov10-seg",
        "640  | :1x300x84                                          | rtdetr-ultralytics",
        "640  | logits:1x300x80 pred_boxes:1x300x4                 | detr",
        "800  | logits:1x100x92 pred_boxes:1x100x4                 | detr",
        "640  | :1x8400x4 :1x8400x80                               | yolonas",
        "640  | :1x8400x80 :1x8400x4                               | yolonas",
        "640  | :1x8400x4 :1x80x8400                               | ppyoloe",
        "640  | :?x7                                               | rows7",
        "640  | :12x7                                              | rows7",
        "64   | :1x64x7:Sigmoid                                    | none",
        "300  | scores:1x8732x81:Softmax boxes:1x8732x4            | ssd",
        "1200 | bboxes:1x?x4 labels:1x?::int64 scores:1x?          | ssd-nms",
        "320  | boxes:?x4 labels:?::int64 scores:?                 | torchvision-detection",
        "640  | num:1x1::int64 b:1x300x4 s:1x300 c:1x300::int64    | yolonas-batch",
        "640  | num_dets:1x1::int32 det_boxes:1x100x4 det_scores:1x100 det_classes:1x100::int32"
            + " | efficient-nms",
        "320  | detection_boxes:1x100x4 detection_scores:1x100 detection_classes:1x100"
            + " num_detections:1 | tf-od",
        "512  | hm:1x80x128x128:Sigmoid wh:1x4x128x128             | centernet",
        "512  | hm:1x80x128x128 wh:1x2x128x128 reg:1x2x128x128     | centernet",
        "256  | :1x512x1 :1x384x1 :1x512x16 :1x384x16              | blazeface",
        "128  | :1x896x16 :1x896x1                                 | blazeface",
        // 160 px: 3 · 20² + 2 · 10² + 2 · 5² + 3 · 2² = 1462 priors
        "160  | loc:1462x14 conf:1462x2 iou:1462x1                 | yunet",
        "160  | loc:1x1462x14 conf:1x1462x2 iou:1x1462x1           | yunet",
        "416  | :1x2704x80 :1x676x80 :1x169x80 :1x2704x32 :1x676x32 :1x169x32 | nanodet",
        "416  | :1x3598x112                                        | nanodet-plus",
        "352  | :1x85x22x22                                        | fastestdet",
        "352  | :1x22x22x95 :1x11x11x95                            | yolo-fastestv2",
        "640  | :1x8400x84                                         | yolov8-rows",
        "64   | boxes:1x84x4 scores:1x80x84 sel:?x3::int64         | onnx-nms",
        // 9 · (64² + 32² + 16² + 8² + 4²) = 49104
        "512  | :1x49104x90:Sigmoid :1x49104x4                     | efficientdet",
        "512  | :1x49104x91 :1x49104x4                             | retinanet",
        "512  | :1x49104x20 :1x49104x4                             | ? retinanet efficientdet",
        "640  | :1x1x640x640:Sigmoid>ConvTranspose                 | text-map",
        "640  | :1x1x640x640:Sigmoid>Conv                          | segmentation-binary",
        "512  | :1x150x128x128                                     | segmentation",
        "520  | out:1x21x520x520 aux:1x21x520x520                  | segmentation",
        "512  | :1x512x512:ArgMax:int64                            | segmentation-labels",
        "224  | :1x1000                                            | classifier",
        "224  | :1x1000x1x1                                        | classifier",
        "224  | :1x7:Softmax                                       | classifier",
        "112  | :1x512                                             | ? classifier embedding",
        "112  | :1x512:LpNormalization                             | embedding",
        "224  | :1x1:Sigmoid                                       | binary",
        "224  | :1x197x768                                         | none",
      })
  void recognise_signatureOfAPublicModel_isItsFamily(int side, String outputs, String family)
      throws BadInputException {
    assertThat(families(model(side, outputs(outputs), Map.of()))).isEqualTo(family);
  }

  @Test
  void recognise_scrfdWithAndWithoutPoints_isScrfd() throws BadInputException {
    String six = ":12800x1 :3200x1 :800x1 :12800x4 :3200x4 :800x4";
    String nine = six + " :12800x10 :3200x10 :800x10";
    assertThat(families(model(640, outputs(six), Map.of()))).isEqualTo("scrfd");
    assertThat(families(model(640, outputs(nine), Map.of()))).isEqualTo("scrfd");
    assertThat(parameters(640, six)).isEmpty();
    assertThat(parameters(640, nine)).containsEntry("keyPoints", "5");
  }

  private static Map<String, String> parameters(int side, String outputs) throws BadInputException {
    return Heads.recognise(model(side, outputs(outputs), Map.of()))
        .chosen()
        .orElseThrow()
        .parameters();
  }

  @Test
  void recognise_facesWithPointsInTheirRows_sayHowMany() throws BadInputException {
    assertThat(parameters(128, ":1x896x16 :1x896x1")).containsEntry("keyPoints", "6");
    assertThat(parameters(160, "a:1462x14 b:1462x2 c:1462x1")).containsEntry("keyPoints", "5");
  }

  @Test
  void recognise_twelveOutputsOfYuNet_areYuNet() throws BadInputException {
    String each = "";
    for (int width : new int[] {1, 1, 4, 10}) {
      each += " :1x6400x%1$d :1x1600x%1$d :1x400x%1$d".formatted(width);
    }
    assertThat(families(model(640, outputs(each), Map.of()))).isEqualTo("yunet");
    assertThat(parameters(640, each)).containsEntry("keyPoints", "5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hm:1x80x128x128:Sigmoid wh:1x2x128x128 reg:1x2x128x128 | centernet-wh",
        "hm:1x80x128x128:Conv wh:1x2x128x128 reg:1x2x128x128 | centernet-wh scores=logits",
        "reg:1x2x128x128 hm:1x80x128x128:Mul wh:1x2x128x128 | centernet-wh offset=before-size",
        "hm:1x80x128x128 wh:1x2x128x128 | centernet-wh",
        "hm:1x2x128x128 wh:1x2x128x128 reg:1x2x128x128 | centernet-wh",
        // of two classes the decoder takes the first map for the scores
        "wh:1x2x128x128 hm:1x2x128x128 reg:1x2x128x128 | none",
        "hm:1x80x128x128 wh:1x4x128x128 | centernet",
      })
  void recognise_centerNet_namesTheDecoderAndWhatItCannotSee(String outputs, String expected)
      throws BadInputException {
    Head head = Heads.recognise(model(512, outputs(outputs), Map.of())).chosen().orElseThrow();
    String parameters =
        head.parameters().entrySet().stream()
            .map(each -> " " + each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining());
    assertThat(head.decoder().orElse("none") + parameters).isEqualTo(expected);
  }

  /** 320 × 240 gives 3 · 40 · 30 + 2 · 20 · 15 + 2 · 10 · 8 + 3 · 5 · 4 = 4420 priors. */
  @Test
  void recognise_priorsOfUltraFace_areUltraFace() throws BadInputException {
    HeadContext square = model(320, outputs("scores:1x4420x2:Softmax boxes:1x4420x4"), Map.of());
    HeadContext wide =
        new HeadContext(
            square.inputs(),
            ImageInput.of("input", List.of(1L, 3L, 240L, 320L)),
            square.trace(),
            square.metadata(),
            Sidecars.NONE);
    assertThat(families(wide)).isEqualTo("ultraface");
    assertThat(families(square)).isEqualTo("ssd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ":1x300x6 | names={0: 'a', 1: 'b', 2: 'c'} | yolov10",
        ":1x300x6 | description=Ultralytics RT-DETR model | rtdetr-ultralytics",
        ":1x300x6 | end2end=True | yolov10",
        ":1x300x6 | args={'nms': True, 'batch': 1} | yolov10",
        ":1x300x57 | task=pose | yolov10-pose",
        ":1x300x7 | task=obb | yolov10-obb",
        ":1x56x8400 | task=pose | yolov8-pose",
        ":1x20x8400 | task=obb | yolov8-obb",
        ":1x20x8400 | task=detect | yolov8",
        ":1x512 | task=classify | classifier",
      })
  void recognise_shapeThatFitsTwo_isDecidedByTheMetadata(
      String outputs, String entry, String family) throws BadInputException {
    String[] pair = entry.split("=", 2);
    assertThat(families(model(640, outputs(outputs), Map.of(pair[0], pair[1])))).isEqualTo(family);
  }

  @Test
  void recognise_yoloX_knowsADecodedGridByItsExponential() throws BadInputException {
    List<OutputSignature> rows = outputs(":1x3549x85");
    assertThat(Heads.recognise(model(416, rows, Map.of())).chosen().orElseThrow().parameters())
        .isEmpty();
    assertThat(
            Heads.recognise(model(416, rows, Map.of(), "Exp")).chosen().orElseThrow().parameters())
        .isEqualTo(Map.of("decoded", "1"));
  }

  @Test
  void recognise_sizesAsSecondInput_isRtDetrOfItsOwnExporter() throws BadInputException {
    HeadContext one =
        model(640, outputs("labels:1x300::int64 boxes:1x300x4 scores:1x300"), Map.of());
    TensorSignature sizes =
        new TensorSignature(
            "orig_target_sizes", "int64", Optional.of(List.of(Axis.open("N"), Axis.of(2))));
    HeadContext two =
        new HeadContext(
            List.of(one.inputs().get(0), sizes),
            one.image(),
            one.trace(),
            one.metadata(),
            Sidecars.NONE);
    assertThat(families(one)).isEqualTo("ssd-nms");
    assertThat(families(two)).isEqualTo("rtdetr");
  }

  /** A card must name a decoder that exists. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "640 | :1x25200x85",
        "640 | :1x3x80x80x85 :1x3x40x40x85 :1x3x20x20x85",
        "416 | :1x3549x85",
        "640 | :1x84x8400",
        "640 | :1x8400x84",
        "640 | :1x300x84",
        "640 | :?x7",
        "640 | logits:1x300x80 pred_boxes:1x300x4",
        "640 | :1x8400x4 :1x8400x80",
        "640 | :1x8400x4 :1x80x8400",
        "300 | scores:1x8732x81:Softmax boxes:1x8732x4",
        "1200 | bboxes:1x?x4 labels:1x?::int64 scores:1x?",
        "320 | boxes:?x4 labels:?::int64 scores:?",
        "640 | num:1x1::int64 b:1x300x4 s:1x300 c:1x300::int64",
        "640 | num_dets:1x1::int32 det_boxes:1x100x4 det_scores:1x100 "
            + "det_classes:1x100::int32",
        "320 | detection_boxes:1x100x4 detection_scores:1x100 detection_classes:1x100 "
            + "num_detections:1",
        "64 | boxes:1x84x4 scores:1x80x84 sel:?x3::int64",
        "512 | hm:1x80x128x128:Sigmoid wh:1x4x128x128",
        "512 | hm:1x80x128x128:Sigmoid wh:1x2x128x128 reg:1x2x128x128",
        "512 | hm:1x2x128x128 wh:1x2x128x128 reg:1x2x128x128",
        "256 | :1x512x1 :1x384x1 :1x512x16 :1x384x16",
        "128 | :1x896x16 :1x896x1",
        "160 | loc:1462x14 conf:1462x2 iou:1462x1",
        "416 | :1x2704x80 :1x676x80 :1x169x80 :1x2704x32 :1x676x32 :1x169x32",
        "416 | :1x3598x112",
        "352 | :1x85x22x22",
        "352 | :1x22x22x95 :1x11x11x95",
        "512 | :1x49104x90:Sigmoid :1x49104x4",
        "512 | :1x49104x91 :1x49104x4",
        "640 | :12800x1 :3200x1 :800x1 :12800x4 :3200x4 :800x4",
        "640 | :12800x1 :3200x1 :800x1 :12800x4 :3200x4 :800x4 :12800x10 :3200x10 :800x10",
        "64 | :1x64x1 :1x16x1 :1x4x1 :1x64x1 :1x16x1 :1x4x1 :1x64x4 :1x16x4 :1x4x4 "
            + ":1x64x10 :1x16x10 :1x4x10",
        "128 | :1x3x16x16 :1x4x16x16 :1x1x16x16 :1x3x8x8 :1x4x8x8 :1x1x8x8 :1x3x4x4 "
            + ":1x4x4x4 :1x1x4x4 :1x3x2x2 :1x4x2x2 :1x1x2x2 :1x3x1x1 :1x4x1x1 :1x1x1x1",
        "640 | :1x1x640x640:Sigmoid>ConvTranspose"
      })
  void recognise_detectorWithADecoder_namesOneThatReadsItsOutputs(int side, String outputs)
      throws BadInputException {
    HeadContext model = model(side, outputs(outputs), Map.of());
    Head head = Heads.recognise(model).chosen().orElseThrow();
    List<io.stagemark.data.TensorSpec> specs =
        model.outputs().stream()
            .map(
                each ->
                    new io.stagemark.data.TensorSpec(
                        each.name(),
                        io.stagemark.data.ElementType.of(each.type()).orElseThrow(),
                        each.shape()))
            .toList();
    assertThat(
            Decoders.create(
                new io.stagemark.postprocess.decoder.Head(
                    head.decoder().orElseThrow(),
                    head.classes().orElse(91),
                    specs,
                    side,
                    side,
                    head.parameters())))
        .isNotNull();
  }
}
