package io.stagemark.engine.pytorch;

import static io.stagemark.engine.TinyModels.fill;
import static io.stagemark.engine.TinyModels.float32;
import static io.stagemark.engine.TinyModels.floats;
import static io.stagemark.engine.TinyModels.model;
import static io.stagemark.engine.TinyModels.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineContract;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PyTorchEngineTest extends EngineContract {
  private static final Engine ENGINE = new PyTorchEngine();
  private static final EngineSettings CPU = settings(ENGINE, Device.CPU);
  private static final ModelFile ADD = model("add.pt", float32("x", 2, 3), float32("y", 2, 3));

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  @Override
  protected ModelFile smallModel() {
    return ADD;
  }

  /** What the runtime's own Java API makes; {@code ZeroCopyTest} says what. */
  @Override
  protected int mostBytesPerForward() {
    return 4096;
  }

  @Test
  void info_always_tellsVersionFormatAndOptions() {
    assertThat(ENGINE.info().version()).isEqualTo("2.7.1 (DJL 0.35.1)");
    assertThat(ENGINE.info().format()).hasValue("torchscript");
    assertThat(ENGINE.info().options())
        .extracting("name")
        .containsExactly("graphOptimizer", "allowSpinning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void forward_addOne_givesInputPlusOne(String optimizer) throws Exception {
    EngineSettings settings = settings(ENGINE, Device.CPU, "graphOptimizer", optimizer);
    try (LoadedModel loaded = ENGINE.load(ADD, settings);
        EngineSession session = loaded.newSession()) {
      for (int round = 0; round < 4; round++) {
        fill(session, 0, 0, 1, 2, 3, 4, round);
        session.forward();
        assertThat(floats(session, 0)).containsExactly(1, 2, 3, 4, 5, round + 1);
      }
    }
  }

  // the module returns its input, so there is one memory at both ends if nothing is copied
  @Test
  void output_moduleReturnsItsInput_isTheInputsMemory() throws Exception {
    try (LoadedModel loaded =
            ENGINE.load(model("same.pt", float32("x", 2, 3), float32("y", 2, 3)), CPU);
        EngineSession session = loaded.newSession()) {
      session.forward();
      fill(session, 0, 0, 0, 0, 0, 7);
      assertThat(session.output(0).floats().get(4)).isEqualTo(7);
    }
  }

  // x = [0 1 2; 3 4 5]: transposed, columns 1 and 2, column 0 three times
  @Test
  void output_viewsThatAreNotContiguous_areReadInTheirOwnOrder() throws Exception {
    ModelFile card =
        model(
            "views.pt",
            List.of(float32("x", 2, 3)),
            List.of(float32("t", 3, 2), float32("columns", 2, 2), float32("expanded", 2, 3)));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      fill(session, 0, 0, 1, 2, 3, 4, 5);
      session.forward();
      assertThat(floats(session, 0)).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(floats(session, 1)).containsExactly(1, 2, 4, 5);
      assertThat(floats(session, 2)).containsExactly(0, 0, 0, 3, 3, 3);
    }
  }

  @Test
  void forward_twoInputs_bindsByTheCardsOrder() throws Exception {
    ModelFile card =
        model("sub.pt", List.of(float32("p", 2), float32("q", 2)), List.of(float32("d", 2)));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      fill(session, 0, 10, 20);
      fill(session, 1, 1, 2);
      session.forward();
      assertThat(floats(session, 0)).containsExactly(9, 18);
    }
  }

  @Test
  void output_dictionary_isBoundByName() throws Exception {
    ModelFile card =
        model(
            "named.pt",
            List.of(float32("x", 2)),
            List.of(float32("plus", 2), float32("double", 2)));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      fill(session, 0, 5, 6);
      session.forward();
      assertThat(floats(session, 0)).containsExactly(6, 7);
      assertThat(floats(session, 1)).containsExactly(10, 12);
    }
  }

  @Test
  void output_list_isBoundByPosition() throws Exception {
    ModelFile card =
        model("listed.pt", List.of(float32("x", 2)), List.of(float32("a", 2), float32("b", 2)));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      fill(session, 0, 5, 6);
      session.forward();
      assertThat(floats(session, 0)).containsExactly(6, 7);
      assertThat(floats(session, 1)).containsExactly(10, 12);
    }
  }

  @Test
  void output_extentDependsOnData_hasTheShapeOfThisForward() throws Exception {
    ModelFile card = model("positive.pt", float32("x", 4), float32("y", TensorSpec.DYNAMIC));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      assertThat(session.outputs().get(0).isStatic()).isFalse();
      fill(session, 0, -1, 5, 0, 7);
      session.forward();
      assertThat(floats(session, 0)).containsExactly(5, 7);
      fill(session, 0, 1, 2, 3, 0);
      session.forward();
      assertThat(floats(session, 0)).containsExactly(1, 2, 3);
      fill(session, 0, 0, 0, 0, 0);
      session.forward();
      assertThat(floats(session, 0)).isEmpty();
    }
  }

  @Test
  void forward_everyElementType_passesTheBytes() throws Exception {
    List<TensorSpec> specs =
        Stream.of(
                ElementType.FLOAT64,
                ElementType.FLOAT16,
                ElementType.INT8,
                ElementType.UINT8,
                ElementType.INT32,
                ElementType.INT64,
                ElementType.BOOL)
            .map(type -> new TensorSpec(type.name(), type, List.of(3L)))
            .toList();
    try (LoadedModel loaded = ENGINE.load(model("types.pt", specs, specs), CPU);
        EngineSession session = loaded.newSession()) {
      for (int i = 0; i < specs.size(); i++) {
        session.input(i).bytes().put(0, (byte) 1);
      }
      session.forward();
      for (int i = 0; i < specs.size(); i++) {
        assertThat(session.output(i).bytes()).isEqualTo(session.input(i).bytes());
      }
    }
  }

  // views.pt gives three outputs that are not contiguous: 12 MB of copies in each forward, which
  // would be 3.6 GB if they stayed
  @Test
  void forward_manyTimes_keepsNoNativeMemory() throws Exception {
    assumeThat(Path.of("/proc/self/status")).as("resident memory, as Linux reports it").exists();
    ModelFile card =
        model(
            "views.pt",
            List.of(float32("x", 1024, 1024)),
            List.of(
                float32("t", 1024, 1024),
                float32("columns", 1024, 1023),
                float32("expanded", 1024, 1024)));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      forward(session, 20);
      long before = residentKib();
      forward(session, 300);
      assertThat(residentKib() - before).isLessThan(300 * 1024);
    }
  }

  private static void forward(EngineSession session, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      session.forward();
    }
  }

  private static long residentKib() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(candidate -> candidate.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }
}
