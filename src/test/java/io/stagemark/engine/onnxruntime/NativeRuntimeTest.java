package io.stagemark.engine.onnxruntime;

import static io.stagemark.engine.TinyModels.float32;
import static io.stagemark.engine.TinyModels.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeRuntimeTest {
  private static final ModelCheck CHECK =
      new ModelCheck("onnxruntime", model("add.onnx", float32("x", 2, 3), float32("y", 2, 3)));

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "0"})
  void requireOptOut_telemetryNotOff_refusesToStart(String value) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> NativeRuntime.requireOptOut(value, CHECK))
        .withMessageContaining("found:    ORT_DISABLE_TELEMETRY=")
        .withMessageContaining("export ORT_DISABLE_TELEMETRY=1");
  }

  @Test
  void requireOptOut_telemetryOff_passes() {
    assertThatCode(() -> NativeRuntime.requireOptOut("1", CHECK)).doesNotThrowAnyException();
    assertThat(System.getenv(NativeRuntime.OPT_OUT)).as("what the build sets").isEqualTo("1");
  }
}
