package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.config.gate.Policy.OnBlind;
import io.stagemark.data.PlainText;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.result.comparison.Outcome;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A comparison as JUnit XML, which every CI shows: one test case a metric. A gated REGRESSED is a
 * failure, INCONCLUSIVE is skipped with its reason, what only informs passes and says so. A
 * comparison that cannot tell is one failure more, unless its policy lets that pass.
 */
public final class JUnitXml {
  private record Case(
      String group, String name, boolean gated, Verdict verdict, String word, String text) {}

  private JUnitXml() {}

  /** Returns the document. */
  public static String of(Comparison comparison) {
    List<Case> cases = cases(comparison);
    long failures =
        cases.stream().filter(c -> c.gated() && c.verdict() == Verdict.REGRESSED).count();
    boolean cannotTell =
        comparison.outcome() == Outcome.CANNOT_TELL && comparison.setup().onBlind() == OnBlind.FAIL;
    long skipped = cases.stream().filter(c -> c.verdict() == Verdict.INCONCLUSIVE).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        String.format(
            ROOT,
            "<testsuite name=\"stagemark %s\" tests=\"%s\" failures=\"%s\" errors=\"%s\" skipped=\"%s\">\n",
            comparison.setup().kind().name().toLowerCase(Locale.ROOT),
            cases.size() + comparison.failures().size() + (cannotTell ? 1 : 0),
            failures + (cannotTell ? 1 : 0),
            comparison.failures().size(),
            skipped));
    cases.forEach(each -> xml.append(element(each)));
    if (cannotTell) {
      xml.append("  <testcase classname=\"gate\" name=\"finds what has to be found\">\n    ")
          .append("<failure type=\"CANNOT TELL\" message=\"")
          .append(PlainText.xml(Headline.sentence(comparison)))
          .append("\"/>\n  </testcase>\n");
    }
    for (String failure : comparison.failures()) {
      xml.append("  <testcase classname=\"trials\" name=\"a trial failed\">\n    <error message=\"")
          .append(PlainText.xml(failure))
          .append("\"/>\n  </testcase>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static List<Case> cases(Comparison comparison) {
    List<Case> cases = new ArrayList<>();
    for (SpeedResult s : comparison.findings().speed()) {
      SpeedResult.Metric metric = s.metric();
      String text =
          String.format(
              ROOT,
              "%s to %s, %s %s, margin %s, adjusted p %s%s",
              ComparisonFigures.millis(s.times().baselineNanos()),
              ComparisonFigures.millis(s.times().candidateNanos()),
              ComparisonFigures.change(s.times().change()),
              ComparisonFigures.changes(s.times().interval()),
              ComparisonFigures.margin(s.test().margin()),
              ComparisonFigures.p(s.test().adjustedP()),
              s.reason().isEmpty() ? "" : "; " + s.reason());
      String word = ComparisonFigures.verdict(s.verdict(), metric.gated(), "slower", "faster");
      cases.add(new Case(metric.caseId(), s.label(), metric.gated(), s.verdict(), word, text));
    }
    for (QualityResult q : comparison.findings().quality()) {
      QualityResult.Metric metric = q.metric();
      String text =
          String.format(
              ROOT,
              "%s to %s, %s %s%s",
              ComparisonFigures.score(q.change().baseline()),
              ComparisonFigures.score(q.change().candidate()),
              ComparisonFigures.signedScore(q.change().difference()),
              ComparisonFigures.scores(q.change().interval()),
              q.reason().isEmpty() ? "" : "; " + q.reason());
      String word = ComparisonFigures.verdict(q.verdict(), metric.gated(), "worse", "better");
      String name = "quality " + metric.score();
      cases.add(new Case(metric.caseId(), name, metric.gated(), q.verdict(), word, text));
    }
    for (ExactResult e : comparison.findings().exact()) {
      String text =
          String.format(
              ROOT,
              "%s to %s%s%s",
              ComparisonFigures.count(e.baseline()),
              ComparisonFigures.count(e.candidate()),
              e.unit().isEmpty() ? "" : " " + e.unit(),
              e.reason().isEmpty() ? "" : "; " + e.reason());
      String word = ComparisonFigures.verdict(e.verdict(), e.gated(), "grew", "fell");
      cases.add(new Case(e.caseId(), e.name(), e.gated(), e.verdict(), word, text));
    }
    for (NotJudged n : comparison.findings().notJudged()) {
      cases.add(new Case(n.caseId(), n.metric(), false, Verdict.INCONCLUSIVE, "", n.reason()));
    }
    return cases;
  }

  private static String element(Case one) {
    String inside =
        one.verdict() == Verdict.INCONCLUSIVE
            ? "<skipped message=\"" + PlainText.xml(one.text()) + "\"/>"
            : one.verdict() == Verdict.REGRESSED && one.gated()
                ? "<failure type=\"REGRESSED\" message=\"" + PlainText.xml(one.text()) + "\"/>"
                : "<system-out>" + one.word() + ": " + PlainText.xml(one.text()) + "</system-out>";
    return String.format(
        ROOT,
        "  <testcase classname=\"%s\" name=\"%s\">\n    %s\n  </testcase>\n",
        PlainText.xml(one.group()),
        PlainText.xml(one.name()),
        inside);
  }
}
