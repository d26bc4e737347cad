package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.scoring.detection.CocoSettings;
import io.stagemark.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verdicts on scores; those that are not defined are never passed over. */
final class QualityJudgeTest {
  private static final double NONE = Double.NaN;
  private static final List<String> HEADLINES = List.of("focal", "top-1");

  private static ScoredCase scored(double ap, double small) {
    return new ScoredCase(
        "net",
        List.of(
            new Score("coco-ap", ap, "ratio", false, 4),
            new Score("coco-ap-small", small, "ratio", false, 4)),
        List.of(),
        Optional.empty());
  }

  private static List<QualityResult> judged(ScoredCase before, ScoredCase after) throws Exception {
    QualityJudge judge = new QualityJudge(PolicyReader.byDefault());
    judge.add(before, after, List.of("coco-ap"), CocoSettings.COCO);
    return judge.finish();
  }

  @Test
  void finish_candidateWithoutANumber_isRegressed() throws Exception {
    assertThat(judged(scored(.5, NONE), scored(NONE, NONE)))
        .extracting(it -> it.metric().score(), QualityResult::verdict, QualityResult::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "coco-ap", Verdict.REGRESSED, "the candidate's is not a number"));
  }

  // there are no small objects on either side: that figure is of nothing, and no verdict is missed
  @Test
  void finish_neitherSideWithANumber_isNoVerdictForWhatWasAskedFor() throws Exception {
    assertThat(judged(scored(NONE, NONE), scored(NONE, NONE)))
        .extracting(it -> it.metric().score(), QualityResult::verdict, QualityResult::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "coco-ap", Verdict.INCONCLUSIVE, "not a number on either side"));
  }

  /** Examples e0, e1, … with this score. */
  private static ScoredCase of(String score, boolean lowerIsBetter, double... values) {
    List<ExampleResult> examples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      examples.add(example(i, List.of(new Score(score, values[i], "", lowerIsBetter, 1))));
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    return new ScoredCase(
        "net",
        List.of(new Score(score, mean, "", lowerIsBetter, values.length)),
        examples,
        Optional.empty());
  }

  private static ExampleResult example(int i, List<Score> scores) {
    return new ExampleResult("e" + i, "e" + i, List.of(), 0, List.of(), scores);
  }

  private static double[] all(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  private static QualityResult only(Policy policy, ScoredCase before, ScoredCase after) {
    QualityJudge judge = new QualityJudge(policy);
    judge.add(before, after, HEADLINES, CocoSettings.COCO);
    List<QualityResult> results = judge.finish();
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static Policy policy(double alpha, Map<String, Double> margins) {
    Policy p = PolicyReader.byDefault();
    return new Policy(
        p.name(),
        alpha,
        p.minTrials(),
        p.gate(),
        p.mustFind(),
        p.margins(),
        p.stages(),
        new Policy.Quality(true, 2, 0.03, margins),
        p.exact(),
        p.mayDiffer());
  }

  // Twelve examples that all changed alike: one of 2^12 assignments of signs is as extreme.
  @Test
  void finish_everyExampleChanged_isDecidedInTheDirectionOfTheScore() {
    Policy policy = policy(0.05, Map.of());
    ScoredCase high = of("top-1", false, all(12, 0.75));
    ScoredCase low = of("top-1", false, all(12, 0.5));
    QualityResult worse = only(policy, high, low);
    assertThat(worse.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(worse.adjustedP()).isEqualTo(1 / 4096.0);
    assertThat(worse.margin()).isEqualTo(0.03);
    assertThat(worse.change())
        .isEqualTo(new QualityResult.Change(12, 0.75, 0.5, -0.25, new Interval(-0.25, -0.25)));
    QualityResult better = only(policy, low, high);
    assertThat(better.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(better.adjustedP()).isEqualTo(1 / 4096.0);
    assertThat(only(policy, of("focal", true, all(12, 0.5)), of("focal", true, all(12, 0.75))))
        .extracting(QualityResult::verdict, QualityResult::margin)
        .containsExactly(Verdict.REGRESSED, 0.01);
    assertThat(only(policy, of("focal", true, all(12, 0.75)), of("focal", true, all(12, 0.5))))
        .extracting(QualityResult::verdict, QualityResult::adjustedP)
        .containsExactly(Verdict.IMPROVED, 1 / 4096.0);
  }

  // Holm: two tests of p = 1/4096 are both 2/4096.
  @Test
  void finish_twoScores_areOneFamily() {
    QualityJudge judge = new QualityJudge(policy(0.05, Map.of()));
    judge.add(
        of("top-1", false, all(12, 0.75)),
        of("top-1", false, all(12, 0.5)),
        HEADLINES,
        CocoSettings.COCO);
    judge.add(
        of("focal", true, all(12, 0.5)),
        of("focal", true, all(12, 0.75)),
        HEADLINES,
        CocoSettings.COCO);
    assertThat(judge.finish())
        .extracting(QualityResult::adjustedP)
        .containsExactly(2 / 4096.0, 2 / 4096.0);
  }

  // Four examples cannot have a p-value below 1/16; where that is α, it does not suffice either.
  @Test
  void finish_fourExamples_areJudgedByTheFigure() {
    for (double alpha : new double[] {0.05, 1 / 16.0}) {
      Policy policy = policy(alpha, Map.of());
      assertThat(only(policy, of("top-1", false, all(4, 0.75)), of("top-1", false, all(4, 0.5))))
          .extracting(QualityResult::verdict, QualityResult::reason)
          .containsExactly(
              Verdict.REGRESSED, "by the figure itself, no test: 4 examples are too few for one");
      assertThat(
              only(policy, of("top-1", false, all(4, 0.5)), of("top-1", false, all(4, 0.75)))
                  .verdict())
          .isEqualTo(Verdict.IMPROVED);
      // 0.02 of the margin of 0.03
      assertThat(
              only(policy, of("top-1", false, all(4, 0.75)), of("top-1", false, all(4, 0.73)))
                  .verdict())
          .isEqualTo(Verdict.EQUIVALENT);
    }
    assertThat(
            only(
                    policy(0.07, Map.of()),
                    of("top-1", false, all(4, 0.75)),
                    of("top-1", false, all(4, 0.5)))
                .verdict())
        .isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void finish_changeOfExactlyTheMargin_isNotWorse() {
    Policy policy = policy(0.05, Map.of("top-1", 0.25, "focal", 0.25));
    QualityResult worse =
        only(policy, of("top-1", false, all(12, 0.75)), of("top-1", false, all(12, 0.5)));
    assertThat(worse.margin()).isEqualTo(0.25);
    assertThat(worse.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(worse.adjustedP()).isEqualTo(1);
    assertThat(
            only(policy, of("focal", true, all(12, 0.5)), of("focal", true, all(12, 0.75)))
                .verdict())
        .isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void finish_noFiguresByExample_takesTheSameFigureAlone() {
    ScoredCase half =
        new ScoredCase(
            "net", List.of(new Score("top-1", .5, "", false, 4)), List.of(), Optional.empty());
    ScoredCase more =
        new ScoredCase(
            "net", List.of(new Score("top-1", .75, "", false, 4)), List.of(), Optional.empty());
    QualityResult same = only(policy(0.05, Map.of()), half, half);
    assertThat(same.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(same.reason()).isEqualTo("the same figure");
    assertThat(same.change().interval()).isEqualTo(new Interval(0, 0));
    QualityResult other = only(policy(0.05, Map.of()), half, more);
    assertThat(other.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(other.reason())
        .isEqualTo("by the figure itself, no test: it has no figures by example");
    assertThat(only(policy(0.05, Map.of()), more, half).verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(other.change().interval()).isEqualTo(Interval.UNKNOWN);
  }

  // Two examples lost their number, one never had one, and one is new: two are worse.
  @Test
  void finish_examplesWithoutANumber_areCounted() {
    QualityResult result =
        only(
            policy(0.05, Map.of()),
            scoredOver(0.5, of("top-1", false, 1, 1, NONE, 1)),
            scoredOver(0.5, of("top-1", false, NONE, 1, NONE, NONE, 1)));
    assertThat(result.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(result.reason()).isEqualTo("2 examples that had a number have none now");
  }

  private static ScoredCase scoredOver(double value, ScoredCase examples) {
    return new ScoredCase(
        "net",
        List.of(new Score("top-1", value, "", false, 4)),
        examples.examples(),
        Optional.empty());
  }

  @Test
  void finish_scoreThatIsNoHeadline_informs() {
    QualityJudge judge = new QualityJudge(policy(0.05, Map.of()));
    judge.add(
        of("top-5", false, all(12, 0.75)),
        of("top-5", false, all(12, 0.5)),
        HEADLINES,
        CocoSettings.COCO);
    judge.add(
        of("top-1", false, all(12, 0.75)),
        of("top-1", false, all(12, 0.5)),
        HEADLINES,
        CocoSettings.COCO);
    assertThat(judge.finish()).extracting(it -> it.metric().gated()).containsExactly(false, true);
  }

  // Precision is no mean of examples: images are exchanged between the sides instead.
  @Test
  void finish_precisionOfFoundObjects_isTestedByExchangingImages() {
    List<ExampleResult> found = new ArrayList<>();
    List<ExampleResult> missed = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      found.add(PrecisionSwapTest.image(i, true));
      missed.add(PrecisionSwapTest.image(i, false));
    }
    ScoredCase before = precision(1, found);
    ScoredCase after = precision(0, missed);
    QualityJudge judge = new QualityJudge(policy(0.05, Map.of()));
    judge.add(before, after, List.of("coco-ap"), CocoSettings.COCO);
    assertThat(judge.finish())
        .singleElement()
        .satisfies(q -> assertThat(q.verdict()).isEqualTo(Verdict.REGRESSED))
        .satisfies(q -> assertThat(q.change().examples()).isEqualTo(6));
    for (ScoredCase[] sides :
        new ScoredCase[][] {{before, precision(0, List.of())}, {precision(1, List.of()), after}}) {
      QualityJudge none = new QualityJudge(policy(0.05, Map.of()));
      none.add(sides[0], sides[1], List.of("coco-ap"), CocoSettings.COCO);
      assertThat(none.finish().get(0).reason())
          .isEqualTo("by the figure itself, no test: it has no figures by example");
    }
  }

  private static ScoredCase precision(double ap, List<ExampleResult> examples) {
    return new ScoredCase(
        "net", List.of(new Score("coco-ap", ap, "", false, 20)), examples, Optional.empty());
  }
}
