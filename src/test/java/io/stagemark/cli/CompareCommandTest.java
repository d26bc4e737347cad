package io.stagemark.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One real run of five trials, compared with itself and with what became of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CompareCommandTest {
  private Path folder = Path.of("");
  private Path run = Path.of("");

  @BeforeAll
  void measure(@TempDir Path shared) throws Exception {
    folder = shared;
    RunBed bed = new RunBed(folder);
    assertThat(CommandRun.of("run", bed.harness(5, 0.1).toString()).exitCode()).isZero();
    run = bed.output();
  }

  private Path copy(String name) throws IOException {
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(run.relativize(file).toString()));
      }
    }
    return to;
  }

  private Path edited(String name, String from, String to) throws IOException {
    Path file = copy(name).resolve("result.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    return requireNonNull(file.getParent());
  }

  private CommandRun compare(Path candidate, String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("compare", run.toString(), candidate.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void compare_runWithItself_isEquivalentInEveryFormat() throws Exception {
    Path out = folder.resolve("out-of-compare");
    for (String format : List.of("console", "markdown", "junit", "json")) {
      CommandRun ran = compare(run, "--format", format, "--output", out.toString());
      assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
      assertThat(ran.out()).isNotBlank();
    }
    assertThat(out.resolve("comparison.json")).exists();
    assertThat(out.resolve("comparison.md")).content().contains("0 regressed");
    assertThat(out.resolve("comparison.xml")).content().startsWith("<?xml");
  }

  @Test
  void compare_otherMachine_isNoVerdict() throws Exception {
    Path other = edited("machine", "\"cores\" : ", "\"cores\" : 1");
    CommandRun ran = compare(other);
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("cores differs and stops the verdict");
    assertThat(compare(other, "--strict").exitCode()).isEqualTo(4);
  }

  @Test
  void compare_noBaseline_saysWhatToDo() {
    CommandRun ran = CommandRun.of("compare", folder.resolve("none").toString(), run.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("no baseline").contains("./stagemark run CONFIG");
    assertThat(ran.hasStackTrace()).isFalse();
  }

  @Test
  void compare_damagedOrForeignResult_isBadInput() throws Exception {
    Path cut = copy("cut").resolve("result.json");
    Files.writeString(cut, Files.readString(cut).substring(0, 2000));
    Path newer = edited("newer", "\"schemaVersion\" : 1", "\"schemaVersion\" : 99");
    Path samples = copy("samples-cut");
    try (Stream<Path> files = Files.list(samples.resolve("samples"))) {
      Path first = files.sorted().findFirst().orElseThrow();
      Files.write(first, java.util.Arrays.copyOf(Files.readAllBytes(first), 200));
    }
    for (Path bad : List.of(cut.getParent(), newer, samples)) {
      CommandRun ran = compare(bad);
      assertThat(ran.exitCode()).as(bad + ran.out() + ran.err()).isEqualTo(2);
      assertThat(ran.hasStackTrace()).isFalse();
    }
  }

  @Test
  void compare_wrongPolicy_isBadInput() throws Exception {
    Path policy = Files.writeString(folder.resolve("p.yaml"), "alpha: 2\n");
    CommandRun ran = compare(run, "--policy", policy.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("p.yaml:1: alpha");
  }
}
