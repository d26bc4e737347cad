package io.stagemark.run.record;

import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.scoring.metric.PairedDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples' own scores of each case's first good trial, to be paired between cases: every other
 * case against the first of the config.
 */
public final class ScoreDifferences {
  private static final int LARGEST = 10;

  private final Map<String, CaseExamples> cases = new LinkedHashMap<>();

  public void add(CaseExamples examples) {
    cases.put(examples.caseId(), examples);
  }

  /**
   * Returns the differences of every score that both cases have by example.
   *
   * @param order case ids in the config's order; those that were not measured are passed over
   */
  public List<ScoreDifference> compare(List<String> order) {
    List<String> measured = order.stream().filter(cases::containsKey).toList();
    List<ScoreDifference> differences = new ArrayList<>();
    for (int i = 1; i < measured.size(); i++) {
      Map<String, Map<String, Score>> baseline = byScore(measured.get(0));
      Map<String, Map<String, Score>> candidate = byScore(measured.get(i));
      for (Map.Entry<String, Map<String, Score>> score : baseline.entrySet()) {
        if (candidate.containsKey(score.getKey())) {
          Map<String, Score> other = candidate.getOrDefault(score.getKey(), Map.of());
          differences.add(difference(measured.get(0), measured.get(i), score.getValue(), other));
        }
      }
    }
    return differences;
  }

  private Map<String, Map<String, Score>> byScore(String caseId) {
    Map<String, Map<String, Score>> scores = new LinkedHashMap<>();
    CaseExamples of = cases.get(caseId);
    for (ExampleResult example : of == null ? List.<ExampleResult>of() : of.examples()) {
      for (Score score : example.scores()) {
        scores.computeIfAbsent(score.name(), n -> new LinkedHashMap<>()).put(example.id(), score);
      }
    }
    return scores;
  }

  private static ScoreDifference difference(
      String baseline, String candidate, Map<String, Score> before, Map<String, Score> after) {
    Score any = before.values().iterator().next();
    PairedDifference paired = PairedDifference.of(values(before), values(after));
    return new ScoreDifference(
        baseline,
        candidate,
        new ScoreDifference.Metric(any.name(), any.unit(), any.lowerIsBetter()),
        new ScoreDifference.Summary(
            paired.count(),
            paired.unpaired(),
            paired.mean(),
            paired.low(),
            paired.high(),
            paired.up(),
            paired.down()),
        paired.largest().stream()
            .limit(LARGEST)
            .map(each -> new ScoreDifference.Change(each.exampleId(), each.difference()))
            .toList());
  }

  private static Map<String, Double> values(Map<String, Score> scores) {
    Map<String, Double> values = new LinkedHashMap<>();
    scores.forEach((id, score) -> values.put(id, score.value()));
    return values;
  }
}
