package io.stagemark.flops.onnx.profiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.engine.EngineException;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.flops.onnx.TinyModel;
import io.stagemark.flops.onnx.file.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The JVM that runs a model for its shapes ends in time, and within its memory. */
final class RunProcessTest {
  private static OnnxFile file(Path folder) throws IOException {
    TinyModel model = new TinyModel().opset(13).input("x", 2, 3).node("NonZero", "x", "y");
    Path path = folder.resolve("m.onnx");
    Files.write(path, model.output("y").model().build().toByteArray());
    return OnnxFile.read(path);
  }

  @Test
  void run_modelThatEnds_returnsWhatRan(@TempDir Path folder) throws Exception {
    RunProcess.Limits limits = RunProcess.Limits.of(Duration.ofMinutes(1));

    assertThat(RunProcess.run(file(folder), Map.of(), NodeProfiler.Settings.forShapes(), limits))
        .singleElement()
        .satisfies(node -> assertThat(node.operator()).isEqualTo("NonZero"));
  }

  // a JVM holds more than a mebibyte
  @Test
  @EnabledOnOs(OS.LINUX)
  void run_overItsMemory_isStoppedForThat(@TempDir Path folder) {
    RunProcess.Limits limits = new RunProcess.Limits(Duration.ofMinutes(1), 1 << 20);

    assertThatThrownBy(
            () -> RunProcess.run(file(folder), Map.of(), NodeProfiler.Settings.forShapes(), limits))
        .isInstanceOf(RunProcess.Stopped.class)
        .hasMessageContaining("1 MiB of memory");
  }

  @Test
  void run_modelThatTheRuntimeRefuses_saysWhyInOneLine(@TempDir Path folder) throws IOException {
    TinyModel model = new TinyModel().input("x", 2, 3).node("NoSuchOperator", "x", "y");
    Path path = folder.resolve("m.onnx");
    Files.write(path, model.output("y").model().build().toByteArray());

    assertThatThrownBy(
            () ->
                RunProcess.run(
                    OnnxFile.read(path),
                    Map.of(),
                    NodeProfiler.Settings.forShapes(),
                    RunProcess.Limits.of(Duration.ofMinutes(1))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("NoSuchOperator")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
