package io.stagemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Tensor;
import io.stagemark.spi.Registry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineParityTest {
  private static final Registry<Engine> ENGINES =
      Registry.discover(Engine.class, EngineParityTest.class.getClassLoader());

  @Test
  void discover_classPath_hasFourEngines() {
    assertThat(ENGINES.names())
        .containsExactly("constant", "onnxruntime", "programmable", "pytorch");
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
      assertThat(largestDifference(one.output(1), two.output(1))).isLessThan(1e-2);
      assertThat(largest(one.output(0))).isBetween(0.3, 1.0);
    }
  }

  // libtorch keeps thread count and executor switches in each thread
  @ParameterizedTest
  @ValueSource(strings = {"onnxruntime", "pytorch"})
  void forward_onAnotherThreadThanLoad_givesTheSame(String name) throws Exception {
    Engine engine = ENGINES.get(name);
    ModelFile card =
        TinyModels.model(
            name.equals("pytorch") ? "add.pt" : "add.onnx",
            TinyModels.float32("x", 2, 3),
            TinyModels.float32("y", 2, 3));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (LoadedModel here = engine.load(card, TinyModels.settings(engine, Device.CPU));
        LoadedModel there =
            other.submit(() -> engine.load(card, TinyModels.settings(engine, Device.CPU))).get();
        EngineSession session = here.newSession();
        EngineSession second = there.newSession()) {
      TinyModels.fill(session, 0, 1, 2, 3);
      other
          .submit(
              () -> {
                session.forward();
                second.forward();
                return null;
              })
          .get();
      assertThat(TinyModels.floats(session, 0)).containsExactly(2, 3, 4, 1, 1, 1);
      assertThat(TinyModels.floats(second, 0)).containsOnly(1);
    } finally {
      other.shutdown();
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
