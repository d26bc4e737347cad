package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.testdata.NestedCases;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The decoders of this program keep to the contract. */
final class BuiltInDecodersTest {
  private abstract static class Case extends DecoderContract {
    private final String name;
    private final int classes;
    private final List<List<Long>> shapes;

    /**
     * @param shapes such as {@code 6x84 4x84}, without the batch
     */
    Case(String name, int classes, String shapes) {
      this.name = name;
      this.classes = classes;
      this.shapes =
          Arrays.stream(shapes.split(" "))
              .map(each -> Arrays.stream(each.split("x")).map(Long::valueOf).toList())
              .toList();
    }

    @Override
    protected Decoder decoder() {
      return Decoders.get(name);
    }

    @Override
    protected int classes() {
      return classes;
    }

    @Override
    protected int sidePx() {
      return 64;
    }

    @Override
    protected List<List<Long>> shapes() {
      return shapes;
    }
  }

  @Nested
  final class CenterNetCase extends Case {
    CenterNetCase() {
      super("centernet", 2, "2x16x16 4x16x16");
    }
  }

  @Nested
  final class CenterNetPeaksCase extends Case {
    CenterNetPeaksCase() {
      super("centernet-wh", 2, "2x16x16 2x16x16 2x16x16");
    }
  }

  @Nested
  final class BlazeFaceCase extends Case {
    BlazeFaceCase() {
      super("blazeface", 1, "512x1 512x16");
    }
  }

  @Nested
  final class YoloV8SegCase extends Case {
    YoloV8SegCase() {
      super("yolov8-seg", 2, "10x84 4x16x16");
    }
  }

  @Nested
  final class YoloV5SegCase extends Case {
    YoloV5SegCase() {
      super("yolov5-seg", 2, "84x11 4x16x16");
    }
  }

  @Nested
  final class YoloV10SegCase extends Case {
    YoloV10SegCase() {
      super("yolov10-seg", 1, "50x10 4x16x16");
    }
  }

  @Nested
  final class YoloV8PoseCase extends Case {
    YoloV8PoseCase() {
      super("yolov8-pose", 2, "57x84");
    }
  }

  @Nested
  final class YoloV7PoseCase extends Case {
    YoloV7PoseCase() {
      super("yolov7-pose", 2, "84x58");
    }
  }

  @Nested
  final class YoloV10PoseCase extends Case {
    YoloV10PoseCase() {
      super("yolov10-pose", 1, "50x57");
    }
  }

  @Nested
  final class YoloV8ObbCase extends Case {
    YoloV8ObbCase() {
      super("yolov8-obb", 2, "7x84");
    }
  }

  @Nested
  final class YoloV10ObbCase extends Case {
    YoloV10ObbCase() {
      super("yolov10-obb", 1, "50x7");
    }
  }

  @Nested
  final class YoloV5Case extends Case {
    YoloV5Case() {
      super("yolov5", 2, "84x7");
    }
  }

  @Nested
  final class YoloV8Case extends Case {
    YoloV8Case() {
      super("yolov8", 2, "6x84");
    }
  }

  @Nested
  final class YoloXCase extends Case {
    YoloXCase() {
      super("yolox", 2, "84x7");
    }
  }

  @Nested
  final class YoloV10Case extends Case {
    YoloV10Case() {
      super("yolov10", 2, "30x6");
    }
  }

  @Nested
  final class NanoDetCase extends Case {
    NanoDetCase() {
      super("nanodet", 2, "64x2 64x32");
    }
  }

  @Nested
  final class NanoDetPlusCase extends Case {
    NanoDetPlusCase() {
      super("nanodet-plus", 2, "84x34");
    }
  }

  @Nested
  final class PicoDetCase extends Case {
    PicoDetCase() {
      super("picodet", 2, "64x2 64x32");
    }
  }

  @Nested
  final class DetrCase extends Case {
    DetrCase() {
      super("detr", 2, "10x3 10x4");
    }
  }

  @Nested
  final class RtDetrCase extends Case {
    RtDetrCase() {
      super("rtdetr-ultralytics", 2, "10x6");
    }
  }

  @Nested
  final class SsdCase extends Case {
    SsdCase() {
      super("ssd", 2, "50x3 50x4");
    }
  }

  @Nested
  final class YoloNasCase extends Case {
    YoloNasCase() {
      super("yolonas", 3, "50x3 50x4");
    }
  }

  @Nested
  final class TextMapCase extends Case {
    TextMapCase() {
      super("text-map", 1, "1x64x64");
    }
  }

  @Nested
  final class ScrfdCase extends Case {
    ScrfdCase() {
      super("scrfd", 1, "128x1 32x1 8x1 128x4 32x4 8x4");
    }
  }

  @Nested
  final class YuNetCase extends Case {
    YuNetCase() {
      super("yunet", 1, "64x1 64x1 64x4 16x1 16x1 16x4 4x1 4x1 4x4");
    }
  }

  @Nested
  final class YuNetPriorsCase extends Case {
    YuNetPriorsCase() {
      super("yunet-2022", 1, "235x14 235x2 235x1");
    }
  }

  @Nested
  final class FastestDetCase extends Case {
    FastestDetCase() {
      super("fastestdet", 2, "7x4x4");
    }
  }

  @Nested
  final class FcosCase extends Case {
    FcosCase() {
      super(
          "fcos",
          2,
          "2x8x8 4x8x8 1x8x8 2x4x4 4x4x4 1x4x4 2x2x2 4x2x2 1x2x2 2x1x1 4x1x1 1x1x1 2x1x1 4x1x1 1x1x1");
    }
  }

  @Nested
  final class YoloGridsCase extends Case {
    YoloGridsCase() {
      super("yolo-grids", 2, "3x8x8x7 3x4x4x7 3x2x2x7");
    }
  }

  @Nested
  final class YoloFastestV2Case extends Case {
    YoloFastestV2Case() {
      super("yolo-fastestv2", 2, "4x4x17 2x2x17");
    }
  }

  @Nested
  final class RetinaNetCase extends Case {
    RetinaNetCase() {
      super("retinanet", 2, "774x2 774x4");
    }
  }

  @Nested
  final class EfficientDetCase extends Case {
    EfficientDetCase() {
      super("efficientdet", 2, "774x2 774x4");
    }
  }

  @Nested
  final class SelectedCase extends Case {
    SelectedCase() {
      super("selected", 2, "20 20x4 20");
    }
  }

  @Nested
  final class TensorFlowCase extends Case {
    TensorFlowCase() {
      super("tf-od", 2, "20x4 20 20 1");
    }

    @Override
    protected float number(int output, Random random) {
      return output == 2 ? 1 + random.nextInt(2) : output == 3 ? 20 : random.nextFloat();
    }
  }

  /** Its outputs have no batch axis, or their sizes are the card's: SelectedDecodersTest. */
  private static final List<String> ELSEWHERE = List.of("rows7", "onnx-nms", "ssd-priors");

  @Test
  void decoders_onTheClassPath_areThoseTestedHere() throws ReflectiveOperationException {
    assertThat(NestedCases.of(this, Case.class).stream().map(each -> each.decoder().name()))
        .containsExactlyInAnyOrderElementsOf(
            Decoders.names().stream().filter(name -> !ELSEWHERE.contains(name)).toList());
  }
}
