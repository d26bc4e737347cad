package io.stagemark.engine;

import static io.stagemark.engine.TinyModels.float32;
import static io.stagemark.engine.TinyModels.model;
import static io.stagemark.engine.TinyModels.path;
import static io.stagemark.engine.TinyModels.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.onnxruntime.OnnxRuntimeEngine;
import io.stagemark.engine.pytorch.PyTorchEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads when a model, its card and an engine do not fit each other. */
final class EngineErrorsTest {
  private static final Engine ONNX = new OnnxRuntimeEngine();
  private static final Engine TORCH = new PyTorchEngine();
  private static final TensorSpec X = float32("x", 2, 3);
  private static final TensorSpec Y = float32("y", 2, 3);

  @TempDir Path folder;

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(ONNX, "add.onnx", 40),
        Arguments.of(ONNX, "add.onnx", 0),
        Arguments.of(ONNX, "add.pt", 1398),
        Arguments.of(TORCH, "add.pt", 700),
        Arguments.of(TORCH, "add.pt", 0),
        Arguments.of(TORCH, "add.onnx", 90));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void load_fileCutOrOfAnotherFormat_namesModelFileAndNextStep(
      Engine engine, String file, int bytes) throws Exception {
    Path cut = folder.resolve("cut-" + file);
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(path(file)), bytes));
    String message =
        failure(engine, new ModelFile("tiny", Optional.of(cut), List.of(X), List.of(Y)));
    assertThat(message)
        .startsWith("%s: model 'tiny' (%s)".formatted(engine.name(), cut))
        .contains("found: ", "expected: ", "try: ")
        .doesNotContain("frame #");
  }

  static Stream<Arguments> mismatches() {
    return Stream.of(
        // onnxruntime: the file declares all
        Arguments.of(
            ONNX, model("add.onnx", float32("x", 2, 4), Y), "x float32[2, 3]", "x float32[2, 4]"),
        Arguments.of(
            ONNX, model("add.onnx", float32("x", 6), Y), "x float32[2, 3]", "x float32[6]"),
        Arguments.of(
            ONNX, model("add.onnx", X, float32("y", 3, 2)), "y float32[2, 3]", "y float32[3, 2]"),
        Arguments.of(
            ONNX,
            model("add.onnx", new TensorSpec("x", ElementType.UINT8, List.of(2L, 3L)), Y),
            "x float32[2, 3]",
            "x uint8[2, 3]"),
        Arguments.of(ONNX, model("add.onnx", float32("image", 2, 3), Y), "inputs: x", "image"),
        Arguments.of(ONNX, model("add.onnx", X, float32("scores", 2, 3)), "outputs: y", "scores"),
        Arguments.of(
            ONNX,
            model("sub.onnx", List.of(float32("a", 2), float32("a", 2)), List.of(float32("d", 2))),
            "inputs: a, b",
            "a, a, as"),
        Arguments.of(ONNX, model("add.onnx", List.of(X, X), List.of(Y)), "inputs: x", "x, x"),
        Arguments.of(
            ONNX,
            model("nonzero.onnx", List.of(float32("x", 4)), List.of(float32("y", 4))),
            "outputs: where, y",
            "y, as"),
        Arguments.of(ONNX, model("sequence.onnx", X, float32("parts", 3)), "parts", "dense tensor"),
        Arguments.of(
            ONNX,
            model(
                "uint16.onnx",
                new TensorSpec("x", ElementType.UINT16, List.of(2L)),
                new TensorSpec("y", ElementType.UINT16, List.of(2L))),
            "x",
            "dense tensor"),
        Arguments.of(
            ONNX,
            model("batch.onnx", float32("x", TensorSpec.DYNAMIC, 3), Y),
            "x float32[?, 3]",
            "fixed shape"),
        // what only a forward shows, because the file leaves the extent open
        Arguments.of(
            ONNX,
            model("batch.onnx", float32("x", 4, 3), float32("y", 5, 3)),
            "output 'y' of shape [4, 3]",
            "y float32[5, 3], as the card or the file says, from x float32[4, 3]"),
        Arguments.of(
            ONNX,
            model("batch.onnx", float32("x", 1 << 30, 3), Y),
            "x float32[1073741824, 3]",
            "smaller batch"),
        // pytorch: only a forward shows it
        Arguments.of(
            TORCH, model("add.pt", X, float32("y", 3, 2)), "y float32[2, 3]", "y float32[3, 2]"),
        Arguments.of(
            TORCH,
            model("add.pt", X, new TensorSpec("y", ElementType.INT64, List.of(2L, 3L))),
            "y float32[2, 3]",
            "y int64[2, 3]"),
        Arguments.of(
            TORCH,
            model("add.pt", List.of(X), List.of(Y, float32("z", 1))),
            "unnamed[2, 3]",
            "y, z"),
        Arguments.of(
            TORCH,
            model(
                "named.pt",
                List.of(float32("x", 2)),
                List.of(float32("plus", 2), float32("half", 2))),
            "double[2]",
            "plus, half"),
        Arguments.of(
            TORCH,
            model("sub.pt", List.of(float32("a", 2)), List.of(Y)),
            "forward",
            "a float32[2]"),
        Arguments.of(
            TORCH,
            model("sub.pt", List.of(float32("a", 2), float32("b", 3)), List.of(Y)),
            "size of tensor a (2) must match",
            "b float32[3]"),
        Arguments.of(TORCH, model("words.pt", X, Y), "IValue", "tensors"),
        Arguments.of(TORCH, model("bfloat16.pt", X, Y), "output 'y'", "y float32[2, 3]"),
        Arguments.of(
            TORCH,
            model("add.pt", new TensorSpec("x", ElementType.BFLOAT16, List.of(2L, 3L)), Y),
            "x bfloat16[2, 3]",
            "BFLOAT16"),
        Arguments.of(
            TORCH,
            model("add.pt", float32("x", TensorSpec.DYNAMIC, 3), Y),
            "x float32[?, 3]",
            "fixed shape"));
  }

  @ParameterizedTest
  @MethodSource("mismatches")
  void newSession_cardIsNotTheModel_namesBoth(
      Engine engine, ModelFile card, String found, String expected) {
    String message = failure(engine, card);
    assertThat(message.lines().filter(line -> line.contains("found:")).findFirst().orElseThrow())
        .contains(found);
    assertThat(message).contains(expected, "try: ");
  }

  @Test
  void load_secondThreadCountInOneJvm_isRefusedByPyTorch() throws Exception {
    EngineSettings one = settings(TORCH, Device.CPU);
    TORCH.load(model("add.pt", X, Y), one).close();
    EngineSettings two = new EngineSettings(Device.CPU, 2, one.options());
    EngineException refused =
        catchThrowableOfType(
            EngineException.class, () -> TORCH.load(model("add.pt", X, Y), two).close());
    assertThat(refused).hasMessageContaining("threads 2").hasMessageContaining("threads: 1");
  }

  private static String failure(Engine engine, ModelFile card) {
    EngineException failed =
        catchThrowableOfType(
            EngineException.class,
            () -> {
              try (LoadedModel loaded = engine.load(card, settings(engine, Device.CPU));
                  EngineSession session = loaded.newSession()) {
                session.forward();
              }
            });
    assertThat(failed).as("what %s says of %s", engine.name(), card).isNotNull();
    return String.valueOf(failed.getMessage());
  }
}
