package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PairScoresTest {

  private static Score focal(double value) {
    return new Score("focal", value, "nat", true, 1);
  }

  /** Examples a, b, … with these losses. */
  private static ScoredCase pair(Optional<String> fingerprint, double... losses) {
    List<ExampleResult> examples = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      String id = String.valueOf((char) ('a' + i));
      examples.add(new ExampleResult(id, id, List.of(), 0, List.of(), List.of(focal(losses[i]))));
      sum += losses[i];
    }
    return new ScoredCase("net", List.of(focal(sum / losses.length)), examples, fingerprint);
  }

  private static double loss(ScoredCase joined, int example) {
    return joined.examples().get(example).scores().get(0).value();
  }

  @Test
  void joined_sameOutputs_isTheFirst() {
    ScoredCase first = pair(Optional.of("12ab"), 0.1, 0.2);
    PairScores scores = new PairScores(List.of(first, pair(Optional.of("12ab"), 0.1, 0.2)));
    assertThat(scores.joined()).isSameAs(first);
    assertThat(scores.differing("baseline")).isEmpty();
  }

  // (0.1 + 0.3) / 2 = 0.2; the set's: (0.15 + 0.25) / 2 = 0.2. The widest is 0.3 − 0.1.
  @Test
  void joined_otherOutputs_isTheMeanAndSaysSo() {
    PairScores scores =
        new PairScores(
            List.of(pair(Optional.of("12ab"), 0.1, 0.2), pair(Optional.of("34cd"), 0.3, 0.2)));
    assertThat(loss(scores.joined(), 0)).isCloseTo(0.2, within(1e-15));
    assertThat(loss(scores.joined(), 1)).isEqualTo(0.2);
    assertThat(scores.joined().scores().get(0).value()).isCloseTo(0.2, within(1e-15));
    assertThat(scores.joined().fingerprint()).isEmpty();
    assertThat(scores.differing("candidate"))
        .hasValue(
            "the candidate's outputs differ from pair to pair, by up to 0.200 in focal: losses are"
                + " the mean of 2 pairs, predictions those of the first");
  }

  @Test
  void joined_oneProcessWithoutANumber_hasNone() {
    PairScores scores =
        new PairScores(
            List.of(
                pair(Optional.of("12ab"), 0.1, 0.2), pair(Optional.of("34cd"), 0.1, Double.NaN)));
    assertThat(loss(scores.joined(), 1)).isNaN();
    assertThat(scores.joined().scores().get(0).value()).isNaN();
    assertThat(scores.differing("candidate")).get().asString().contains("by up to Infinity");
  }

  // Differing bits that no score shows are reported too.
  @Test
  void differing_sameScoresOfOtherBits_saysSo() {
    PairScores scores =
        new PairScores(List.of(pair(Optional.of("12ab"), 0.1), pair(Optional.of("34cd"), 0.1)));
    assertThat(scores.differing("baseline")).get().asString().contains("from pair to pair: losses");
  }

  // A data set longer than the turns: each pair saw a part of it, and no bit differs.
  @Test
  void joined_partsOfTheDataSet_areAllExamplesThatWereSeen() {
    PairScores scores =
        new PairScores(List.of(pair(Optional.empty(), 0.1), pair(Optional.empty(), 0.1, 0.7)));
    assertThat(scores.joined().examples()).extracting(ExampleResult::id).containsExactly("a", "b");
    assertThat(loss(scores.joined(), 0)).isEqualTo(0.1);
    assertThat(scores.differing("baseline")).isEmpty();
  }
}
