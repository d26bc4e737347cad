package io.stagemark.engine.constant;

import static io.stagemark.engine.TinyModels.float32;
import static io.stagemark.engine.TinyModels.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineContract;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConstantEngineTest extends EngineContract {
  private static final Engine ENGINE = new ConstantEngine();
  private static final ModelFile FIXED =
      new ModelFile(
          "none", Optional.empty(), List.of(float32("x", 1, 3, 8, 8)), List.of(float32("y", 1, 4)));
  private static final ModelFile CARD =
      new ModelFile(
          "none",
          Optional.empty(),
          List.of(float32("x", 1, 3, 8, 8)),
          List.of(float32("y", 1, 4), float32("boxes", TensorSpec.DYNAMIC, 4)));

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  @Override
  protected ModelFile smallModel() {
    return FIXED;
  }

  @Test
  void forward_anyInput_givesZerosOfTheCardsShapes() throws Exception {
    try (LoadedModel loaded = ENGINE.load(CARD, settings(ENGINE, Device.CPU));
        EngineSession session = loaded.newSession()) {
      assertThatIllegalStateException().isThrownBy(() -> session.output(0));
      session.input(0).floats().put(0, 1);
      session.forward();
      assertThat(session.outputs()).containsExactly(float32("y", 1, 4), float32("boxes", 1, 4));
      assertThat(session.output(1).floats().get(3)).isZero();
    }
  }
}
