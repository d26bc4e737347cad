package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity;
import io.stagemark.result.file.RecordTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code report.md}: what one reads of a run in a pull request. The answer, a row a case, what is
 * wrong or limits the precision, scores; percentiles and the machine are folded. The page has
 * everything else.
 */
public final class MarkdownReporter implements Reporter {
  private static final String FILE = "report.md";
  private static final String PAGE = "index.html";

  @Override
  public String name() {
    return "markdown";
  }

  @Override
  public Rendering render(RunResult raw, OutputTree folder) throws IOException {
    RunResult result = RecordTexts.map(raw, PlainText::markdown);
    CaseLabels labels = CaseLabels.of(result.cases());
    List<String> blocks = new ArrayList<>();
    blocks.add("# " + result.name() + "\n");
    blocks.add("**" + answer(result, labels) + "**\n");
    blocks.add(heading(result, labels) + "\n");
    blocks.add(MarkdownCases.of(result, labels));
    blocks.add(SizeTables.markdown(result, labels));
    blocks.add(MarkdownRemarks.of(raw, result, labels.labels()));
    blocks.add(new MarkdownScores(result, labels).text());
    blocks.add(MarkdownPercentiles.of(result, labels));
    blocks.add(MarkdownOrigin.of(raw, result));
    blocks.add(rest(raw, folder.path()) + "\n");
    blocks.removeIf(String::isEmpty);
    folder.write(FILE, String.join("\n", blocks));
    return new Rendering("", List.of(FILE));
  }

  /** Returns the page's sentence and, where the console has it, how far the outputs differ. */
  private static String answer(RunResult result, CaseLabels labels) {
    String sentence = AnswerText.sentence(result, labels.labels());
    return sentence.substring(0, sentence.length() - 1) + AnswerText.agreement(result) + ".";
  }

  private static String heading(RunResult result, CaseLabels labels) {
    return String.format(
        ROOT,
        "%s · %s · %s · %d examples of %s · %d × %s · started %s, %.0f s",
        verdict(result),
        result.cases().size() == 1 ? "1 case" : result.cases().size() + " cases",
        labels.shared(),
        result.dataset().examples(),
        result.dataset().name(),
        result.environment().cores(),
        result.environment().cpu(),
        result.startedAt().replaceFirst("\\.\\d+Z$", "Z"),
        result.wallSeconds());
  }

  /** Returns such as {@code INVALID (1 of 2 cases), run failed}. */
  private static String verdict(RunResult result) {
    Optional<Validity> validity = result.proof().map(RunProof::validity);
    long invalid =
        result.cases().stream()
            .flatMap(one -> one.proof().stream())
            .filter(proof -> !proof.validity().valid())
            .count();
    String text =
        validity.map(v -> v.verdict().name()).orElse("not judged")
            + (invalid > 0 && result.cases().size() > 1
                ? String.format(ROOT, " (%d of %d cases)", invalid, result.cases().size())
                : "");
    return "**"
        + text
        + "**"
        + (result.status() == RunResult.Status.COMPLETE
            ? ""
            : ", run " + result.status().name().toLowerCase(ROOT));
  }

  /** A run's page may be written after this file. */
  private static String rest(RunResult raw, Path folder) {
    boolean page =
        Files.isRegularFile(folder.resolve(PAGE))
            || (raw.config().get("reports") instanceof List<?> names && names.contains("html"));
    return page
        ? "Everything else: [" + PAGE + "](" + PAGE + ")"
        : "Everything else: " + PAGE + ", which `./stagemark report RUN --format html` writes";
  }
}
