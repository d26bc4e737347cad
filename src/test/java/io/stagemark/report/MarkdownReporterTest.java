package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.Score;
import io.stagemark.output.OutputTree;
import io.stagemark.report.html.HtmlReporter;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.TrialResult;
import io.stagemark.stats.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code report.md} says, how long it is and what it leaves to the page. */
final class MarkdownReporterTest {
  private static final RunResult SAMPLE = SampleRun.complete();

  @TempDir Path folder;

  private static RunResult run(
      List<CaseResult> cases, Map<String, Object> config, List<ScoreDifference> differences) {
    return new RunResult(
        SAMPLE.schemaVersion(),
        SAMPLE.name(),
        SAMPLE.status(),
        SAMPLE.startedAt(),
        SAMPLE.wallSeconds(),
        SAMPLE.dataset(),
        SAMPLE.environment(),
        config,
        cases,
        List.of(),
        differences,
        SAMPLE.proof(),
        SAMPLE.calibration());
  }

  private static RunResult run(List<CaseResult> cases) {
    return run(cases, SAMPLE.config(), List.of());
  }

  private static CaseResult with(
      CaseResult one, List<Score> scores, List<TrialResult> trials, Optional<CaseProof> proof) {
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        SampleRun.unloaded(one),
        one.operations(),
        new CaseResult.Scored(
            scores, one.scored().classes(), one.scored().scoresAgree(), List.of()),
        trials,
        proof);
  }

  /** The sample's cases without a queue, their latency is their total. */
  private static List<CaseResult> unloaded(UnaryOperator<List<Score>> scores) {
    return SAMPLE.cases().stream()
        .map(one -> with(one, scores.apply(one.scored().scores()), one.trials(), one.proof()))
        .toList();
  }

  private String report(RunResult run) throws Exception {
    new MarkdownReporter().render(run, OutputTree.of(folder));
    return Files.readString(folder.resolve("report.md"));
  }

  @Test
  void render_eachKindOfRun_beginsWithThePagesSentence() throws Exception {
    List<RunResult> runs =
        List.of(
            SAMPLE, // under load
            SampleRun.withAFailedCase(),
            run(unloaded(scores -> scores)), // two cases to compare
            run(unloaded(scores -> scores).subList(1, 2)),
            run(SampleRun.withAFailedCase().cases().subList(1, 2))); // no figures
    for (RunResult run : runs) {
      String sentence = AnswerText.sentence(run, labels(run));
      new HtmlReporter().render(run, OutputTree.of(folder));
      String page = Files.readString(folder.resolve("index.html")).replace('\u00a0', ' ');
      assertThat(page).contains(">" + sentence + "<");
      String start = sentence.substring(0, sentence.length() - 1);
      assertThat(report(run)).startsWith("# sample\n\n**" + start);
    }
  }

  private static List<String> labels(RunResult run) {
    return io.stagemark.result.CaseLabels.of(run.cases()).labels();
  }

  @Test
  void render_twoCasesToCompare_areComparedAsOnTheConsole() throws Exception {
    RunResult run = run(unloaded(scores -> scores));
    String console = new ConsoleReporter().render(run, OutputTree.of(folder)).console();
    String sentence = FastestCase.sentence(run, labels(run)).orElseThrow();
    assertThat(console.replaceAll("\n  ", " ")).contains(sentence);
    assertThat(report(run).toLowerCase(java.util.Locale.ROOT)).contains("**" + sentence + ".**");
  }

  // The quickstart has two cases of four photographs, fifteen scores and three differences.
  @Test
  void render_runLikeTheQuickstart_hasAtMost80Lines() throws Exception {
    List<Score> scores =
        IntStream.range(0, 15)
            .mapToObj(i -> new Score("score" + i, 0.5 + i, "ratio", false, 4))
            .toList();
    String text = report(run(unloaded(any -> scores)));
    assertThat(text.lines()).hasSizeLessThanOrEqualTo(80);
    assertThat(text).contains("| score14 | 14.5000 | 14.5000 | ratio | higher | 4 |");
  }

  @Test
  void render_aHundredCases_showsFortyRowsATableAndCountsTheOthers() throws Exception {
    List<CaseResult> cases = new ArrayList<>();
    CaseResult one = unloaded(scores -> scores).get(0);
    for (int i = 0; i < 100; i++) {
      CaseResult.Key key =
          new CaseResult.Key(one.key().model(), "e" + i, "cpu", 1, 1, Map.of("a", "b"));
      CaseResult named =
          new CaseResult(
              "case" + i,
              key,
              one.status(),
              one.timed(),
              one.operations(),
              one.scored(),
              one.trials(),
              one.proof());
      cases.add(named);
    }
    String text = report(run(cases));
    // a table of cases, one of their scores, one of their totals
    assertThat(text.lines().filter(line -> line.startsWith("| e39 |"))).hasSize(3);
    assertThat(text.lines().filter(line -> line.startsWith("| e40 |"))).isEmpty();
    assertThat(text).containsOnlyOnce("\nand 60 more rows\n").contains("- and 90 more\n");
    assertThat(text.split("\nand 60 more cases\n", -1)).hasSize(3);
    assertThat(text).contains("Stages are left out").doesNotContain("| e0 | forward |");
    assertThat(text.lines()).hasSizeLessThan(200);
  }

  private static ScoreDifference difference(String score, double low, double high) {
    return new ScoreDifference(
        SAMPLE.cases().get(0).id(),
        SAMPLE.cases().get(1).id(),
        new ScoreDifference.Metric(score, "nat", true),
        new ScoreDifference.Summary(4, 0, (low + high) / 2, low, high, 3, 1),
        List.of());
  }

  // Of losses: a rise is worse. What four decimals do not show is counted.
  @Test
  void render_pairedDifferences_showThoseThatAreNotZero() throws Exception {
    List<Score> losses = new ArrayList<>();
    for (String name : List.of("rose", "fell", "unsure", "edge", "small", "tiny")) {
      losses.add(new Score(name, 1, "nat", true, 4));
    }
    List<ScoreDifference> differences =
        List.of(
            difference("rose", 0.125, 0.375),
            difference("fell", -0.375, -0.125),
            difference("unsure", -0.5, 0.25),
            difference("edge", -0.00005, 0),
            difference("small", -0.000049, 0.000049),
            difference("tiny", 1e-9, 1e-8));
    String text = report(run(unloaded(any -> losses), SAMPLE.config(), differences));
    assertThat(text)
        .contains("| rose | 1.0000 | 1.0000 (+0.250 [+0.125, +0.375], worse) | nat | lower | 4 |")
        .contains("| fell | 1.0000 | 1.0000 (-0.250 [-0.375, -0.125], better) |")
        .contains("| unsure | 1.0000 | 1.0000 (-0.125 [-0.500, +0.250], no difference found) |")
        .contains("| edge | 1.0000 | 1.0000 (-2.50e-05 [-5.00e-05, +0.00], no difference found) |")
        .contains("| small | 1.0000 | 1.0000 | nat |", "| tiny | 1.0000 | 1.0000 | nat |")
        .contains("In brackets: mean difference from onnxruntime on the same examples")
        .contains("2 paired differences from onnxruntime within ±0.00005.");
  }

  @Test
  void render_scoreThatNoCaseHasAValueOf_isNamedBelow() throws Exception {
    assertThat(report(run(unloaded(scores -> scores))))
        .contains("\n\nNot defined on these examples: coco-ap-small.\n")
        .doesNotContain("| coco-ap-small |");
  }

  // 1 % of 50 ms are 0.5 ms
  @Test
  void render_gapThatTheStagesDoNotExplain_isANote() throws Exception {
    CaseResult one = unloaded(scores -> scores).get(0);
    assertThat(report(run(List.of(gap(one, 500_000))))).doesNotContain("do not explain");
    assertThat(report(run(List.of(gap(one, 500_001)))))
        .contains("\n\n- onnxruntime: gap p50 500.0 µs, 1.000 % of the total: above")
        .contains("the stages do not explain the total\n");
  }

  private static CaseResult gap(CaseResult one, long nanos) {
    Map<String, Distribution> stages = new LinkedHashMap<>(one.timed().stages());
    stages.put("gap", Distribution.of(LongStream.generate(() -> nanos).limit(100).toArray()));
    stages.put(
        "total", Distribution.of(LongStream.generate(() -> 50_000_000).limit(100).toArray()));
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        new CaseResult.Timed(
            stages,
            one.timed().framesPerSecond(),
            one.timed().detail(),
            one.timed().load(),
            List.of()),
        one.operations(),
        one.scored(),
        one.trials(),
        one.proof());
  }

  @Test
  void render_noScores_hasNoTableOfThem() throws Exception {
    assertThat(report(run(unloaded(scores -> List.of()))))
        .doesNotContain("| score |", "Not defined");
  }

  @Test
  void render_page_isNamedWhereTheRunHasIt() throws Exception {
    String how =
        "\nEverything else: index.html, which `./stagemark report RUN --format html` writes\n";
    String there = "\nEverything else: [index.html](index.html)\n";
    assertThat(report(SAMPLE)).endsWith(how);
    Map<String, Object> config = new LinkedHashMap<>(SAMPLE.config());
    config.put("reports", List.of("console", "markdown"));
    assertThat(report(run(SAMPLE.cases(), config, List.of()))).endsWith(how);
    config.put("reports", List.of("markdown", "html"));
    assertThat(report(run(SAMPLE.cases(), config, List.of()))).endsWith(there);
    Files.writeString(folder.resolve("index.html"), "a page");
    assertThat(report(SAMPLE)).endsWith(there);
  }

  @Test
  void render_failureOfManyLines_showsTheFirstThreeOnOne() throws Exception {
    CaseResult one = SampleRun.withAFailedCase().cases().get(1);
    TrialResult failed =
        new TrialResult(
            1, Optional.of("first <b>\n\n  second | half\nthird\nfourth"), Optional.empty());
    CaseResult named = with(one, List.of(), List.of(failed), one.proof());
    assertThat(report(run(List.of(SAMPLE.cases().get(0), named))))
        .contains(
            "What is wrong:\n\n- pytorch: trial 1 FAILED: first &lt;b><br>second &#124; half"
                + "<br>third\n- pytorch: INVALID, failed trials: ")
        .doesNotContain("fourth");
  }

  @Test
  void render_runWithSlowBatches_hasTheirCommandWithoutTheExample() throws Exception {
    assertThat(report(SAMPLE)).contains("\n```\n./stagemark run configs/sample.yaml\n```\n");
  }

  @Test
  void render_runWithoutSlowBatches_hasTheCommandOfItsConfig() throws Exception {
    CaseResult failed = SampleRun.withAFailedCase().cases().get(1);
    Map<String, Object> config = Map.of("file", "my configs/a'b\n```.yaml");
    assertThat(report(run(List.of(failed), config, List.of())))
        .contains("\n````\n./stagemark run 'my configs/a'\\''b\\n```.yaml'\n````\n");
    assertThat(report(run(List.of(failed), Map.of(), List.of()))).doesNotContain("./stagemark run");
  }

  @Test
  void text_fortyAndFortyOneRows_areWholeAndCutByOne() {
    MarkdownTable table = new MarkdownTable().words("a").numbers("b");
    assertThat(table.text("things")).isEmpty();
    for (int i = 0; i < MarkdownTable.MAX_ROWS; i++) {
      table.row(List.of("x" + i, "1"));
    }
    assertThat(table.text("things"))
        .startsWith("| a | b |\n| --- | ---: |\n| x0 | 1 |\n")
        .endsWith("| x39 | 1 |\n");
    table.row(List.of("x40", "1"));
    assertThat(table.text("things")).endsWith("| x39 | 1 |\n\nand 1 more things\n");
    assertThatThrownBy(() -> table.row(List.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells in 2 columns");
  }
}
