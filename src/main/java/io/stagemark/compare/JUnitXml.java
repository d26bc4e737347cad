package io.stagemark.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A comparison as JUnit XML, which every CI shows: one test case a metric. A gated REGRESSED is a
 * failure, INCONCLUSIVE is skipped with its reason, what only informs passes and says so.
 */
public final class JUnitXml {
  private record Case(String group, String name, boolean gated, Verdict verdict, String text) {}

  private JUnitXml() {}

  /** Returns the document. */
  public static String of(Comparison comparison) {
    List<Case> cases = cases(comparison);
    long failures =
        cases.stream().filter(c -> c.gated() && c.verdict() == Verdict.REGRESSED).count();
    long skipped = cases.stream().filter(c -> c.verdict() == Verdict.INCONCLUSIVE).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        "<testsuite name=\"stagemark %s\" tests=\"%s\" failures=\"%s\" errors=\"%s\" skipped=\"%s\">\n"
            .formatted(
                comparison.kind().name().toLowerCase(Locale.ROOT),
                cases.size() + comparison.failures().size(),
                failures,
                comparison.failures().size(),
                skipped));
    cases.forEach(each -> xml.append(element(each)));
    for (String failure : comparison.failures()) {
      xml.append("  <testcase classname=\"trials\" name=\"a trial failed\">\n    <error message=\"")
          .append(escaped(failure))
          .append("\"/>\n  </testcase>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static List<Case> cases(Comparison comparison) {
    List<Case> cases = new ArrayList<>();
    for (SpeedResult s : comparison.speed()) {
      String text =
          "%s to %s, %s %s, margin %s, adjusted p %s%s"
              .formatted(
                  Shown.millis(s.baselineNanos()),
                  Shown.millis(s.candidateNanos()),
                  Shown.change(s.change()),
                  Shown.changes(s.interval()),
                  Shown.margin(s.margin()),
                  Shown.p(s.adjustedP()),
                  s.reason().isEmpty() ? "" : "; " + s.reason());
      cases.add(new Case(s.caseId(), s.label(), s.gated(), s.verdict(), text));
    }
    for (QualityResult q : comparison.quality()) {
      String text =
          "%s to %s, %s %s%s"
              .formatted(
                  Shown.score(q.baseline()),
                  Shown.score(q.candidate()),
                  Shown.signedScore(q.difference()),
                  Shown.scores(q.interval()),
                  q.reason().isEmpty() ? "" : "; " + q.reason());
      cases.add(new Case(q.caseId(), "quality " + q.score(), q.gated(), q.verdict(), text));
    }
    for (ExactResult e : comparison.exact()) {
      String text =
          "%s to %s%s%s"
              .formatted(
                  Shown.count(e.baseline()),
                  Shown.count(e.candidate()),
                  e.unit().isEmpty() ? "" : " " + e.unit(),
                  e.reason().isEmpty() ? "" : "; " + e.reason());
      cases.add(new Case(e.caseId(), e.name(), e.gated(), e.verdict(), text));
    }
    for (NotJudged n : comparison.notJudged()) {
      cases.add(new Case(n.caseId(), n.metric(), false, Verdict.INCONCLUSIVE, n.reason()));
    }
    return cases;
  }

  private static String element(Case one) {
    String inside =
        one.verdict() == Verdict.INCONCLUSIVE
            ? "<skipped message=\"" + escaped(one.text()) + "\"/>"
            : one.verdict() == Verdict.REGRESSED && one.gated()
                ? "<failure type=\"REGRESSED\" message=\"" + escaped(one.text()) + "\"/>"
                : "<system-out>"
                    + one.verdict()
                    + (one.gated() ? ": " : " (informs): ")
                    + escaped(one.text())
                    + "</system-out>";
    return "  <testcase classname=\"%s\" name=\"%s\">\n    %s\n  </testcase>\n"
        .formatted(escaped(one.group()), escaped(one.name()), inside);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\n', '\t', '\r' -> safe.append("&#").append(c).append(';');
                // XML 1.0 has no form for other control characters.
                default -> safe.appendCodePoint(c < 0x20 || c == 0xFFFE || c == 0xFFFF ? '?' : c);
              }
            });
    return safe.toString();
  }
}
