package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.testdata.NestedCases;
import java.util.Arrays;
import java.util.List;
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
  final class BlazeFaceCase extends Case {
    BlazeFaceCase() {
      super("blazeface", 1, "512x1 512x16");
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
  final class DetrCase extends Case {
    DetrCase() {
      super("detr", 2, "10x3 10x4");
    }
  }

  @Nested
  final class SsdCase extends Case {
    SsdCase() {
      super("ssd", 2, "50x3 50x4");
    }
  }

  @Nested
  final class TextMapCase extends Case {
    TextMapCase() {
      super("text-map", 1, "1x64x64");
    }
  }

  @Test
  void decoders_onTheClassPath_areThoseTestedHere() throws ReflectiveOperationException {
    assertThat(NestedCases.of(this, Case.class).stream().map(each -> each.decoder().name()))
        .containsExactlyInAnyOrderElementsOf(Decoders.names());
  }
}
