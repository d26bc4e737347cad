package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.testdata.StrangersJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's jar beside the program: found by the launcher, used by parent and trials. */
final class PluginTest {
  private static final String ENGINE =
      """
      import io.stagemark.data.*;
      import io.stagemark.engine.*;
      import java.util.*;
      public final class Doubling implements Engine {
        public String name() { return "doubling"; }
        public EngineInfo info() {
          return new EngineInfo("7", Optional.empty(), List.of("cpu"), List.of());
        }
        public LoadedModel load(ModelFile model, EngineSettings settings) throws EngineException {
          return new LoadedModel() {
            public EngineSession newSession() {
              Tensor in = Tensor.allocate(model.inputs().get(0));
              Tensor out = Tensor.allocate(model.outputs().get(0));
              return new EngineSession() {
                public List<TensorSpec> inputs() { return List.of(in.spec()); }
                public List<TensorSpec> outputs() { return List.of(out.spec()); }
                public Tensor input(int index) { return in; }
                public void forward() {
                  for (int i = 0; i < out.floats().capacity(); i++) {
                    out.floats().put(i, 2 * in.floats().get(i) + i);
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

  private static final String REPORTER =
      """
      import io.stagemark.output.OutputTree;
      import io.stagemark.report.*;
      import io.stagemark.result.*;
      import java.io.IOException;
      import java.util.List;
      public final class Brief implements Reporter {
        public String name() { return "brief"; }
        public Rendering render(RunResult result, OutputTree folder) throws IOException {
          folder.write("brief.txt", result.name() + "\\n");
          return new Rendering("BRIEF " + result.cases().get(0).id() + "\\n", List.of("brief.txt"));
        }
      }
      """;

  private static final String COMPARISON =
      """
      import io.stagemark.report.comparison.*;
      import io.stagemark.result.comparison.Comparison;
      public final class OneWord implements ComparisonReporter {
        public String name() { return "one-word"; }
        public String render(Comparison comparison) { return comparison.overall() + "\\n"; }
      }
      """;

  private static final String LOSS =
      """
      import io.stagemark.scoring.*;
      import java.util.*;
      public final class Gap implements Loss {
        public String name() { return "gap"; }
        public LossDescription description() {
          return new LossDescription("p - t", "nobody", "[N]", "[N]", List.of());
        }
        public LossResult evaluate(ScoreTensor p, ScoreTensor t, ScoreArguments arguments) {
          double mean = (p.get(0) - t.get(0) + p.get(1) - t.get(1)) / 2;
          return new LossResult(mean, Reduction.MEAN, 2, Optional.empty());
        }
      }
      """;

  @TempDir Path folder;

  private Launcher launcher;

  @BeforeEach
  void copyTheProgram() throws Exception {
    launcher = Launcher.in(folder, "home");
  }

  private StrangersJar jar(String name) throws Exception {
    return new StrangersJar(folder.resolve(name));
  }

  private Path plugins() {
    return folder.resolve("home/plugins");
  }

  @Test
  void pluginsFolder_strangersJar_isListedRunAndRendered() throws Exception {
    jar("stranger")
        .with("io.stagemark.engine.Engine", "Doubling", ENGINE)
        .with("io.stagemark.report.Reporter", "Brief", REPORTER)
        .with("io.stagemark.report.comparison.ComparisonReporter", "OneWord", COMPARISON)
        .pack(plugins().resolve("stranger.jar"));
    Launcher.End listed = launcher.run(Map.of(), "list", "engines");
    assertThat(listed.out())
        .containsPattern("doubling 7 .*  from stranger\\.jar\\R")
        .containsPattern("constant 1 .*cpu\\R");
    assertThat(launcher.run(Map.of(), "list", "reporters").out())
        .contains("brief  from stranger.jar", "one-word  of a comparison  from stranger.jar");

    RunBed bed = new RunBed(folder);
    Path config = bed.harness(1, 0);
    Files.writeString(
        config,
        Files.readString(config)
            .replace("engine: [constant]", "engine: [doubling]")
            .replace("[console, json, markdown]", "[brief, json]"));
    Launcher.End run = launcher.run(Map.of(), "run", config.toString(), "--no-calibration");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("BRIEF harness").contains("doubling");
    assertThat(bed.output().resolve("brief.txt")).hasContent("harness");

    String output = bed.output().toString();
    Launcher.End compared = launcher.run(Map.of(), "compare", output, output, "--format=one-word");
    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(compared.out()).isEqualTo("INCONCLUSIVE\n");
  }

  @Test
  void classPathVariable_strangersLoss_scores() throws Exception {
    Path jar =
        jar("loss").with("io.stagemark.scoring.Loss", "Gap", LOSS).pack(folder.resolve("l.jar"));
    Map<String, String> environment = Map.of("STAGEMARK_CLASSPATH", jar.toString());
    Path predictions = numbers("p.npy", 3, 5);
    Path truth = numbers("t.npy", 1, 1);
    Launcher.End scored =
        launcher.run(
            environment, "score", "--loss=gap", "--predictions=" + predictions, "--truth=" + truth);
    assertThat(scored.code()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("gap").containsPattern("\\b3\\b");
  }

  private Path numbers(String name, float... values) throws Exception {
    Tensor tensor =
        Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of((long) values.length)));
    tensor.floats().put(0, values);
    NpyWriter.write(folder.resolve(name), tensor);
    return folder.resolve(name);
  }

  @Test
  void pluginsFolder_jarsThatCannotBeUsed_areOneLineAndExitCode2() throws Exception {
    Path jar = plugins().resolve("bad.jar");
    jar("missing").naming("io.stagemark.engine.Engine", "Absent").pack(jar);
    assertRefused("elsewhere.Absent", "plugins/");

    jar("twice")
        .with(
            "io.stagemark.engine.Engine",
            "Doubling",
            ENGINE.replace("\"doubling\"", "\"constant\""))
        .pack(jar);
    assertRefused("two of kind Engine are named 'constant'", "elsewhere.Doubling in bad.jar");

    jar("newer").with("io.stagemark.engine.Engine", "Doubling", ENGINE).pack(jar);
    makeNewer(jar);
    assertRefused("elsewhere/Doubling", "more recent version");
  }

  private void assertRefused(String... parts) throws Exception {
    Launcher.End end = launcher.run(Map.of(), "list", "engines");
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(end.err()).contains(parts).startsWith("stagemark: ").hasLineCount(1);
  }

  /** Gives the classes of a jar the version of a Java that is not there yet. */
  private void makeNewer(Path jar) throws Exception {
    Path classes = folder.resolve("newer/classes/elsewhere/Doubling.class");
    byte[] bytes = Files.readAllBytes(classes);
    bytes[7] = 127;
    Files.write(classes, bytes);
    new StrangersJar(folder.resolve("newer")).pack(jar);
  }
}
