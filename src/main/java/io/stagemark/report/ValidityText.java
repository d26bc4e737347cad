package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.result.CaseProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.Validity;
import io.stagemark.result.Validity.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** VALID or INVALID, with the reasons and what to do about each: in words. */
public final class ValidityText {
  private static final String INDENT = "    ";
  private static final int MAX_FAILURE_LINES = 3;

  private ValidityText() {}

  /** Returns the end of the console's first line, such as {@code " · INVALID"}. */
  static String head(RunResult result) {
    return result
        .proof()
        .filter(proof -> !proof.validity().valid())
        .map(proof -> " · " + proof.validity().verdict())
        .orElse("");
  }

  /**
   * Returns the first lines of the reason of each failed trial, safe to print.
   *
   * @param raw with the reasons as they are: they have several lines
   * @param labels of the cases, in their order
   */
  public static List<String> failures(RunResult raw, List<String> labels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < raw.cases().size(); i++) {
      for (TrialResult trial : raw.cases().get(i).trials()) {
        String head = String.format(ROOT, "%s: trial %d FAILED: ", labels.get(i), trial.index());
        trial.failure().ifPresent(reason -> lines.add(head + first(reason)));
      }
    }
    return lines;
  }

  private static String first(String reason) {
    return PlainText.lines(
        reason.lines().limit(MAX_FAILURE_LINES).collect(Collectors.joining("\n")));
  }

  /** Returns a line for each case whose trials had other outputs than each other. */
  public static List<String> disagreements(RunResult result, List<String> labels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      if (!result.cases().get(i).scored().scoresAgree()) {
        lines.add(
            labels.get(i) + ": the trials' outputs are not bit-identical; scores are of the first");
      }
    }
    return lines;
  }

  /**
   * Returns the lines, not wrapped, of each reason against the run or a case.
   *
   * @param labels of the cases, in their order
   */
  public static List<String> reasons(RunResult result, List<String> labels) {
    List<String> lines = new ArrayList<>();
    result
        .proof()
        .ifPresent(
            proof ->
                proof.validity().reasons().stream()
                    .filter(reason -> reason.code() != Validity.Code.INVALID_CASES)
                    .forEach(reason -> lines.addAll(paragraph("INVALID", reason))));
    for (int i = 0; i < result.cases().size(); i++) {
      String label = labels.get(i);
      result
          .cases()
          .get(i)
          .proof()
          .ifPresent(
              proof ->
                  proof
                      .validity()
                      .reasons()
                      .forEach(reason -> lines.addAll(paragraph(label + ": INVALID", reason))));
    }
    return lines;
  }

  /**
   * Returns a line, not wrapped, for each note.
   *
   * @param labels of the cases, in their order
   */
  public static List<String> notes(RunResult result, List<String> labels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      String label = labels.get(i);
      result.cases().get(i).proof().map(CaseProof::notes).orElse(List.of()).stream()
          .map(note -> label + ": " + note)
          .forEach(lines::add);
    }
    return lines;
  }

  private static List<String> paragraph(String label, Reason reason) {
    return List.of(
        String.format(ROOT, "%s, %s: %s", label, reason.code().words(), reason.found()),
        "  try: " + reason.recommendation());
  }

  static List<String> wrapped(String text) {
    return WrappedText.lines(text, INDENT);
  }
}
