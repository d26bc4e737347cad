package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.scoring.detection.CocoMeasure;
import io.stagemark.scoring.detection.CocoSettings;
import io.stagemark.stats.Holm;
import io.stagemark.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges whether the candidate's outputs are worse, apart from speed: non-inferiority against the
 * policy's margin, paired by example.
 */
final class QualityJudge {
  private final Policy policy;
  private final List<QualityResult> results = new ArrayList<>();
  private final List<TestedScore> tested = new ArrayList<>();

  private record TestedScore(QualityResult draft, ScoreEvidence evidence) {}

  QualityJudge(Policy policy) {
    this.policy = policy;
  }

  /**
   * Adds the scores of one case that both sides have.
   *
   * @param headlines the scores that the config asked for: they gate, finer ones inform
   * @param evaluation of AP, as the config has it
   */
  void add(ScoredCase before, ScoredCase after, List<String> headlines, CocoSettings evaluation) {
    boolean identical =
        before.fingerprint().isPresent() && before.fingerprint().equals(after.fingerprint());
    for (Score score : before.scores()) {
      Optional<Score> other = after.score(score.name());
      boolean undefined =
          other.isPresent() && Double.isNaN(score.value()) && Double.isNaN(other.get().value());
      // a finer figure may have no examples, such as small objects
      if (other.isEmpty() || (undefined && !headlines.contains(score.name()))) {
        continue;
      }
      QualityResult draft =
          draft(
              before.caseId(),
              score,
              other.get(),
              policy.quality().gate() && headlines.contains(score.name()));
      if (undefined) {
        results.add(settled(draft, Verdict.INCONCLUSIVE, "not a number on either side"));
      } else if (!Double.isFinite(other.get().value())) {
        results.add(settled(draft, Verdict.REGRESSED, "the candidate's is not a number"));
      } else if (identical && score.value() == other.get().value()) {
        results.add(settled(draft, Verdict.EQUIVALENT, "bit-identical outputs"));
      } else {
        test(draft, before.examples(), after.examples(), evaluation);
      }
    }
  }

  private void test(
      QualityResult draft,
      List<ExampleResult> baseline,
      List<ExampleResult> candidate,
      CocoSettings evaluation) {
    ScorePairs pairs = ScorePairs.of(draft.metric().score(), baseline, candidate);
    int worse = draft.metric().lowerIsBetter() ? 1 : -1;
    if (pairs.undefined() > 0) {
      results.add(
          settled(
              draft,
              Verdict.REGRESSED,
              "%s examples that had a number have none now".formatted(pairs.undefined())));
    } else if (!pairs.differences().isEmpty()) {
      tested.add(
          new TestedScore(
              draft,
              ScoreEvidence.ofExamples(
                  pairs.differences(), worse, draft.margin(), policy.alpha())));
    } else if (CocoMeasure.of(draft.metric().score()).isPresent()
        && !baseline.isEmpty()
        && !candidate.isEmpty()) {
      tested.add(
          new TestedScore(
              draft,
              new PrecisionSwap(
                      baseline,
                      candidate,
                      CocoMeasure.of(draft.metric().score()).orElseThrow(),
                      evaluation)
                  .evidence(draft.margin(), policy.alpha())));
    } else if (draft.change().difference() == 0) {
      results.add(settled(draft, Verdict.EQUIVALENT, "the same figure"));
    } else {
      results.add(byTheFigure(draft, "it has no figures by example"));
    }
  }

  /**
   * Judges without a test. The data set is the same on both sides: a score that is worse on it by
   * more than the margin is worse, whatever it would be on other data.
   */
  private static QualityResult byTheFigure(QualityResult draft, String why) {
    double difference = draft.change().difference();
    double up = draft.metric().lowerIsBetter() ? difference : -difference;
    Verdict verdict =
        Double.isNaN(up)
            ? Verdict.INCONCLUSIVE
            : up > draft.margin()
                ? Verdict.REGRESSED
                : up < -draft.margin() ? Verdict.IMPROVED : Verdict.EQUIVALENT;
    return settled(draft, verdict, "by the figure itself, no test: " + why);
  }

  /** Returns every result; the gated tests are one family. */
  List<QualityResult> finish() {
    double[] worse = Holm.adjust(tested.stream().mapToDouble(t -> t.evidence().pWorse()).toArray());
    double[] better =
        Holm.adjust(tested.stream().mapToDouble(t -> t.evidence().pBetter()).toArray());
    List<QualityResult> all = new ArrayList<>(results);
    for (int i = 0; i < tested.size(); i++) {
      TestedScore each = tested.get(i);
      int examples = each.evidence().examples();
      // so few signs cannot be as extreme as a test asks for
      all.add(
          Math.pow(2, -examples) * tested.size() >= policy.alpha()
              ? byTheFigure(each.draft(), examples + " examples are too few for one")
              : judged(each, worse[i], better[i]));
    }
    return all;
  }

  private QualityResult judged(TestedScore one, double pWorse, double pBetter) {
    QualityResult draft = one.draft();
    ScoreEvidence evidence = one.evidence();
    double worse = draft.metric().lowerIsBetter() ? 1 : -1;
    double up = worse * evidence.difference();
    Interval interval = evidence.interval();
    double worstEnd = worse > 0 ? interval.high() : -interval.low();
    double bestEnd = worse > 0 ? interval.low() : -interval.high();
    Verdict verdict = Verdict.INCONCLUSIVE;
    String reason = "";
    if (up > draft.margin() && bestEnd > 0 && pWorse < policy.alpha()) {
      verdict = Verdict.REGRESSED;
    } else if (up < -draft.margin() && worstEnd < 0 && pBetter < policy.alpha()) {
      verdict = Verdict.IMPROVED;
    } else if (worstEnd <= draft.margin()) {
      verdict = Verdict.EQUIVALENT;
      reason = "not worse by more than the margin";
    } else {
      reason = "%s examples are too few to judge".formatted(evidence.examples());
    }
    return new QualityResult(
        draft.metric(),
        new QualityResult.Change(
            evidence.examples(),
            draft.change().baseline(),
            draft.change().candidate(),
            evidence.difference(),
            interval),
        up >= 0 ? pWorse : pBetter,
        draft.margin(),
        verdict,
        reason);
  }

  private QualityResult draft(String caseId, Score before, Score after, boolean gated) {
    double difference = after.value() - before.value();
    return new QualityResult(
        new QualityResult.Metric(
            caseId, before.name(), before.unit(), before.lowerIsBetter(), gated),
        new QualityResult.Change(0, before.value(), after.value(), difference, Interval.UNKNOWN),
        1,
        margin(before),
        Verdict.INCONCLUSIVE,
        "");
  }

  private static QualityResult settled(QualityResult draft, Verdict verdict, String reason) {
    double difference = draft.change().difference();
    return new QualityResult(
        draft.metric(),
        new QualityResult.Change(
            draft.change().examples(),
            draft.change().baseline(),
            draft.change().candidate(),
            difference,
            difference == 0 ? new Interval(0, 0) : Interval.UNKNOWN),
        1,
        draft.margin(),
        verdict,
        reason);
  }

  private double margin(Score score) {
    Policy.Quality quality = policy.quality();
    Double own = quality.scores().get(score.name());
    if (own != null) {
      return own;
    }
    return score.lowerIsBetter()
        ? Math.abs(score.value()) * quality.lossMarginPercent() / 100
        : quality.ratioMargin();
  }
}
