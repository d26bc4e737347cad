package io.stagemark.engine.onnxruntime;

import static io.stagemark.engine.TinyModels.fill;
import static io.stagemark.engine.TinyModels.float32;
import static io.stagemark.engine.TinyModels.floats;
import static io.stagemark.engine.TinyModels.model;
import static io.stagemark.engine.TinyModels.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineContract;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnnxRuntimeEngineTest extends EngineContract {
  private static final Engine ENGINE = new OnnxRuntimeEngine();
  private static final EngineSettings CPU = settings(ENGINE, Device.CPU);
  private static final ModelFile ADD = model("add.onnx", float32("x", 2, 3), float32("y", 2, 3));

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
    return 1024;
  }

  /**
   * {@code batch.onnx} adds 1 to {@code [n, 3]}: both outputs are memory that is written in place.
   */
  @Test
  void newSession_otherExtentsOfAFreeAxis_runSideBySide() throws Exception {
    ModelFile two = model("batch.onnx", float32("x", 2, 3), float32("y", 2, 3));
    ModelFile one = model("batch.onnx", float32("x", 1, 3), float32("y", 1, 3));
    try (LoadedModel loaded = ENGINE.load(two, CPU);
        EngineSession large = loaded.newSession();
        EngineSession small = loaded.newSession(one)) {
      fill(large, 0, 1, 2, 3, 4, 5, 6);
      fill(small, 0, 7, 8, 9);
      large.forward();
      small.forward();
      assertThat(floats(large, 0)).containsExactly(2, 3, 4, 5, 6, 7);
      assertThat(floats(small, 0)).containsExactly(8, 9, 10);
      Tensor written = small.output(0);
      small.forward();
      assertThat(small.output(0)).isSameAs(written);
    }
  }

  @Test
  void info_always_tellsVersionFormatAndOptions() {
    assertThat(ENGINE.info().version()).isEqualTo("1.29.0");
    assertThat(ENGINE.info().format()).hasValue("onnx");
    assertThat(ENGINE.info().options()).extracting("name").contains("allowSpinning");
  }

  @Test
  void forward_addOne_givesInputPlusOne() throws Exception {
    try (LoadedModel loaded = ENGINE.load(ADD, CPU);
        EngineSession session = loaded.newSession()) {
      fill(session, 0, 0, 1, 2, 3, 4, -1.5f);
      session.forward();
      assertThat(session.inputs()).containsExactly(float32("x", 2, 3));
      assertThat(session.outputs()).containsExactly(float32("y", 2, 3));
      assertThat(floats(session, 0)).containsExactly(1, 2, 3, 4, 5, -0.5f);
    }
  }

  @Test
  void output_nextForward_isTheSameMemoryWithTheNewResult() throws Exception {
    try (LoadedModel loaded = ENGINE.load(ADD, CPU);
        EngineSession session = loaded.newSession()) {
      session.forward();
      Tensor held = session.output(0);
      fill(session, 0, 41);
      session.forward();
      assertThat(session.output(0)).isSameAs(held);
      assertThat(held.floats().get(0)).isEqualTo(42);
    }
  }

  @Test
  void newSession_batchOnCard_fixesTheModelsFreeExtent() throws Exception {
    ModelFile card = model("batch.onnx", float32("x", 4, 3), float32("y", 4, 3));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      fill(session, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6);
      session.forward();
      assertThat(session.output(0).floats().get(11)).isEqualTo(7);
    }
  }

  @Test
  void forward_cardInAnotherOrder_bindsByName() throws Exception {
    ModelFile card =
        model("sub.onnx", List.of(float32("b", 2), float32("a", 2)), List.of(float32("d", 2)));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      fill(session, 0, 1, 2);
      fill(session, 1, 10, 20);
      session.forward();
      assertThat(floats(session, 0)).containsExactly(9, 18);
    }
  }

  @Test
  void forward_everyElementType_passesTheBytes() throws Exception {
    List<TensorSpec> inputs = new ArrayList<>();
    List<TensorSpec> outputs = new ArrayList<>();
    for (ElementType type :
        List.of(
            ElementType.FLOAT64,
            ElementType.FLOAT16,
            ElementType.INT8,
            ElementType.UINT8,
            ElementType.INT32,
            ElementType.INT64,
            ElementType.BOOL)) {
      String name = type.name().toLowerCase(java.util.Locale.ROOT);
      inputs.add(new TensorSpec(name, type, List.of(3L)));
      outputs.add(new TensorSpec(name + "_out", type, List.of(3L)));
    }
    try (LoadedModel loaded = ENGINE.load(model("types.onnx", inputs, outputs), CPU);
        EngineSession session = loaded.newSession()) {
      for (int i = 0; i < inputs.size(); i++) {
        session.input(i).bytes().put(0, (byte) 1);
      }
      session.forward();
      for (int i = 0; i < inputs.size(); i++) {
        assertThat(session.output(i).bytes()).isEqualTo(session.input(i).bytes());
      }
    }
  }

  // NonZero of [0 5 0 7] is [1 3], of [1 1 1 0] is [0 1 2], of zeros nothing
  @Test
  void output_extentDependsOnData_hasTheShapeOfThisForward() throws Exception {
    ModelFile card =
        model(
            "nonzero.onnx",
            List.of(float32("x", 4)),
            List.of(
                new TensorSpec("where", ElementType.INT64, List.of(1L, TensorSpec.DYNAMIC)),
                float32("y", 4)));
    try (LoadedModel loaded = ENGINE.load(card, CPU);
        EngineSession session = loaded.newSession()) {
      assertThat(session.outputs().get(0).isStatic()).isFalse();
      fill(session, 0, 0, 5, 0, 7);
      session.forward();
      assertThat(session.output(0).spec().shape()).containsExactly(1L, 2L);
      assertThat(session.output(0).longs().get(0)).isEqualTo(1);
      assertThat(session.output(0).longs().get(1)).isEqualTo(3);
      assertThat(floats(session, 1)).containsExactly(1, 6, 1, 8);
      fill(session, 0, 1, 1, 1, 0);
      session.forward();
      assertThat(session.output(0).spec().shape()).containsExactly(1L, 3L);
      assertThat(session.output(0).longs().get(2)).isEqualTo(2);
      fill(session, 0, 0, 0, 0, 0);
      session.forward();
      assertThat(session.output(0).spec().shape()).containsExactly(1L, 0L);
    }
  }

  @ParameterizedTest
  @CsvSource({"none,true", "basic,false", "extended,true", "all,false"})
  void load_eachOption_givesTheSameResult(String optimization, String spinning) throws Exception {
    EngineSettings settings =
        settings(ENGINE, Device.CPU, "optimization", optimization, "allowSpinning", spinning);
    try (LoadedModel loaded = ENGINE.load(ADD, settings);
        EngineSession session = loaded.newSession()) {
      session.forward();
      assertThat(floats(session, 0)).containsOnly(1);
    }
  }
}
