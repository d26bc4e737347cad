package io.stagemark.engine;

import static io.stagemark.engine.TinyModels.float32;
import static io.stagemark.engine.TinyModels.model;
import static io.stagemark.engine.TinyModels.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Tensor;
import io.stagemark.engine.onnxruntime.OnnxRuntimeEngine;
import io.stagemark.engine.pytorch.PyTorchEngine;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a forward takes of Java's memory. A copy of an input or an output of the detector would show
 * as 3 MB or 5 MB, on the heap or in direct buffers.
 */
final class ZeroCopyTest {
  private static final Engine ONNX = new OnnxRuntimeEngine();
  private static final Engine TORCH = new PyTorchEngine();

  // What the runtimes' own Java APIs make in a run of one input and one output: for ONNX Runtime
  // two name and two handle arrays, iterators, a Result with a map and a list; for DJL an array, a
  // value and a list for each output, its registration with a manager, and our buffer views. The
  // bounds leave room for another JIT.
  static Stream<Arguments> tiny() {
    return Stream.of(Arguments.of(ONNX, "add.onnx", 1024), Arguments.of(TORCH, "add.pt", 4096));
  }

  @ParameterizedTest
  @MethodSource("tiny")
  void forward_tinyModel_makesLittleGarbage(Engine engine, String file, int mostBytes)
      throws Exception {
    ModelFile card = model(file, float32("x", 2, 3), float32("y", 2, 3));
    try (LoadedModel loaded = engine.load(card, settings(engine, Device.CPU));
        EngineSession session = loaded.newSession()) {
      double bytes = AllocatedBytes.perForward(session, 10_000);
      assertThat(bytes).isLessThan(mostBytes);
    }
  }

  static Stream<Arguments> detector() {
    return Stream.of(Arguments.of(ONNX, ".onnx"), Arguments.of(TORCH, ".pt"));
  }

  @ParameterizedTest
  @MethodSource("detector")
  void forward_detector_copiesNoTensorInJava(Engine engine, String extension) throws Exception {
    try (LoadedModel loaded =
            engine.load(CenterNet.model(extension), settings(engine, Device.CPU));
        EngineSession session = loaded.newSession()) {
      CenterNet.photograph("coffee.jpg", session.input(0));
      assertThat(directBytesOfForwards(session)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("detector")
  void forward_inputMemoryWritten_changesTheOutputWithNoOtherCall(Engine engine, String extension)
      throws Exception {
    try (LoadedModel loaded =
            engine.load(CenterNet.model(extension), settings(engine, Device.CPU));
        EngineSession session = loaded.newSession()) {
      Tensor held = session.input(0);
      session.forward();
      Tensor black = session.output(0).copy();
      CenterNet.photograph("coffee.jpg", held);
      session.forward();
      assertThat(session.input(0)).isSameAs(held);
      assertThat(session.output(0).bytes()).isNotEqualTo(black.bytes());
    }
  }

  /** A collection frees direct memory of other tests: what counts is a try without one. */
  private static long directBytesOfForwards(EngineSession session) throws Exception {
    long change = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5 && change != 0; attempt++) {
      long before = directBytes();
      assertThat(AllocatedBytes.perForward(session, 4)).isLessThan(20_000);
      change = directBytes() - before;
    }
    return change;
  }

  private static long directBytes() {
    List<BufferPoolMXBean> pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
    return pools.stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
