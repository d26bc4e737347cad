package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.result.comparison.BlameShare;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stage that a regression comes from, in a line for each case of which a time regressed. */
public final class BlameText {
  private final Comparison comparison;

  private BlameText(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Returns such as {@code forward +4.10 ms of +4.30 ms}, for each case of which a time regressed:
   * of the stages that regressed themselves, the one whose change is largest and not by chance.
   * Where the total did not rise beyond chance, a stage is no part of it, and the total's own
   * change is shown next to it. Where only the total regressed, the line says so.
   */
  public static List<String> of(Comparison comparison) {
    return new BlameText(comparison).lines();
  }

  private List<String> lines() {
    boolean several =
        comparison.findings().speed().stream().map(it -> it.metric().caseId()).distinct().count()
            > 1;
    return comparison.findings().speed().stream()
        .filter(s -> s.verdict() == Verdict.REGRESSED)
        .map(it -> it.metric().caseId())
        .distinct()
        .flatMap(id -> line(id).map(text -> several ? id + ": " + text : text).stream())
        .toList();
  }

  private Optional<String> line(String caseId) {
    List<BlameShare> shares =
        comparison.findings().blame().stream().filter(b -> b.caseId().equals(caseId)).toList();
    Optional<BlameShare> total = shares.stream().filter(BlameShare::ofTotal).findFirst();
    return shares.stream()
        .filter(share -> !share.ofTotal() && share.rose() && regressed(share))
        .max(Comparator.comparingDouble(BlameShare::nanos))
        .map(share -> total.map(whole -> within(share, whole)).orElseGet(() -> alone(share)))
        .or(
            () ->
                total
                    .filter(this::regressed)
                    .map(whole -> String.format(ROOT, "no stage by itself, %s", alone(whole))));
  }

  private boolean regressed(BlameShare share) {
    return comparison.findings().speed().stream()
        .filter(
            s ->
                s.metric().caseId().equals(share.caseId())
                    && s.metric().stage().equals(share.stage()))
        .anyMatch(s -> s.verdict() == Verdict.REGRESSED);
  }

  private static String within(BlameShare share, BlameShare total) {
    String whole = ComparisonFigures.signedMillis(total.nanos());
    return total.rose()
        ? String.format(
            ROOT,
            "%s %s of %s %s",
            share.stage(),
            ComparisonFigures.signedMillis(share.nanos()),
            whole,
            interval(share))
        : String.format(
            ROOT, "%s, while the total changed by %s %s", alone(share), whole, interval(total));
  }

  private static String alone(BlameShare share) {
    return String.format(
        ROOT,
        "%s %s %s",
        share.stage(),
        ComparisonFigures.signedMillis(share.nanos()),
        interval(share));
  }

  /** Returns the interval of a stage's change. */
  static String interval(BlameShare share) {
    return ComparisonFigures.interval(share.interval(), ComparisonFigures::signedMillis);
  }
}
