package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong, what limits the precision and what to do about each, for {@code report.md}. */
final class MarkdownRemarks {
  private static final int MAX_WRONG = 20;
  private static final int MAX_LIMITS = 10;
  private static final int MAX_FAILURE_LINES = 3;
  private static final String TRY = "  try: ";

  private MarkdownRemarks() {}

  /**
   * Returns a bullet for each remark; empty where there is none.
   *
   * @param raw with the reasons as they are: they have several lines
   * @param result with texts that are safe as Markdown
   * @param labels of the cases, in their order
   */
  static String of(RunResult raw, RunResult result, List<String> labels) {
    List<String> wrong = failures(raw, labels);
    wrong.addAll(bullets(ValidityText.reasons(result, labels)));
    wrong.addAll(bullets(ValidityText.disagreements(result, labels)));
    List<String> limits =
        bullets(PrecisionText.limits(result, labels, false)).stream()
            .map(bullet -> bullet.replaceFirst("^- limits the precision of ", "- "))
            .toList();
    String both = limits.isEmpty() || wrong.isEmpty() ? "" : "\n";
    return list("What is wrong:", wrong, MAX_WRONG)
        + both
        + list("What limits the precision, and what would help:", limits, MAX_LIMITS);
  }

  private static String list(String head, List<String> bullets, int most) {
    return bullets.isEmpty() ? "" : head + "\n\n" + limited(bullets, most);
  }

  /** Returns the first bullets, and one that counts the others. */
  static String limited(List<String> bullets, int most) {
    int left = bullets.size() - most;
    return bullets.stream().limit(most).collect(Collectors.joining())
        + (left > 0 ? String.format(ROOT, "- and %d more\n", left) : "");
  }

  private static List<String> failures(RunResult raw, List<String> labels) {
    List<String> bullets = new ArrayList<>();
    for (int i = 0; i < raw.cases().size(); i++) {
      for (TrialResult trial : raw.cases().get(i).trials()) {
        String head = String.format(ROOT, "- %s: trial %d FAILED: ", labels.get(i), trial.index());
        trial.failure().ifPresent(reason -> bullets.add(head + first(reason) + "\n"));
      }
    }
    return bullets;
  }

  private static String first(String reason) {
    return reason
        .lines()
        .filter(line -> !line.isBlank())
        .limit(MAX_FAILURE_LINES)
        .map(PlainText::markdown)
        .collect(Collectors.joining("<br>"));
  }

  /** Joins each line with the one behind it that says what to try. */
  private static List<String> bullets(List<String> lines) {
    List<String> bullets = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean followed = i + 1 < lines.size() && lines.get(i + 1).startsWith(TRY);
      String next = followed ? "<br>Try: " + lines.get(i + 1).substring(TRY.length()) : "";
      bullets.add("- " + lines.get(i) + next + "\n");
      i += followed ? 1 : 0;
    }
    return bullets;
  }
}
