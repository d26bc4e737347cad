package io.stagemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagemark.spi.Registry;
import io.stagemark.testdata.DroppedInEngine;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that this project does not know, compiled and dropped onto the class path. */
final class DropInEngineTest {
  private static final String SOURCE =
      """
      package elsewhere;
      import io.stagemark.engine.*;
      import java.util.*;
      public final class FourthEngine implements Engine {
        public String name() { return "fourth"; }
        public EngineInfo info() {
          return new EngineInfo("0", Optional.empty(), List.of("cpu"), List.of());
        }
        public LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException {
          throw new EngineException("loads nothing");
        }
      }
      """;

  @Test
  void discover_folderAddedToClassPath_findsItsEngine(@TempDir Path plugin) throws Exception {
    DroppedInEngine.compile(plugin, "FourthEngine", SOURCE);

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {plugin.toUri().toURL()}, getClass().getClassLoader())) {
      Registry<Engine> engines = Registry.discover(Engine.class, loader);
      assertThat(engines.names())
          .containsExactly("constant", "fourth", "onnxruntime", "programmable", "pytorch");
      assertThat(engines.get("fourth").info().version()).isEqualTo("0");
    }
  }

  @Test
  void get_unknownName_listsWhatExists() {
    Registry<Engine> engines = Registry.discover(Engine.class, getClass().getClassLoader());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engines.get("onnx"))
        .withMessage(
            "no Engine named 'onnx'; the class path has: constant, onnxruntime, programmable, pytorch");
  }
}
