package io.stagemark.engine.programmable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineContract;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgrammableEngineTest extends EngineContract {
  private static final ModelFile MODEL =
      new ModelFile(
          "calibration",
          Optional.empty(),
          List.of(new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 4L))),
          List.of(new TensorSpec("y", ElementType.FLOAT32, List.of(1L, 4L))));

  @Override
  protected Engine engine() {
    return new ProgrammableEngine();
  }

  @Override
  protected ModelFile smallModel() {
    return MODEL;
  }

  /** As short as they get: the contract runs some ten thousand forwards. */
  @Override
  protected Map<String, String> options() {
    Map<String, String> options = super.options();
    options.put("micros", "1");
    return options;
  }

  private static EngineSettings settings(Map<String, String> changed) {
    Map<String, String> options = new HashMap<>();
    for (EngineOption option : new ProgrammableEngine().info().options()) {
      options.put(option.name(), option.defaultValue());
    }
    options.putAll(changed);
    return new EngineSettings(Device.CPU, 1, options);
  }

  // The lower bound is exact whatever the machine does: a forward never ends early.
  @Test
  void forward_eachTime_takesItsTimeAndGivesBackItsInput() throws Exception {
    LatencyPattern pattern = new LatencyPattern(LatencyPattern.Shape.PARETO, 200_000, 5);
    EngineSettings settings =
        settings(Map.of("distribution", "pareto", "micros", "200", "seed", "5", "record", "true"));
    try (LoadedModel model = new ProgrammableEngine().load(MODEL, settings)) {
      EngineSession session = model.newSession();
      for (int i = 0; i < 20; i++) {
        session.input(0).floats().put(0, i);
        long start = System.nanoTime();
        session.forward();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(pattern.nanos(i));
        assertThat(session.output(0).floats().get(0)).isEqualTo(i);
      }
      session.close();
      session.close();
    }
    Path file = Path.of(System.getProperty("java.io.tmpdir")).resolve(SpunTimes.fileName(0));
    SpunTimes spun = SpunTimes.read(file);
    Files.delete(file);
    assertThat(spun.count()).isEqualTo(20);
    for (int i = 0; i < 20; i++) {
      assertThat(spun.tookNanos(i)).isGreaterThanOrEqualTo(pattern.nanos(i));
    }
  }

  @Test
  void load_stallsWithoutTimeBetween_isRefused() {
    assertThatThrownBy(
            () ->
                new ProgrammableEngine()
                    .load(MODEL, settings(Map.of("stallMillis", "50", "stallEveryMillis", "50"))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stalls of 50 ms every 50 ms");
  }
}
