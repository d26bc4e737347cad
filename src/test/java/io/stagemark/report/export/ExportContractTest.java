package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Reporter;
import io.stagemark.report.export.ExportRuns.Export;
import io.stagemark.spi.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every export keeps to; the tests of the single ones read their files as their readers do.
 */
final class ExportContractTest {
  private final Locale before = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  static Stream<ExportReporter> exports() {
    return Registry.discover(Reporter.class, Reporter.class.getClassLoader()).all().stream()
        .filter(ExportReporter.class::isInstance)
        .map(ExportReporter.class::cast);
  }

  @Test
  void exports_onTheClassPath_areTheNine() {
    assertThat(exports().map(Reporter::name))
        .containsExactlyInAnyOrder(
            "bencher",
            "benchfmt",
            "csv",
            "github-benchmark",
            "hyperfine-json",
            "jmh-json",
            "loadgen-summary",
            "model-index",
            "openmetrics");
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_invalidCase_isLeftOutAndNamedOnTheConsole(ExportReporter reporter) throws Exception {
    Export made = ExportRuns.export(reporter, ExportRuns.mixed(), InvalidCases.LEFT_OUT, folder);
    String console = made.rendering().console().replaceAll("\\s+", " ");
    assertThat(console)
        .contains(reporter.name() + ": 3 of 5 cases; left out: net/wrong/cpu/t2/b4 (INVALID)")
        .contains("net/dead/cpu/t2/b1 (INVALID, no figures)")
        .contains("--with-invalid");
    for (String text : made.files().values()) {
      assertThat(text.lines().filter(line -> line.contains("wrong")))
          .allMatch(line -> line.contains("left out") || line.startsWith("stagemark_valid{"));
    }
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_plainRenderAsOfAConfig_leavesInvalidCasesOut(ExportReporter reporter)
      throws Exception {
    ExportRuns.writeSamples(folder, ExportRuns.mixed());
    assertThat(reporter.render(ExportRuns.mixed(), OutputTree.of(folder)).console())
        .contains("wrong/cpu/t2/b4 (INVALID)");
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_invalidCaseAskedFor_isInTheFile(ExportReporter reporter) throws Exception {
    Export made = ExportRuns.export(reporter, ExportRuns.mixed(), InvalidCases.INCLUDED, folder);
    assertThat(made.rendering().console())
        .contains("4 of 5 cases")
        .doesNotContain("wrong")
        .doesNotContain("--with-invalid");
    assertThat(made.files().values())
        .allMatch(
            text ->
                text.lines()
                    .anyMatch(l -> l.contains("wrong") && !l.startsWith("stagemark_valid")));
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_everyCaseGood_printsNothing(ExportReporter reporter) throws Exception {
    Export made =
        ExportRuns.export(
            reporter,
            ExportRuns.run(ExportRuns.good("net", "fine")),
            InvalidCases.LEFT_OUT,
            folder);
    assertThat(made.rendering().console()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_noCaseWithFigures_writesAFileAndSaysSo(ExportReporter reporter) throws Exception {
    Export made =
        ExportRuns.export(
            reporter, ExportRuns.run(ExportRuns.dead("dead")), InvalidCases.INCLUDED, folder);
    assertThat(made.rendering().console()).contains("0 of 1 cases");
    assertThat(made.files()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_hostileNames_haveNoControlsAndNoMarkup(ExportReporter reporter) throws Exception {
    Export made =
        ExportRuns.export(
            reporter,
            ExportRuns.run(
                ExportRuns.good(ExportRuns.HOSTILE, ExportRuns.HOSTILE),
                ExportRuns.invalid(ExportRuns.HOSTILE)),
            InvalidCases.LEFT_OUT,
            folder);
    List<String> texts = new ArrayList<>(made.files().values());
    texts.add(made.rendering().console());
    for (String text : texts) {
      assertThat(text.codePoints())
          .noneMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e));
      assertThat(text.lines()).noneMatch(line -> line.strip().startsWith("::"));
      assertThat(text.lines()).noneMatch(line -> line.startsWith("# TYPE a b"));
    }
    assertThat(made.rendering().console().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_tooFewBatches_writesNoNullAndNoPercentile(ExportReporter reporter) throws Exception {
    Export made =
        ExportRuns.export(
            reporter, ExportRuns.run(ExportRuns.few("short")), InvalidCases.LEFT_OUT, folder);
    for (String text : made.files().values()) {
      assertThat(text).doesNotContain("null", "Optional");
      assertThat(text.replaceAll("(?m)^(#|Unit).*$", "").toLowerCase(Locale.ROOT))
          .doesNotContain("p50", "p99", "\"50.0\"", "percentile=\"");
    }
  }

  @ParameterizedTest
  @MethodSource("exports")
  void render_everyLocale_isTheSame(ExportReporter reporter) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Export plain = ExportRuns.export(reporter, ExportRuns.mixed(), InvalidCases.INCLUDED, folder);
    for (String locale : List.of("de-DE", "ar-EG")) {
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertThat(ExportRuns.export(reporter, ExportRuns.mixed(), InvalidCases.INCLUDED, folder))
          .isEqualTo(plain);
    }
  }
}
