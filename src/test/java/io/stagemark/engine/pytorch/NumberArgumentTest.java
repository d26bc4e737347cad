package io.stagemark.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.TinyModels;
import io.stagemark.scoring.TorchScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules whose forward takes numbers, which libtorch does not accept as tensors. */
final class NumberArgumentTest {
  private static final PyTorchEngine TORCH = new PyTorchEngine();
  private static final TensorSpec X = TinyModels.float32("x", 2);
  private static final TensorSpec Y = TinyModels.float32("y", 2);

  @TempDir Path folder;

  private ModelFile model(
      List<TensorSpec> inputs, Map<String, List<Double>> values, String parameters, String... lines)
      throws IOException {
    Path file = folder.resolve("module.pt");
    Files.write(file, TorchScript.archive(parameters, lines));
    return new ModelFile("module", Optional.of(file), inputs, List.of(Y), values);
  }

  private static LoadedModel load(ModelFile model) throws EngineException {
    return TORCH.load(model, TinyModels.settings(TORCH, Device.CPU));
  }

  // 1.5 · 3 + 0.25 = 4.75 and -2 · 3 + 0.25 = -5.75; the sign turns with the flag
  @Test
  void forward_intFloatAndBool_takeTheInputsNumbers() throws Exception {
    ModelFile model =
        model(
            List.of(
                X,
                new TensorSpec("times", ElementType.INT64, List.of()),
                new TensorSpec("more", ElementType.FLOAT32, List.of(1L)),
                new TensorSpec("turned", ElementType.BOOL, List.of())),
            Map.of("times", List.of(3.0), "more", List.of(0.25), "turned", List.of(0.0)),
            "x: Tensor, times: int, more: float, turned: bool",
            "y = torch.add(torch.mul(x, times), more)",
            "if turned:",
            "  y = torch.neg(y)",
            "return y");
    try (LoadedModel loaded = load(model);
        EngineSession session = loaded.newSession()) {
      TinyModels.fill(session, 0, 1.5f, -2);
      session.forward();
      assertThat(TinyModels.floats(session, 0)).containsExactly(4.75f, -5.75f);
      session.input(1).longs().put(0, 4);
      session.input(3).bytes().put(0, (byte) 1);
      session.forward();
      assertThat(TinyModels.floats(session, 0)).containsExactly(-6.25f, 7.75f);
    }
  }

  @Test
  void newSession_valueThatTheModuleRequires_isThereInTheFirstForward() throws Exception {
    ModelFile model =
        model(
            List.of(X, new TensorSpec("rate", ElementType.INT64, List.of())),
            Map.of("rate", List.of(16000.0)),
            "x: Tensor, rate: int",
            "if torch.ne(rate, 16000):",
            "  ops.prim.RaiseException(\"no such rate\")",
            "return torch.div(x, rate)");
    try (LoadedModel loaded = load(model);
        EngineSession session = loaded.newSession()) {
      TinyModels.fill(session, 0, 16000, 8000);
      session.forward();
      assertThat(TinyModels.floats(session, 0)).containsExactly(1, 0.5f);
    }
  }

  @Test
  void newSession_numberOfManyElements_isRefusedInLibtorchsWords() throws Exception {
    ModelFile model =
        model(
            List.of(X, new TensorSpec("rate", ElementType.INT64, List.of(2L))),
            Map.of(),
            "x: Tensor, rate: int",
            "return torch.mul(x, rate)");
    try (LoadedModel loaded = load(model)) {
      assertThatExceptionOfType(EngineException.class)
          .isThrownBy(loaded::newSession)
          .withMessageContaining("Expected a value of type 'int' for argument 'rate'");
    }
  }
}
