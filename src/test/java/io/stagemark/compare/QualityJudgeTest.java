package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.PolicyReader;
import io.stagemark.data.Score;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scores that are not defined, as those of outputs that are not finite, are never passed over. */
final class QualityJudgeTest {
  private static final double NONE = Double.NaN;

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
    judge.add(before, after, List.of("coco-ap"));
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
}
