package io.stagemark.result.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.compare.StoredComparison;
import io.stagemark.compare.StoredRuns;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.report.comparison.Annotations;
import io.stagemark.report.comparison.ConsoleText;
import io.stagemark.report.comparison.JUnitXml;
import io.stagemark.report.comparison.MarkdownPage;
import io.stagemark.report.comparison.VerdictLine;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class ComparisonTextTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  private static Comparison slower() throws Exception {
    StoredRuns slower = new StoredRuns(2);
    slower.forward = 1.1;
    return compare(slower);
  }

  private static Comparison compare(StoredRuns candidate) throws Exception {
    return StoredComparison.compare(
        new StoredRuns(1).run(),
        candidate.run(),
        PolicyReader.byDefault(),
        "./stagemark compare base new");
  }

  private static void assertGolden(String name, String actual) throws IOException {
    Path golden = GOLDEN.resolve(name);
    String expected = Files.exists(golden) ? Files.readString(golden) : "";
    if (!expected.equals(actual)) {
      Files.writeString(GOLDEN.resolve(name + ".actual"), actual);
    }
    assertThat(actual).as("golden file %s", golden).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE"})
  void markdown_regression_isTheGoldenPage(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertGolden("comparison-regressed.md", MarkdownPage.of(slower()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE"})
  void console_regression_isTheGoldenText(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertGolden("comparison-regressed.txt", ConsoleText.of(slower()));
  }

  @Test
  void junit_regression_failsOneCaseAMetric() throws Exception {
    Document xml = parsed(JUnitXml.of(slower()));
    assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("23");
    // forward and total, p50 and p95
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(4);
    // five p99 that there are too few batches for
    assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(5);
    assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("4");
  }

  @Test
  void junit_hostileText_isStillXml() throws Exception {
    StoredRuns failed = new StoredRuns(2);
    failed.failure = Optional.of("<&\">\u0007\n]]>");
    Document xml = parsed(JUnitXml.of(compare(failed)));
    assertThat(xml.getElementsByTagName("error").item(0).getAttributes().item(0).getNodeValue())
        .contains("<&\">?\n]]>");
  }

  @Test
  void annotations_regressionsAlone() throws Exception {
    assertThat(Annotations.of(slower()))
        .hasSize(4)
        .allMatch(line -> line.startsWith("::error title="))
        .allMatch(line -> line.contains("%25"));
    assertThat(Annotations.of(compare(new StoredRuns(2)))).isEmpty();
    StoredRuns other = new StoredRuns(2);
    other.cpu = "Another";
    assertThat(Annotations.of(compare(other)))
        .singleElement()
        .asString()
        .startsWith(
            "::error title=Stagemark cannot tell::decode p50 has no verdict: the two sides");
  }

  @Test
  void verdictLine_confounded_asksForAction() throws Exception {
    StoredRuns other = new StoredRuns(2);
    other.cpu = "Another";
    assertThat(VerdictLine.of(compare(other)))
        .isEqualTo(
            "0 regressed · 0 improved · 0 equivalent · 11 inconclusive — action needed: yes");
    assertThat(MarkdownPage.of(compare(other)))
        .contains("cpu differs and stops the verdict: `Some CPU` → `Another`");
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
