package io.stagemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Tensor;
import io.stagemark.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineParityTest {
  private static final Registry<Engine> ENGINES =
      Registry.discover(Engine.class, EngineParityTest.class.getClassLoader());

  @Test
  void discover_classPath_hasThreeEngines() {
    assertThat(ENGINES.names()).containsExactly("constant", "onnxruntime", "pytorch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"astronaut.jpg", "chelsea.jpg", "coffee.jpg", "motorcycle_left.jpg"})
  void forward_sameWeightsAndPhotograph_agreesWithin1e2(String photograph) throws Exception {
    Engine onnx = ENGINES.get("onnxruntime");
    Engine torch = ENGINES.get("pytorch");
    try (LoadedModel first =
            onnx.load(CenterNet.model(".onnx"), CenterNet.settings(onnx, Device.CPU, 1));
        LoadedModel second =
            torch.load(CenterNet.model(".pt"), CenterNet.settings(torch, Device.CPU, 1));
        EngineSession one = first.newSession();
        EngineSession two = second.newSession()) {
      CenterNet.photograph(photograph, one.input(0));
      CenterNet.photograph(photograph, two.input(0));
      one.forward();
      two.forward();
      assertThat(largestDifference(one.output(0), two.output(0))).isLessThan(1e-2);
      assertThat(largest(one.output(0))).isBetween(0.3, 1.0);
    }
  }

  private static double largestDifference(Tensor a, Tensor b) {
    double largest = 0;
    for (int i = 0; i < a.spec().elements(); i++) {
      largest = Math.max(largest, Math.abs(a.floats().get(i) - b.floats().get(i)));
    }
    return largest;
  }

  private static double largest(Tensor tensor) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < tensor.spec().elements(); i++) {
      largest = Math.max(largest, tensor.floats().get(i));
    }
    return largest;
  }
}
