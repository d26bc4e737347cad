package io.stagemark.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.serve.ReportServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void serve_twoRuns_comparesThem() throws Exception {
    copy("served");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ReportServer server = ReportServer.start(folder, any, Set.of())) {
      String base = folder.relativize(run).toString();
      HttpRequest request =
          HttpRequest.newBuilder(server.address().resolve("/compare?run=" + base + "&run=served"))
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("id=\"forest-p50\"", "data-stage=\"forward\"", "Stagemark: all reports");
    }
  }

  @Test
  void compare_runWithItself_isEquivalentInEveryFormat() throws Exception {
    Path out = folder.resolve("out-of-compare");
    // microseconds of an engine that does nothing: what the machine does may hide anything
    Path policy = Files.writeString(folder.resolve("pass.yaml"), "onBlind: pass\n");
    for (String format : List.of("console", "markdown", "junit", "json", "html")) {
      CommandRun ran =
          compare(
              run, "--format", format, "--output", out.toString(), "--policy", policy.toString());
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
    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.out()).contains("cores differs and stops the verdict", "CANNOT TELL: ");
    for (String onBlind : List.of("neutral", "pass")) {
      Path policy = Files.writeString(folder.resolve("p.yaml"), "onBlind: " + onBlind + "\n");
      ran = compare(other, "--policy", policy.toString());
      assertThat(ran.exitCode()).isZero();
      assertThat(ran.out()).contains("CANNOT TELL: ");
    }
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
  void compare_baselineFolderWithoutARun_saysWhatToDo() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertBadInput(
        CommandRun.of("compare", empty.toString(), run.toString()), "empty", "cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "99", "\"one\"", "null"})
  void compareAndReport_resultOfAnotherVersion_areRefusedWithTheReason(String version)
      throws Exception {
    Path other =
        edited("v" + version.hashCode(), "\"schemaVersion\" : 1", "\"schemaVersion\" : " + version);
    for (CommandRun ran :
        List.of(
            compare(other),
            CommandRun.of("compare", other.toString(), run.toString()),
            CommandRun.of("report", other.toString()),
            CommandRun.of("history", "add", other.toString(), "--store", noStore()))) {
      assertBadInput(
          ran,
          "result.json: schemaVersion",
          "found:    " + version.replace("\"", ""),
          "version 1, which this program writes",
          "run the config again with this version");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2000})
  void compareAndReport_resultCutOff_isBadInput(int length) throws Exception {
    Path cut = copy("cut" + length).resolve("result.json");
    Files.writeString(cut, Files.readString(cut).substring(0, length));
    Path at = requireNonNull(cut.getParent());
    for (CommandRun ran :
        List.of(
            compare(at),
            CommandRun.of("compare", at.toString(), run.toString()),
            CommandRun.of("report", at.toString()),
            CommandRun.of("history", "add", at.toString(), "--store", noStore()))) {
      assertBadInput(ran, "cut" + length, "result.json");
    }
  }

  @Test
  void compare_samplesCutOffOrMissing_isBadInput() throws Exception {
    Path cut = copy("samples-cut");
    Path first = firstSamples(cut);
    Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 200));
    assertBadInput(compare(cut), first.getFileName().toString());
    Path none = copy("samples-missing");
    Files.delete(firstSamples(none));
    assertBadInput(compare(none), first.getFileName().toString());
  }

  private static Path firstSamples(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of.resolve("samples"))) {
      return files.sorted().findFirst().orElseThrow();
    }
  }

  private String noStore() {
    return "jdbc:sqlite:" + folder.resolve("none.db");
  }

  private static void assertBadInput(CommandRun ran, String... parts) {
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(parts).contains("found:", "expected:", "try:");
    assertThat(ran.hasStackTrace()).isFalse();
  }

  @Test
  void history_storeThatCannotBeOpened_isBadInput() {
    assertBadInput(
        CommandRun.of("history", "show", "--store", "jdbc:nothing:here"),
        "jdbc:nothing:here",
        "No suitable driver",
        "--store jdbc:sqlite:reports/history.db");
    assertBadInput(
        CommandRun.of("history", "show", "--store", "jdbc:sqlite:" + folder.resolve("no/h.db")),
        "no/h.db");
  }

  @Test
  void history_sameRunTwice_isBadInput() {
    String store = "jdbc:sqlite:" + folder.resolve("twice.db");
    assertThat(CommandRun.of("history", "add", run.toString(), "--store", store).exitCode())
        .isZero();
    assertBadInput(
        CommandRun.of("history", "add", run.toString(), "--store", store), "each run once");
    Path page = folder.resolve("trends");
    CommandRun written = CommandRun.of("history", "page", page.toString(), "--store", store);
    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(page.resolve("index.html")).content().contains("<svg", "forward p50", "One run:");
  }

  @Test
  void history_pageOverAFileOfTheUsers_isBadInput() throws Exception {
    String store = "jdbc:sqlite:" + folder.resolve("page.db");
    Path page = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(page.resolve("index.html"), "mine");
    assertBadInput(
        CommandRun.of("history", "page", page.toString(), "--store", store), "index.html");
    assertThat(page.resolve("index.html")).hasContent("mine");
  }

  @Test
  void report_comparison_isRenderedAgain() throws Exception {
    Path out = folder.resolve("again");
    CommandRun compared = compare(run, "--format", "markdown", "--output", out.toString());
    CommandRun again = CommandRun.of("report", out.toString(), "--format", "markdown");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).isEqualTo(compared.out());
    Path file = out.resolve("comparison.json");
    assertThat(CommandRun.of("report", file.toString(), "--format", "markdown").out())
        .isEqualTo(compared.out());
    assertBadInput(
        CommandRun.of("report", out.toString(), "--format", "images"),
        "--format",
        "console, html, json, junit, markdown");
  }

  @Test
  void report_comparisonOfAnotherVersionOrCutOff_isRefusedWithTheReason() throws Exception {
    Path out = folder.resolve("foreign");
    compare(run, "--output", out.toString());
    Path file = out.resolve("comparison.json");
    String good = Files.readString(file);
    Files.writeString(file, good.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 0"));
    assertBadInput(
        CommandRun.of("report", out.toString()),
        "comparison.json: schemaVersion",
        "found:    0",
        "version 1, which this program writes",
        "try:      ./stagemark compare ", // its paths depend on where the program runs
        "/out\n");
    for (int length : List.of(0, 1, 500, good.length() / 2)) {
      Files.writeString(file, good.substring(0, length));
      assertBadInput(CommandRun.of("report", out.toString()), "comparison.json", "cannot be read");
    }
    for (String field : List.of("kind", "baseline", "speed", "command")) {
      Files.writeString(file, good.replace("\"" + field + "\" :", "\"schemaVersion\" :"));
      assertThat(CommandRun.of("report", out.toString()).exitCode()).as(field).isEqualTo(2);
    }
    Files.delete(file);
    assertBadInput(CommandRun.of("report", file.toString()), "no such file");
  }

  @Test
  void compare_candidateScoresNaN_fails() throws Exception {
    Path before = scored("nan-before", "1.5");
    Path after = scored("nan-after", "\"NaN\"");
    CommandRun ran = CommandRun.of("compare", before.toString(), after.toString());
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(1);
    assertThat(ran.out()).contains("focal", "REGRESSED: the candidate's is not a number");
    // what was never a number cannot get worse, and what becomes one is no regression
    assertThat(CommandRun.of("compare", after.toString(), after.toString()).out())
        .contains("0 regressed");
    assertThat(CommandRun.of("compare", after.toString(), before.toString()).out())
        .contains("0 regressed");
  }

  private Path scored(String name, String value) throws IOException {
    Path file = copy(name).resolve("result.json");
    String score =
        "\"scores\" : [ {\"name\": \"focal\", \"value\": %s, \"unit\": \"nat\","
            + " \"lowerIsBetter\": true, \"count\": 4} ]";
    String text = Files.readString(file);
    String asked = text.replaceFirst("\"score\" : \\[ *\\]", "\"score\" : [ \"focal\" ]");
    assertThat(asked).isNotEqualTo(text);
    String scored = asked.replaceFirst("\"scores\" : \\[ *\\]", score.formatted(value));
    assertThat(scored).isNotEqualTo(asked);
    Files.writeString(file, scored);
    return requireNonNull(file.getParent());
  }

  @Test
  void compare_wrongPolicy_isBadInput() throws Exception {
    Path policy = Files.writeString(folder.resolve("p.yaml"), "alpha: 2\n");
    CommandRun ran = compare(run, "--policy", policy.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("p.yaml:1: alpha");
  }
}
