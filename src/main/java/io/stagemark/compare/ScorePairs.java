package io.stagemark.compare;

import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A score of both sides, example by example.
 *
 * @param differences candidate − baseline of the examples that both scored with finite numbers
 * @param undefined examples whose score is finite on the baseline's side alone
 */
record ScorePairs(List<Double> differences, int undefined) {

  /** Pairs by example id. */
  static ScorePairs of(String score, List<ExampleResult> baseline, List<ExampleResult> candidate) {
    Map<String, Double> before = values(score, baseline);
    Map<String, Double> after = values(score, candidate);
    List<Double> differences = new ArrayList<>();
    int undefined = 0;
    for (Map.Entry<String, Double> each : before.entrySet()) {
      Double other = after.get(each.getKey());
      if (other == null) {
        continue; // that example is of one side alone
      }
      if (Double.isFinite(each.getValue()) && !Double.isFinite(other)) {
        undefined++;
      } else if (Double.isFinite(other - each.getValue())) {
        differences.add(other - each.getValue());
      }
    }
    return new ScorePairs(differences, undefined);
  }

  private static Map<String, Double> values(String name, List<ExampleResult> examples) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (ExampleResult example : examples) {
      for (Score score : example.scores()) {
        if (score.name().equals(name)) {
          values.put(example.id(), score.value());
        }
      }
    }
    return values;
  }
}
