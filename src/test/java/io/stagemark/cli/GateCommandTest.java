package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.result.comparison.ComparisonSchema;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.trial.sample.SampleFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates of an engine that does nothing, in real JVMs. */
final class GateCommandTest {
  @TempDir Path folder;

  private Path gate(String more) throws IOException {
    new RunBed(folder).harness(1, 0);
    // an engine that does nothing: of microseconds no five percent need to be found
    Files.writeString(folder.resolve("policy.yaml"), "margins: {floorMicros: 50}\n");
    return Files.writeString(
        folder.resolve("gate.yaml"),
        """
        name: gate
        run: config.yaml
        policy: policy.yaml
        pairs: {screen: 6, confirm: 8, blocks: 3, blockBatches: 20, control: false}
        output: gate-out
        """
            + more);
  }

  // Times of nanoseconds are under the floor of a microsecond: nothing can be flagged.
  @Test
  void gate_sameSides_endsAfterScreening() throws Exception {
    CommandRun run = CommandRun.of("gate", gate("").toString());
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).contains("screening pair 6 of 6").doesNotContain("confirming");
    assertThat(run.out())
        .contains("NO REGRESSION: ", "both sides are the same", "0 regressed", "action needed: no");
    Comparison comparison = ComparisonFile.read(folder.resolve("gate-out/comparison.json"));
    assertThat(comparison.setup().kind()).isEqualTo(Comparison.Origin.LIVE);
    assertThat(comparison.findings().speed()).hasSize(5);
    assertThat(folder.resolve("gate-out/comparison.md")).exists();
    assertThat(folder.resolve("gate-out/index.html")).content().contains("id=\"pairs\"");
    assertThat(folder.resolve("gate-out/comparison.xml")).exists();
    List<PairRecord> pairs = comparison.pairs().orElseThrow().screening();
    assertThat(pairs).hasSize(6);
    assertThat(pairs.get(5).candidate()).isEqualTo("samples/pair06-candidate.npy");
    assertThat(SampleFile.read(folder.resolve("gate-out").resolve(pairs.get(5).candidate())))
        .allSatisfy((stage, nanos) -> assertThat(nanos).hasSize(60));
    PairFootprints footprints = pairs.get(5).footprints().orElseThrow();
    assertThat(footprints.candidate().allocatedBytesPerBatch()).isBetween(0.0, 1e6);
    if (Files.isReadable(Path.of("/proc/self/status"))) {
      assertThat(footprints.baseline().peakRssBytes().orElseThrow()).isGreaterThan(1L << 24);
      assertThat(comparison.findings().exact()).extracting(ExactResult::name).contains("rss.peak");
    }
    assertThat(ComparisonSchema.problems(folder.resolve("gate-out/comparison.json"))).isEmpty();
  }

  @Test
  void gate_candidateCrashesInTheMiddle_keepsWhatWasMeasured() throws Exception {
    Path program = programAsOneJar();
    String config = gate(sides(program, program)).toString();
    Path samples = folder.resolve("gate-out/samples");
    CompletableFuture<CommandRun> gate =
        CompletableFuture.supplyAsync(() -> CommandRun.of("gate", config));
    long until = System.nanoTime() + Duration.ofSeconds(240).toNanos();
    while (!Files.exists(samples.resolve("pair02-candidate.npy"))) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(20);
    }
    candidate(3, until).destroyForcibly();

    CommandRun run = gate.get(60, TimeUnit.SECONDS);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.out()).contains("the candidate's JVM was killed by signal 9");
    assertThat(run.hasStackTrace()).isFalse();
    Comparison kept = ComparisonFile.read(folder.resolve("gate-out/comparison.json"));
    assertThat(kept.failures()).hasSize(1);
    assertThat(kept.pairs().orElseThrow().screening())
        .hasSize(2)
        .allSatisfy(
            pair -> {
              SampleFile.read(folder.resolve("gate-out").resolve(pair.baseline()));
              SampleFile.read(folder.resolve("gate-out").resolve(pair.candidate()));
            });
    assertThat(kept.findings().speed())
        .hasSize(5)
        .allMatch(s -> s.verdict() == Verdict.INCONCLUSIVE && s.metric().units().equals("2 pairs"));
    assertThat(folder.resolve("gate-out/comparison.md")).content().contains("- failed: the candid");
    assertThat(folder.resolve("gate-out/comparison.xml")).content().contains("<error message");
    assertThat(CommandRun.of("report", folder.resolve("gate-out").toString()).exitCode()).isZero();
  }

  private static String sides(Path baseline, Path candidate) {
    return "baseline: {classPath: [%s]}\ncandidate: {classPath: [%s]}\n"
        .formatted(baseline, candidate);
  }

  /**
   * A class path of one jar: the whole one would be longer than what a process may report, and
   * digesting it takes seconds.
   */
  private Path programAsOneJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Path jar = folder.resolve("program.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private static ProcessHandle candidate(int pair, long until) {
    while (System.nanoTime() < until) {
      Optional<ProcessHandle> found =
          ProcessHandle.current()
              .descendants()
              .filter(
                  child ->
                      child.info().commandLine().orElse("").endsWith("pair" + pair + "-candidate"))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(2_000_000);
    }
    throw new AssertionError("no candidate of pair " + pair);
  }

  // A gate that fails at its first pair must not take the former one's figures with it.
  @Test
  void gate_candidateDiesBeforeItsFirstBatch_isAFailedRunAndKeepsTheFormerGate() throws Exception {
    Path out = folder.resolve("gate-out");
    Path sample = out.resolve("samples/pair09-baseline.npy");
    OutputTree.of(out)
        .write("samples/pair09-baseline.npy", "of a gate that was killed before its report");
    Path broken = gate(sides(programAsOneJar(), build(ANSWERS.formatted(1))));
    CommandRun first = CommandRun.of("gate", broken.toString());
    assertThat(first.exitCode()).isEqualTo(3);
    assertThat(first.out()).contains("the candidate's JVM ended with exit code 7");
    assertThat(first.hasStackTrace()).isFalse();
    assertThat(sample).doesNotExist();
    assertThat(folder.resolve("gate-out.previous/samples/pair09-baseline.npy")).exists();
    assertThat(out.resolve("comparison.json")).exists();
    assertThat(CommandRun.of("gate", broken.toString()).exitCode()).isEqualTo(3);
    assertThat(folder.resolve("gate-out.previous/comparison.json")).exists();
    assertThat(folder.resolve("gate-out.previous/samples")).doesNotExist();
  }

  @Test
  void gate_badConfig_leavesTheFormerGateWhereItIs() throws Exception {
    Path former = Files.createDirectories(folder.resolve("gate-out")).resolve("comparison.json");
    Files.writeString(former, "{}");
    assertThat(CommandRun.of("gate", gate("candidates: {}\n").toString()).exitCode()).isEqualTo(2);
    assertThat(former).exists();
  }

  @Test
  void gate_somethingElseIsThePreviousFolder_isNotDeleted() throws Exception {
    OutputTree.of(folder.resolve("gate-out")).write("samples/pair01-baseline.npy", "samples");
    Path own = Files.createDirectories(folder.resolve("gate-out.previous")).resolve("thesis.txt");
    Files.writeString(own, "years of work");
    CommandRun run = CommandRun.of("gate", gate("").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("gate-out.previous", "thesis.txt", "not written by Stagemark");
    assertThat(run.hasStackTrace()).isFalse();
    assertThat(own).hasContent("years of work");
  }

  @Test
  void gate_samplesFolderOfTheUsers_isRefusedAndKept() throws Exception {
    Path own = Files.createDirectories(folder.resolve("gate-out/samples")).resolve("recording.wav");
    Files.writeString(own, "gold");
    String config = gate("").toString();
    for (int gate = 0; gate < 2; gate++) {
      CommandRun run = CommandRun.of("gate", config);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains("samples/recording.wav");
      assertThat(own).hasContent("gold");
    }
  }

  // Both sides are asked, and nothing is touched, before anything runs.
  @Test
  void gate_classPathsThatAreNoSuchBuild_areBadInput() throws Exception {
    Path own = Files.createDirectories(folder.resolve("gate-out")).resolve("notes.txt");
    Files.writeString(own, "mine");
    Path empty = Files.createDirectory(folder.resolve("no-classes"));
    String config = gate(sides(empty, build(ANSWERS.formatted(2)))).toString();
    CommandRun run = CommandRun.of("gate", config);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "baseline.classPath: " + empty, "its JVM ended with exit code 1; ", "gate.BlockMain")
        .contains("candidate.classPath: ", "found:    it has protocol 2")
        .contains("2 problems; nothing was run.");
    assertThat(run.hasStackTrace()).isFalse();
    assertThat(own.getParent()).isDirectoryContaining("glob:**notes.txt");
    assertThat(own).hasContent("mine");
  }

  /** What a program that says it speaks some protocol does when it is asked; else it dies. */
  private static final String ANSWERS =
      """
      if (args[0].equals("--check")) {
        System.out.println("@stagemark protocol %s");
        System.out.println("@stagemark understood");
      } else {
        System.exit(7);
      }
      """;

  /** Compiles a program that is in the place of Stagemark's. */
  private Path build(String main) throws IOException {
    Path root = Files.createTempDirectory(folder, "build");
    Path source =
        Files.createDirectories(root.resolve("io/stagemark/gate")).resolve("BlockMain.java");
    Files.writeString(
        source,
        "package io.stagemark.gate; public class BlockMain { public static void main(String[] args) {"
            + main
            + "} }");
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
        .isZero();
    return root;
  }

  @Test
  void gate_badConfig_saysWhatIsWrong() throws Exception {
    CommandRun run =
        CommandRun.of(
            "gate", gate("candidates: {}\ninject: {stage: total, percent: 5}\n").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("gate.yaml:6: candidates", "unknown key")
        .contains("gate.yaml:7: inject.stage");
    assertThat(CommandRun.of("gate", folder.resolve("none.yaml").toString()).exitCode())
        .isEqualTo(2);
  }

  @Test
  void gate_jarThatIsNotThere_isBadInput() throws Exception {
    CommandRun run = CommandRun.of("gate", gate("baseline: {classPath: [none.jar]}\n").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("none.jar: no such file");
  }
}
