package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.RunResult;
import io.stagemark.result.Validity;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.testdata.DroppedInEngine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine dropped onto the class path that answers without computing, through the program. */
final class CheatingEngineTest {
  /** Asks for a file and never reads it; every second forward does nothing at all. */
  private static final String SOURCE =
      """
      package elsewhere;
      import io.stagemark.data.*;
      import io.stagemark.engine.*;
      import java.util.*;
      public final class LazyEngine implements Engine {
        public String name() { return "lazy"; }
        public EngineInfo info() {
          return new EngineInfo("0", Optional.of("torchscript"), List.of("cpu"), List.of());
        }
        public LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException {
          Tensor in = Tensor.allocate(model.inputs().get(0));
          Tensor out = Tensor.allocate(model.outputs().get(0));
          return new LoadedModel() {
            public EngineSession newSession() {
              return new EngineSession() {
                private int forwards;
                public List<TensorSpec> inputs() { return List.of(in.spec()); }
                public List<TensorSpec> outputs() { return List.of(out.spec()); }
                public Tensor input(int index) { return in; }
                public void forward() {
                  if (forwards++ % 2 == 0) {
                    for (int i = 0; i < out.floats().capacity(); i++) {
                      out.floats().put(i, in.floats().get(i % 16) + i);
                    }
                  }
                }
                public Tensor output(int index) { return out; }
                public void close() {}
              };
            }
            public void close() {}
          };
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void run_engineThatSkipsEverySecondForward_isInvalid() throws Exception {
    Path plugin = compiled();
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.writeString(model.resolve("model.pt"), "nothing");
    Files.writeString(
        model.resolve("model.yaml"),
        Files.readString(RunBed.harnessModel().resolve("model.yaml")).replace("[N, 4]", "[N, 32]")
            + """

            files:
              torchscript: {path: model.pt, sha256: %s}
            """
                .formatted(sha256("nothing")));
    Path config = new RunBed(folder).harness(1, 0);
    Files.writeString(
        config,
        Files.readString(config)
            .replace("engine: [constant]", "engine: [lazy]")
            .replaceFirst("model: \\[[^\\]]*\\]", "model: [./model]"));
    String said =
        Program.startWith(
                plugin + File.pathSeparator + System.getProperty("java.class.path"),
                "run",
                config.toString())
            .rest();
    assertThat(folder.resolve("out/result.json")).as(said).exists();

    RunResult result = ResultFiles.readRun(folder.resolve("out"));
    assertThat(result.status()).isEqualTo(RunResult.Status.COMPLETE);
    assertThat(result.proof().orElseThrow().validity().valid()).isFalse();
    assertThat(result.cases().get(0).proof().orElseThrow().validity().reasons())
        .extracting(Validity.Reason::code)
        .contains(Validity.Code.WORK_NOT_PROVEN);
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return java.util.HexFormat.of().formatHex(digest);
  }

  private Path compiled() throws Exception {
    Path plugin = folder.resolve("plugin");
    DroppedInEngine.compile(plugin, "LazyEngine", SOURCE);
    return plugin;
  }
}
