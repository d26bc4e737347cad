package io.stagemark.flops.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.testdata.SharedFolder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MACs of whole models, from docs/flops.md: measured with torch on the same architectures. */
final class GoldenMacsTest {

  @ParameterizedTest
  @CsvSource({
    "light_resnet50.onnx, 4089184256",
    "light_densenet121.onnx, 2834161664",
    "light_squeezenet.onnx, 349151936",
    "light_shufflenet.onnx, 124664528"
  })
  void count_lightModel_equalsGoldenMacs(String model, long macs) throws BadInputException {
    OperationCount count = OnnxFlops.count(SharedFolder.require("models/" + model), Map.of());

    assertThat(count.macs()).isEqualTo(macs);
    assertThat(count.uncounted()).isEmpty();
  }

  // docs/flops.md, by hand: batch 2, input 3x8x8
  @Test
  void count_handWorkedGraph_equalsEachOperator() throws BadInputException {
    OperationCount count = OnnxFlops.count(SharedFolder.require("models/misc.onnx"), Map.of());

    assertThat(macsByOperator(count))
        .containsEntry("Conv", 6912L)
        .containsEntry("ConvTranspose", 8192L)
        .containsEntry("MatMul", 2560L)
        .containsEntry("LSTM", 67584L)
        .containsEntry("Einsum", 98304L);
    assertThat(count.macs()).isEqualTo(6912L + 8192 + 2560 + 67584 + 98304);
    assertThat(count.batch()).isEqualTo(2);
    assertThat(count.uncounted()).isEmpty();
  }

  // one convolution at a time in docs/flops.md's figure for torch on the same network
  @ParameterizedTest
  @CsvSource({
    "centernet_mbv3_coco_512.onnx",
    "yolox_nano_416.onnx",
    "nanodet_m_416.onnx",
    "blazeface_back_256.onnx"
  })
  void count_staticModel_countsEveryOperator(String model) throws BadInputException {
    OperationCount count = OnnxFlops.count(SharedFolder.require("models/" + model), Map.of());

    assertThat(count.uncounted()).isEmpty();
    assertThat(count.macs()).isPositive();
  }

  @Test
  void count_openInput_takesTheGivenShape() throws BadInputException {
    OperationCount one =
        OnnxFlops.count(
            SharedFolder.require("models/ch_ppocr_mobile_v2.0_cls_infer.onnx"),
            Map.of("x", List.of(1L, 3L, 48L, 192L)));
    OperationCount three =
        OnnxFlops.count(
            SharedFolder.require("models/ch_ppocr_mobile_v2.0_cls_infer.onnx"),
            Map.of("x", List.of(3L, 3L, 48L, 192L)));

    assertThat(three.macs()).isEqualTo(3 * one.macs());
    assertThat(three.macsPerImage()).isEqualTo((double) one.macs());
  }

  private static Map<String, Long> macsByOperator(OperationCount count) {
    return count.perOp().stream()
        .collect(
            Collectors.groupingBy(
                NodeCount::operator, Collectors.summingLong(node -> node.operations().macs())));
  }
}
