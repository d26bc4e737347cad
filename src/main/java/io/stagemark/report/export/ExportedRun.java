package io.stagemark.report.export;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.report.WrappedText;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The cases of a run that are written for another program, and why others are not.
 *
 * @param result the run
 * @param everyCase all of them, in their order
 * @param cases those with figures, without the INVALID ones unless they were asked for
 * @param leftOut the others, in their order
 */
record ExportedRun(
    RunResult result,
    List<ExportedCase> everyCase,
    List<ExportedCase> cases,
    List<LeftOut> leftOut) {
  private static final int MAX_ID = 60;

  ExportedRun {
    everyCase = List.copyOf(everyCase);
    cases = List.copyOf(cases);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * A case that is not written.
   *
   * @param caseId its id, of others
   * @param reason in a few words
   */
  record LeftOut(String caseId, String reason) {
    /** Returns it as a part of a line, without what cannot be seen. */
    String text() {
      String id = PlainText.line(caseId);
      return (id.length() > MAX_ID ? id.substring(0, MAX_ID) + "…" : id) + " (" + reason + ")";
    }
  }

  /** Chooses the cases of a run. */
  static ExportedRun of(RunResult result, InvalidCases invalid) {
    List<ExportedCase> all = new ArrayList<>();
    List<ExportedCase> cases = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Set<CaseName> used = new HashSet<>();
    for (CaseResult one : result.cases()) {
      CaseName name = CaseName.of(one, result.config());
      for (int number = 2; !used.add(name); number++) { // those that are left out keep theirs
        name = CaseName.of(one, result.config()).numbered(number);
      }
      ExportedCase named = new ExportedCase(name, one);
      all.add(named);
      boolean wrong = !named.valid().orElse(true);
      if (one.timed().stages().isEmpty()) {
        leftOut.add(new LeftOut(one.id(), wrong ? "INVALID, no figures" : "no figures"));
      } else if (wrong && invalid == InvalidCases.LEFT_OUT) {
        leftOut.add(new LeftOut(one.id(), "INVALID"));
      } else {
        cases.add(named);
      }
    }
    return new ExportedRun(result, all, cases, leftOut);
  }

  /** Returns one line for each case that is not written, for the comments of a format. */
  List<String> comments() {
    return leftOut.stream().map(each -> "left out: " + each.text()).toList();
  }

  /** Returns what a reporter made that has nothing to note. */
  Rendering rendering(String reporter, List<String> files) {
    return rendering(reporter, files, new Notes());
  }

  /**
   * Returns what a reporter made.
   *
   * @param reporter its name
   * @param files what it wrote
   * @param notes on its cases
   */
  Rendering rendering(String reporter, List<String> files, Notes notes) {
    List<String> lines = new ArrayList<>();
    if (!leftOut.isEmpty()) {
      lines.add(
          String.format(
              ROOT,
              "%s: %d of %d cases; left out: %s%s",
              reporter,
              cases.size(),
              result.cases().size(),
              Notes.named(leftOut.stream().map(LeftOut::text).toList()),
              leftOut.stream().anyMatch(each -> each.reason().equals("INVALID"))
                  ? "; --with-invalid (of ./stagemark report) takes INVALID cases too"
                  : ""));
    }
    notes.lines().forEach(note -> lines.add(reporter + ": " + note));
    StringBuilder console = new StringBuilder();
    for (String line : lines) {
      WrappedText.lines(line, "  ").forEach(each -> console.append(cut(each)).append('\n'));
    }
    return new Rendering(console.toString(), files);
  }

  /** A word that fills more than a line stays whole when text is wrapped. */
  private static String cut(String line) {
    return line.length() > 100 ? line.substring(0, 99) + "…" : line;
  }
}
