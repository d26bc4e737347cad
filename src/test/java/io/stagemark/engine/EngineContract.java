package io.stagemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Engine} keeps to on the processor. A test of an engine extends it and names the
 * engine and a small model that it runs.
 */
public abstract class EngineContract {
  private static final Device ABSENT = new Device("cuda", 999);

  /** Returns the engine under test. */
  protected abstract Engine engine();

  /** Returns a model that it runs: float32 inputs and outputs of a known shape. */
  protected abstract ModelFile smallModel();

  /** Returns the options of its own that the tests run with: the defaults. */
  protected Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    engine().info().options().forEach(each -> options.put(each.name(), each.defaultValue()));
    return options;
  }

  /** Returns how many bytes of Java's heap a forward may take: none, unless the runtime does. */
  protected int mostBytesPerForward() {
    return 0;
  }

  private EngineSettings settings(Device device) {
    return new EngineSettings(device, 1, options());
  }

  private LoadedModel load() throws EngineException {
    return engine().load(smallModel(), settings(Device.CPU));
  }

  private static void fill(EngineSession session, float first) {
    for (int i = 0; i < session.inputs().size(); i++) {
      for (int k = 0; k < session.input(i).floats().capacity(); k++) {
        session.input(i).floats().put(k, first + k);
      }
    }
  }

  private static List<float[]> outputs(EngineSession session) {
    List<float[]> outputs = new ArrayList<>();
    for (int i = 0; i < session.outputs().size(); i++) {
      float[] values = new float[session.output(i).floats().capacity()];
      session.output(i).floats().get(0, values);
      outputs.add(values);
    }
    return outputs;
  }

  /** Returns what an engine says of a card that it must refuse, at whatever step it finds out. */
  private String refusal(ModelFile card, Device device) {
    EngineException refused =
        catchThrowableOfType(
            EngineException.class,
            () -> {
              try (LoadedModel loaded = engine().load(card, settings(device));
                  EngineSession session = loaded.newSession()) {
                session.forward();
              }
            });
    assertThat(refused).as("the refusal of %s on %s", card, device).isNotNull();
    return String.valueOf(refused.getMessage());
  }

  @Test
  void info_always_isCompleteAndAcceptsItsOwnDefaults() {
    EngineInfo info = engine().info();
    assertThat(engine().name()).matches("[a-z0-9-]+");
    assertThat(info.version()).isNotBlank();
    assertThat(info.devices()).contains("cpu");
    for (EngineOption option : info.options()) {
      assertThat(option.accepts(option.defaultValue())).as(option.name()).isTrue();
      assertThat(option.meaning()).isNotBlank();
    }
    assertThat(info.options().stream().map(EngineOption::name)).doesNotHaveDuplicates();
  }

  @Test
  void newSession_always_hasThePortsOfTheCardInDirectMemory() throws Exception {
    try (LoadedModel loaded = load();
        EngineSession session = loaded.newSession()) {
      assertThat(session.inputs()).isEqualTo(smallModel().inputs());
      assertThat(session.outputs()).isEqualTo(smallModel().outputs());
      Tensor first = session.input(0);
      assertThat(first.bytes().isDirect()).isTrue();
      session.forward();
      assertThat(session.input(0)).isSameAs(first);
    }
  }

  @Test
  void forward_sameInputTwice_givesTheSameOutputs() throws Exception {
    try (LoadedModel loaded = load();
        EngineSession session = loaded.newSession()) {
      fill(session, 1);
      session.forward();
      List<float[]> once = outputs(session);
      session.forward();
      List<float[]> twice = outputs(session);
      assertThat(twice).hasSameSizeAs(once);
      for (int i = 0; i < once.size(); i++) {
        assertThat(twice.get(i)).containsExactly(once.get(i));
      }
      for (int k = 0; k < session.input(0).floats().capacity(); k++) {
        assertThat(session.input(0).floats().get(k)).as("input %d", k).isEqualTo(1f + k);
      }
    }
  }

  @Test
  void newSession_two_haveMemoryOfTheirOwn() throws Exception {
    try (LoadedModel loaded = load();
        EngineSession one = loaded.newSession();
        EngineSession two = loaded.newSession()) {
      fill(one, 10);
      one.forward();
      List<float[]> before = outputs(one);
      fill(two, 20);
      two.forward();
      assertThat(one.input(0).floats().get(0)).isEqualTo(10);
      assertThat(outputs(one).get(0)).containsExactly(before.get(0));
    }
  }

  /** Shapes of their own are tested with models of free extents, engine by engine. */
  @Test
  void newSession_shapesOfTheModelItself_areThoseOfItsOwnSessions() throws Exception {
    try (LoadedModel loaded = load();
        EngineSession own = loaded.newSession()) {
      if (!engine().opensOtherShapes()) {
        assertThatThrownBy(() -> loaded.newSession(smallModel()))
            .isInstanceOf(UnsupportedOperationException.class);
        return;
      }
      try (EngineSession given = loaded.newSession(smallModel())) {
        assertThat(given.inputs()).isEqualTo(own.inputs());
        fill(own, 1);
        fill(given, 1);
        own.forward();
        given.forward();
        for (int i = 0; i < own.outputs().size(); i++) {
          assertThat(outputs(given).get(i)).containsExactly(outputs(own).get(i));
        }
      }
    }
  }

  @Test
  void forward_tenThousandTimes_takesNoMoreOfTheHeapThanItMay() throws Exception {
    try (LoadedModel loaded = load();
        EngineSession session = loaded.newSession()) {
      double bytes = AllocatedBytes.perForward(session, 10_000);
      assertThat(bytes).isBetween(0.0, (double) mostBytesPerForward());
    }
  }

  @Test
  void output_beforeForward_throws() throws Exception {
    try (LoadedModel loaded = load();
        EngineSession session = loaded.newSession()) {
      assertThatIllegalStateException().isThrownBy(() -> session.output(0));
    }
  }

  @Test
  void close_twice_doesNothingMore() throws Exception {
    LoadedModel loaded = load();
    EngineSession session = loaded.newSession();
    session.forward();
    session.close();
    session.close();
    assertThatIllegalStateException().isThrownBy(session::forward);
    assertThatIllegalStateException().isThrownBy(() -> session.output(0));
    loaded.close();
    loaded.close();
    assertThatIllegalStateException().isThrownBy(loaded::newSession);
  }

  @Test
  void load_deviceThatIsNotThere_isRefusedWithOneThatIs() {
    assertThat(refusal(smallModel(), ABSENT)).contains("device cuda:999", "device: cpu");
  }

  @Test
  void load_noFile_saysSo() {
    assumeThat(engine().info().format()).as("an engine that reads a file").isPresent();
    ModelFile without =
        new ModelFile("tiny", Optional.empty(), smallModel().inputs(), smallModel().outputs());
    assertThat(refusal(without, Device.CPU)).contains("no file for this engine");
    Path absent = Path.of("absent-model");
    ModelFile gone =
        new ModelFile("tiny", Optional.of(absent), smallModel().inputs(), smallModel().outputs());
    assertThat(refusal(gone, Device.CPU)).contains("no such file", absent.toString());
  }

  @Test
  void load_cardWithOutputsThatAreNotTheModels_isRefusedWithBoth() {
    assumeThat(engine().info().format()).as("an engine that reads a file").isPresent();
    List<TensorSpec> others = new ArrayList<>();
    for (TensorSpec output : smallModel().outputs()) {
      List<Long> shape = new ArrayList<>(output.shape());
      shape.set(shape.size() - 1, shape.get(shape.size() - 1) + 1);
      others.add(new TensorSpec(output.name(), output.type(), shape));
    }
    ModelFile card =
        new ModelFile(smallModel().name(), smallModel().path(), smallModel().inputs(), others);
    assertThat(refusal(card, Device.CPU))
        .contains("found: ", "expected: ", "try: ", others.get(0).toString());
  }
}
