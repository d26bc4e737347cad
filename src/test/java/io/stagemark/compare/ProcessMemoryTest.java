package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.PolicyReader;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four trials a side: one of 70 assignments is the smallest p-value, 0.0143. */
final class ProcessMemoryTest {
  private static final double MIB = 1 << 20;

  private static double[] mebibytes(double... values) {
    return Arrays.stream(values).map(v -> v * MIB).toArray();
  }

  private static List<ExactResult> judged(int figures, double[] before, double[] after) {
    ProcessMemory memory = new ProcessMemory(PolicyReader.byDefault(), TrialEvidence::new);
    for (int i = 0; i < figures; i++) {
      memory.add("net", "figure" + i, before, after);
    }
    return memory.finish();
  }

  // Holm: three figures of 1/70 have 3/70 = 0.043, four have 0.057.
  @Test
  void finish_severalFigures_areOneFamily() {
    double[] less = mebibytes(500, 501, 502, 503);
    double[] more = mebibytes(600, 601, 602, 603);
    assertThat(judged(3, less, more))
        .extracting(ExactResult::verdict)
        .containsOnly(Verdict.REGRESSED);
    assertThat(judged(3, more, less))
        .extracting(ExactResult::verdict)
        .containsOnly(Verdict.IMPROVED);
    assertThat(judged(3, less, more))
        .extracting(ExactResult::reason)
        .containsOnly("4 and 4 trials");
    assertThat(judged(4, less, more))
        .extracting(ExactResult::verdict)
        .containsOnly(Verdict.INCONCLUSIVE);
    assertThat(judged(4, less, more).get(0).reason())
        .isEqualTo("processes differ too much to judge, 4 and 4 trials");
    // less memory is never more than before, proven or not
    assertThat(judged(4, more, less))
        .extracting(ExactResult::verdict)
        .containsOnly(Verdict.EQUIVALENT);
  }

  // 5 % of 500 MiB are more than 16 MiB; of 100 MiB the 16 MiB are 16 %.
  @Test
  void finish_growthWithinTheFloor_isNamedWithIt() {
    assertThat(judged(1, mebibytes(500, 500, 500, 500), mebibytes(510, 510, 510, 510)).get(0))
        .isEqualTo(
            new ExactResult(
                "net",
                "rss.figure0",
                "MiB of a process (median)",
                false,
                500,
                510,
                Verdict.EQUIVALENT,
                "not more by more than 5.0 %"));
    assertThat(
            judged(1, mebibytes(100, 100, 100, 100), mebibytes(115, 115, 115, 115)).get(0).reason())
        .isEqualTo("not more by more than 16.0 %");
  }

  @Test
  void finish_aSideWithoutFigures_isNotCompared() {
    assertThat(judged(1, new double[0], mebibytes(1, 2))).isEmpty();
    assertThat(judged(1, mebibytes(1, 2), new double[0])).isEmpty();
  }
}
