package io.stagemark.flops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSettings;
import io.stagemark.spi.Registry;
import org.junit.jupiter.api.Test;

/** Which engines profile. */
final class ProfilingEnginesTest {

  @Test
  void engines_areThoseThatOfferAProfilerOfTheKind() throws EngineException {
    assertThat(ProfilingEngines.forNodes().name()).isEqualTo("onnxruntime");
    assertThat(ProfilingEngines.forScripts().name()).isEqualTo("pytorch");
  }

  @Test
  void nodeProfilerAndScriptProfiler_ofAnEngineThatCannotProfile_areEmpty() {
    Engine constant =
        Registry.discover(Engine.class, Engine.class.getClassLoader()).get("constant");

    assertThat(constant.nodeProfiler()).isEmpty();
    assertThat(constant.scriptProfiler()).isEmpty();
  }

  @Test
  void onProcessor_hasEveryOptionAtItsDefault() throws EngineException {
    Engine engine = ProfilingEngines.forScripts();

    EngineSettings settings = ProfilingEngines.onProcessor(engine, 3);

    assertThat(settings.device()).isEqualTo(Device.CPU);
    assertThat(settings.threads()).isEqualTo(3);
    assertThat(settings.options()).hasSameSizeAs(engine.info().options());
  }
}
