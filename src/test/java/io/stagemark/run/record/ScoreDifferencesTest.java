package io.stagemark.run.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.file.CaseExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which cases and scores are paired, and how. */
final class ScoreDifferencesTest {
  private static CaseExamples of(String caseId, String score, double... values) {
    List<ExampleResult> examples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      examples.add(
          new ExampleResult(
              "e" + i,
              "e" + i + ".png",
              List.of(),
              0,
              List.of(),
              List.of(new Score(score, values[i], "nat", true, 1)),
              Optional.empty()));
    }
    return new CaseExamples(caseId, List.of(), examples);
  }

  // b − a: 1, 0, −2 and one that is not finite; c has another score and one example more
  @Test
  void compare_threeCases_pairsEachWithTheFirstByExample() {
    ScoreDifferences differences = new ScoreDifferences();
    differences.add(of("b", "focal", 2, 2, 1, Double.NaN));
    differences.add(of("c", "bce", 1));
    differences.add(of("a", "focal", 1, 2, 3, 4));
    List<ScoreDifference> found = differences.compare(List.of("a", "gone", "b", "c"));

    assertThat(found).hasSize(1);
    ScoreDifference one = found.get(0);
    assertThat(one.baseline()).isEqualTo("a");
    assertThat(one.candidate()).isEqualTo("b");
    assertThat(one.metric().score()).isEqualTo("focal");
    assertThat(one.metric().lowerIsBetter()).isTrue();
    assertThat(one.summary().count()).isEqualTo(3);
    assertThat(one.summary().unpaired()).isEqualTo(1);
    assertThat(one.summary().mean()).isCloseTo(-1.0 / 3, within(1e-15));
    assertThat(one.summary().low()).isBetween(-2.0, one.summary().mean());
    assertThat(one.summary().high()).isBetween(one.summary().mean(), 1.0);
    assertThat(one.summary().up()).isEqualTo(1);
    assertThat(one.summary().down()).isEqualTo(1);
    assertThat(one.largest())
        .extracting(ScoreDifference.Change::example)
        .containsExactly("e2", "e0", "e1");
  }

  @Test
  void compare_oneCaseOrNone_isNothing() {
    ScoreDifferences differences = new ScoreDifferences();
    assertThat(differences.compare(List.of("a"))).isEmpty();
    differences.add(of("a", "focal", 1));
    assertThat(differences.compare(List.of("a"))).isEmpty();
  }

  // Twelve differences of 0, 1, … 11: the ten largest are listed.
  @Test
  void compare_manyExamples_tellsTheTenLargest() {
    double[] rising = new double[12];
    for (int i = 0; i < 12; i++) {
      rising[i] = i;
    }
    ScoreDifferences differences = new ScoreDifferences();
    differences.add(of("a", "focal", new double[12]));
    differences.add(of("b", "focal", rising));

    assertThat(differences.compare(List.of("a", "b")).get(0).largest())
        .hasSize(10)
        .extracting(ScoreDifference.Change::difference)
        .startsWith(11.0, 10.0)
        .endsWith(2.0);
  }
}
