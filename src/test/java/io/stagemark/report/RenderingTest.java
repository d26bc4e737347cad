package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RenderingTest {
  private final Locale before = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "en-US", "de-DE", "ar-EG"})
  void console_completeRun_isTheGoldenTextInEveryLocale(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    String text =
        new ConsoleReporter().render(SampleRun.complete(), OutputTree.of(folder)).console();
    GoldenFiles.assertGolden("console-complete.txt", text);
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE"})
  void console_failedCase_showsDashesAndTheReason(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    String text =
        new ConsoleReporter().render(SampleRun.withAFailedCase(), OutputTree.of(folder)).console();
    GoldenFiles.assertGolden("console-failed-case.txt", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "en-US", "de-DE", "ar-EG"})
  void verbose_completeRun_isTheGoldenTextInEveryLocale(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    String text =
        new VerboseReporter().render(SampleRun.complete(), OutputTree.of(folder)).console();
    GoldenFiles.assertGolden("verbose-complete.txt", text);
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE"})
  void verbose_failedCase_showsDashesAndTheReason(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    String text =
        new VerboseReporter().render(SampleRun.withAFailedCase(), OutputTree.of(folder)).console();
    GoldenFiles.assertGolden("verbose-failed-case.txt", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE"})
  void markdown_completeRun_isTheGoldenPage(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertThat(new MarkdownReporter().render(SampleRun.complete(), OutputTree.of(folder)).files())
        .containsExactly("report.md");
    GoldenFiles.assertGolden("report-complete.md", Files.readString(folder.resolve("report.md")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE"})
  void markdown_failedCase_isTheGoldenPage(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    new MarkdownReporter().render(SampleRun.withAFailedCase(), OutputTree.of(folder));
    GoldenFiles.assertGolden("report-failed.md", Files.readString(folder.resolve("report.md")));
  }
}
