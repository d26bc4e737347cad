package io.stagemark.flops.roofline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.flops.Memory;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How operations, times and ceilings are put together; nothing is measured here. */
final class RooflineAssemblyTest {
  // 100 GFLOP/s and 10 GB/s: the ridge is at 10 FLOPs a byte
  private static final MachinePeak PEAK =
      new MachinePeak(
          Map.of("float32", new Rate(100e9, 0.02, 9, "512")), new Rate(10e9, 0.05, 9, "arrays"), 1);

  private static NodeCount node(String name, String operator, Operations operations, long bytes) {
    return new NodeCount(
        name, operator, 1, List.of(), List.of(), operations, 0, bytes, "", "float32");
  }

  private static OperationCount count(NodeCount... nodes) {
    return new OperationCount(
        "onnx executed",
        "execution",
        1,
        Operations.NONE,
        0,
        new Weights(0, 0, 0, 0),
        new Memory(0, 0, 0),
        Map.of(),
        List.of(),
        List.of(nodes),
        List.of());
  }

  @Test
  void attainable_belowAndAboveTheRidge_isBandwidthOrPeak() {
    assertThat(PEAK.attainable("float32", 2)).contains(20e9);
    assertThat(PEAK.attainable("float32", 10)).contains(100e9);
    assertThat(PEAK.attainable("float32", 50)).contains(100e9);
    assertThat(PEAK.memoryBound("float32", 9.9)).isTrue();
    assertThat(PEAK.memoryBound("float32", 10)).isFalse();
  }

  // conv: 2e9 FLOPs in 40 ms = 50 GFLOP/s of 100; add: 1e6 in 1 ms = 1 GFLOP/s of 10e9/12
  @Test
  void assemble_twoOperators_tellsFractionsAndTheSum() {
    Roofline roofline =
        RooflineAssembly.of(
            "onnxruntime",
            count(
                node("add", "Add", Operations.of(1_000_000, 0, 0), 12_000_000),
                node("conv", "Conv", Operations.ofMacs(1_000_000_000), 10_000_000)),
            Map.of("conv", 0.040, "add", 0.001),
            PEAK,
            List.of());

    assertThat(roofline.heaviest())
        .extracting(Roofline.OperatorPoint::name)
        .containsExactly("conv", "add");
    assertThat(roofline.heaviest().get(0).fraction()).isCloseTo(0.5, within(1e-12));
    assertThat(roofline.heaviest().get(1).fraction()).isCloseTo(1.2, within(1e-12));
    assertThat(roofline.whole().seconds()).isCloseTo(0.041, within(1e-12));
    assertThat(roofline.whole().flopsTotal()).isEqualTo(2_001_000_000);
    assertThat(roofline.warnings()).singleElement().asString().contains("add 1.20, Add 1.20");
  }

  @Test
  void assemble_unsteadyMachine_warns() {
    MachinePeak shaky =
        new MachinePeak(
            Map.of("float32", new Rate(100e9, 0.3, 9, "512")),
            new Rate(10e9, 0.05, 9, "arrays"),
            1);

    assertThat(RooflineAssembly.of("onnxruntime", count(), Map.of(), shaky, List.of()).warnings())
        .anyMatch(warning -> warning.contains("not steady"));
  }

  // 9 samples: median the 5th, quartiles the 3rd and the 7th
  @Test
  void rate_ofNine_isMedianAndQuartiles() {
    Rate rate = Rate.of(new double[] {9, 1, 8, 2, 7, 3, 6, 4, 5}, "x");

    assertThat(rate.median()).isEqualTo(5);
    assertThat(rate.spread()).isCloseTo((7 - 3) / 5.0, within(1e-12));
    assertThat(rate.steady()).isFalse();
  }
}
