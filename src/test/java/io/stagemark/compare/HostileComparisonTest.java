package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.PolicyReader;
import io.stagemark.data.PlainText;
import io.stagemark.report.comparison.Annotations;
import io.stagemark.report.comparison.ComparisonFigures;
import io.stagemark.report.comparison.ConsoleText;
import io.stagemark.report.comparison.JUnitXml;
import io.stagemark.report.comparison.MarkdownPage;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.result.file.RecordTexts;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Every text of a comparison is hostile. */
final class HostileComparisonTest {
  private static final String HOSTILE =
      "<b>|`\n::error::INJECTED \u001b[31m##[x] ](javascript:1)\u202e\u0000\ud800]]>%0A\n# h\n";

  private static final Set<String> STAGES =
      Set.of("decode", "preprocess", "forward", "postprocess", "total", "");

  private static Comparison plain() throws Exception {
    StoredRuns slower = new StoredRuns(2);
    slower.forward = 1.1;
    slower.cpu = "Other";
    slower.failure = Optional.of("died");
    return StoredComparison.compare(
        new StoredRuns(1).run(), slower.run(), PolicyReader.byDefault(), "./stagemark compare");
  }

  private static Comparison slower() throws Exception {
    StoredRuns slower = new StoredRuns(2);
    slower.forward = 1.1;
    return StoredComparison.compare(
        new StoredRuns(1).run(), slower.run(), PolicyReader.byDefault(), "./stagemark compare");
  }

  private static Comparison hostile(Comparison plain) {
    return RecordTexts.map(plain, text -> STAGES.contains(text) ? text : text + HOSTILE);
  }

  @Test
  void consoleAndMarkdown_everyTextHostile_areAsManyLinesAndCells() throws Exception {
    for (Comparison plain : List.of(plain(), slower())) {
      assertSameShape(ConsoleText.of(plain), ConsoleText.of(hostile(plain)));
      assertSameShape(MarkdownPage.of(plain), MarkdownPage.of(hostile(plain)));
      assertThat(MarkdownPage.of(hostile(plain))).doesNotContain("<b>", "](javascript");
    }
  }

  private static void assertSameShape(String before, String after) {
    assertThat(after).contains("INJECTED");
    assertThat(after.lines().count()).isEqualTo(before.lines().count());
    assertThat(after.lines()).noneMatch(line -> line.strip().startsWith("::"));
    assertThat(PlainText.console(after)).isEqualTo(after);
    if (before.startsWith("##")) {
      assertThat(after.chars().filter(c -> c == '|').count())
          .isEqualTo(before.chars().filter(c -> c == '|').count());
    }
  }

  @Test
  void junit_everyTextHostile_parsesToTheSameCases() throws Exception {
    Document before = parsed(JUnitXml.of(plain()));
    Document after = parsed(JUnitXml.of(hostile(plain())));
    assertThat(after.getElementsByTagName("*").getLength())
        .isEqualTo(before.getElementsByTagName("*").getLength());
    assertThat(
            after.getElementsByTagName("testcase").item(0).getAttributes().item(0).getNodeValue())
        .contains("<b>|`\n::error::INJECTED ?[31m", "\u202e??]]>");
  }

  @Test
  void annotations_everyTextHostile_areOurOwnLines() throws Exception {
    assertThat(Annotations.of(hostile(slower())))
        .hasSameSizeAs(Annotations.of(slower()))
        .allMatch(line -> line.startsWith("::error title="))
        .noneMatch(line -> line.contains("\n") || line.contains("%0A\n") || line.contains("\u001b"))
        .allMatch(line -> line.contains("%250A"));
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void shown_informingRegression_isNotCalledByTheHeadlinesWord() {
    assertThat(ComparisonFigures.verdict(Verdict.REGRESSED, false, "slower", "faster"))
        .isEqualTo("slower (informs)");
    assertThat(ComparisonFigures.verdict(Verdict.REGRESSED, true, "slower", "faster"))
        .isEqualTo("REGRESSED");
  }

  // [-1, +infinity] as a ratio: two units can show nothing.
  @Test
  void shown_intervalOfEveryChange_isNotJudged() {
    assertThat(
            ComparisonFigures.changes(
                new io.stagemark.stats.Interval(-1, Double.POSITIVE_INFINITY)))
        .isEqualTo("[not judged]");
  }

  // Pairs whose sides' medians fall while most ratios rise: candidate = baseline x effect.
  @Test
  void evidence_shownTimes_haveTheEffectsSignAndSize() {
    double[] baseline = {1e6, 2e6, 3e6, 10e6, 11e6};
    double[] candidate = {1.1e6, 2.2e6, 3.3e6, 9e6, 9.9e6};
    PairEvidence evidence = new PairEvidence(baseline, candidate);
    assertThat(evidence.candidateNanos() / evidence.baselineNanos())
        .isCloseTo(Math.exp(evidence.effect()), org.assertj.core.api.Assertions.within(1e-12));
    assertThat(evidence.nanos())
        .isCloseTo(
            evidence.candidateNanos() - evidence.baselineNanos(),
            org.assertj.core.api.Assertions.within(1e-6));
  }
}
