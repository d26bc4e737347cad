package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.PlainText;
import io.stagemark.output.OutputTree;
import io.stagemark.report.html.HtmlReporter;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.RecordTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every text of a result is hostile: what is rendered of it has no more structure than before. */
final class HostileResultTest {
  private static final String HOSTILE =
      "<script>|`\n::error::INJECTED \u001b[31m\u001b]0;t\u0007##vso[x] ](javascript:1) \u202e"
          + "\u0000\ud800]]> **b**\r\n\r\n# head\n| a | b |\n|---|---|\n"
          + "x".repeat(300);

  /** Words that the program takes a meaning from. */
  private static final Set<String> MEANT =
      Set.of("decode", "preprocess", "forward", "postprocess", "gap", "total", "score", "server");

  @TempDir Path folder;

  private static String hostile(String text) {
    return MEANT.contains(text) ? text : text + HOSTILE;
  }

  @Test
  void console_everyTextHostile_hasNoControlsAndNoCommands() throws Exception {
    RunResult run = RecordTexts.map(SampleCounts.run(), HostileResultTest::hostile);
    for (Reporter reporter : List.of(new ConsoleReporter(), new VerboseReporter())) {
      String text = reporter.render(run, OutputTree.of(folder)).console();
      assertThat(text).contains("INJECTED");
      assertPlain(text);
    }
  }

  @Test
  void markdown_everyTextHostile_keepsItsTablesAndHasNoMarkup() throws Exception {
    RunResult plain = SampleCounts.run();
    new MarkdownReporter().render(plain, OutputTree.of(folder));
    List<String> before = Files.readAllLines(folder.resolve("report.md"));
    new MarkdownReporter()
        .render(RecordTexts.map(plain, HostileResultTest::hostile), OutputTree.of(folder));
    List<String> after = Files.readAllLines(folder.resolve("report.md"));
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(pipes(after.get(i))).as(after.get(i)).isEqualTo(pipes(before.get(i)));
      assertThat(after.get(i).startsWith("#")).isEqualTo(before.get(i).startsWith("#"));
    }
    String text = String.join("\n", after);
    assertThat(text).contains("INJECTED").doesNotContain("<script", "](javascript", "**b**");
    assertPlain(text);
  }

  @Test
  void html_everyTextHostile_hasNoMarkupOfIts() throws Exception {
    RunResult plain = SampleCounts.run();
    new HtmlReporter().render(plain, OutputTree.of(folder));
    String before = Files.readString(folder.resolve("index.html"));
    new HtmlReporter()
        .render(RecordTexts.map(plain, HostileResultTest::hostile), OutputTree.of(folder));
    String after = Files.readString(folder.resolve("index.html"));
    assertThat(after).contains("INJECTED", "&lt;script&gt;|");
    assertThat(after).doesNotContain("<script>|", "\u001b", "\u202e", "href=\"javascript");
    for (String tag :
        List.of("<script", "</script", "<table", "<tr", "<td", "<svg", "<h2", "<a ")) {
      assertThat(count(after, tag)).as(tag).isEqualTo(count(before, tag));
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  private static long pipes(String line) {
    return line.chars().filter(c -> c == '|').count();
  }

  private static void assertPlain(String text) {
    assertThat(text).doesNotContain("##vso[", "\u202e", "\ud800");
    assertThat(text.chars()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
    assertThat(text.lines()).noneMatch(line -> line.strip().startsWith("::"));
    assertThat(PlainText.console(text)).isEqualTo(text); // the last guard finds nothing
  }
}
