package io.stagemark.compare;

import io.stagemark.config.ScoreNames;
import io.stagemark.data.Score;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleResult;
import java.util.List;
import java.util.Optional;

/**
 * The scores of one side's outputs.
 *
 * @param caseId its case
 * @param scores over the data set
 * @param examples by example; may be empty
 * @param fingerprint digest of the raw outputs; empty if not all of them were seen
 */
public record ScoredCase(
    String caseId, List<Score> scores, List<ExampleResult> examples, Optional<String> fingerprint) {
  public ScoredCase {
    scores = List.copyOf(scores);
    examples = List.copyOf(examples);
  }

  /** Returns a stored case; a score that was stored under a former name has its current one. */
  static ScoredCase of(CaseResult one, List<ExampleResult> examples) {
    return new ScoredCase(
        one.id(),
        renamed(one.scored().scores()),
        examples.stream().map(each -> each.withScores(renamed(each.scores()))).toList(),
        one.trials().stream()
            .flatMap(t -> t.measured().stream())
            .filter(
                t ->
                    one.scored()
                        .scoresAgree()) // else one trial's fingerprint does not represent the
            // others
            .map(m -> m.outputs().fingerprint())
            .findFirst());
  }

  private static List<Score> renamed(List<Score> scores) {
    return scores.stream().map(score -> score.named(ScoreNames.current(score.name()))).toList();
  }

  Optional<Score> score(String name) {
    return scores.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
