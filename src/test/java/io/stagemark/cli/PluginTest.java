package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
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
  private static final String QUICKSTART =
      Path.of("configs/quickstart.yaml").toAbsolutePath().toString();

  @TempDir Path folder;

  private Launcher launcher;

  @BeforeEach
  void copyTheProgram() throws Exception {
    launcher = Launcher.brief(folder, "home");
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
        .with("io.stagemark.engine.Engine", "Quarters", StrangersParts.ENGINE)
        .with("io.stagemark.postprocess.decoder.Decoder", "WholeImage", StrangersParts.DECODER)
        .with("io.stagemark.dataset.DatasetFormat", "Listed", StrangersParts.FORMAT)
        .with("io.stagemark.scoring.Loss", "Gap", StrangersParts.LOSS)
        .with("io.stagemark.report.Reporter", "Brief", StrangersParts.REPORTER)
        .with(
            "io.stagemark.report.comparison.ComparisonReporter",
            "OneWord",
            StrangersParts.COMPARISON)
        .pack(plugins().resolve("stranger.jar"));
    assertListed("engines", "quarters 7 .*  from stranger\\.jar\\R", "constant 1 .*cpu\\R");
    assertListed("decoders", "whole-image .*  from stranger\\.jar\\R");
    assertListed("datasets", "listed .*  from stranger\\.jar\\R");
    assertListed("losses", "gap .*  from stranger\\.jar\\R");
    assertListed("reporters", "brief  from stranger\\.jar", "one-word  of a comparison  from str");

    Path config = StrangersParts.config(folder, "quarters", "coco-ap, gap", "brief, json, console");
    Launcher.End run = launcher.run(Map.of(), "run", config.toString(), "--no-calibration");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("BRIEF model/quarters");
    assertThat(folder.resolve("out/brief.txt")).hasContent("strangers");
    RunResult result = ResultFiles.readRun(folder.resolve("out"));
    assertThat(result.status()).isEqualTo(RunResult.Status.COMPLETE);
    assertThat(result.dataset().examples()).isEqualTo(2);
    assertThat(result.dataset().notes()).contains("read by a stranger");
    CaseResult only = result.cases().get(0);
    // the box of 32x32 px is 36x24 px of the picture: the true one
    assertThat(only.score("coco-ap").orElseThrow().value()).isEqualTo(1);
    // the one candidate is that box, of an object, with the probability 3/4
    assertThat(only.score("gap").orElseThrow().value()).isEqualTo(0.25);
    assertThat(only.score("gap").orElseThrow().unit()).isEqualTo("ratio");

    String output = folder.resolve("out").toString();
    Launcher.End compared = launcher.run(Map.of(), "compare", output, output, "--format=one-word");
    // two trials a side are too few: it cannot tell
    assertThat(compared.code()).as(compared.err()).isEqualTo(4);
    assertThat(compared.out()).isIn("EQUIVALENT\n", "INCONCLUSIVE\n");
  }

  private void assertListed(String what, String... patterns) throws Exception {
    Launcher.End listed = launcher.run(Map.of(), "list", what);
    assertThat(listed.code()).as(listed.err()).isZero();
    for (String pattern : patterns) {
      assertThat(listed.out()).containsPattern(pattern);
    }
  }

  @Test
  void classPathVariable_strangersLoss_scores() throws Exception {
    Path jar =
        jar("loss")
            .with("io.stagemark.scoring.Loss", "Gap", StrangersParts.LOSS)
            .pack(folder.resolve("l.jar"));
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
            "Quarters",
            StrangersParts.ENGINE.replace("\"quarters\"", "\"constant\""))
        .pack(jar);
    assertRefused("two of kind Engine are named 'constant'", "elsewhere.Quarters in bad.jar");

    jar("newer").with("io.stagemark.engine.Engine", "Quarters", StrangersParts.ENGINE).pack(jar);
    makeNewer(jar);
    assertRefused("elsewhere/Quarters", "more recent version");

    String info = "public EngineInfo info() {";
    jar("dull")
        .with(
            "io.stagemark.engine.Engine",
            "Quarters",
            StrangersParts.ENGINE.replace(
                info, info + " if (true) throw new NoClassDefFoundError(\"gone/Away\");"))
        .pack(jar);
    assertRefused("elsewhere.Quarters in bad.jar, of kind Engine, cannot be used", "gone/Away");

    String unit = "return new LossDescription(";
    jar("blunt")
        .with(
            "io.stagemark.scoring.Loss",
            "Gap",
            StrangersParts.LOSS.replace(
                unit, "if (true) throw new AbstractMethodError(\"x\"); " + unit))
        .pack(jar);
    assertRefused("elsewhere.Gap in bad.jar, of kind Loss, cannot be used", "AbstractMethodError");
  }

  private void assertRefused(String... parts) throws Exception {
    Launcher.End end = launcher.run(Map.of(), "validate", QUICKSTART);
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(end.err()).contains(parts).startsWith("stagemark: ").hasLineCount(1);
  }

  /** Gives the classes of a jar the version of a Java that is not there yet. */
  private void makeNewer(Path jar) throws Exception {
    Path classes = folder.resolve("newer/classes/elsewhere/Quarters.class");
    byte[] bytes = Files.readAllBytes(classes);
    bytes[7] = 127;
    Files.write(classes, bytes);
    new StrangersJar(folder.resolve("newer")).pack(jar);
  }
}
