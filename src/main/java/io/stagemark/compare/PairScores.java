package io.stagemark.compare;

import static java.util.Locale.ROOT;

import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One side's scores over all pairs. If its processes have the same outputs, the scores are the
 * first process's. Otherwise, or if they saw different examples, an example's score is the mean
 * over the pairs that scored it, so that no lucky process hides the others; one NaN makes the mean
 * NaN.
 */
final class PairScores {
  private final List<ScoredCase> pairs;

  /**
   * @param pairs of one side, in the order of measurement, at least one
   */
  PairScores(List<ScoredCase> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /** Returns whether every process had the same outputs, bit by bit, for every example. */
  boolean identical() {
    ScoredCase first = pairs.get(0);
    return first.fingerprint().isPresent()
        && pairs.stream()
            .allMatch(
                p ->
                    p.fingerprint().equals(first.fingerprint())
                        && p.scores().equals(first.scores()));
  }

  /** Returns the scores to judge. */
  ScoredCase joined() {
    ScoredCase first = pairs.get(0);
    return identical()
        ? first
        : new ScoredCase(
            first.caseId(),
            means(pairs.stream().map(ScoredCase::scores).toList()),
            examples(),
            Optional.empty());
  }

  /** Returns a sentence on outputs that differ from pair to pair; empty where none does. */
  Optional<String> differing(String role) {
    String widest = "";
    double most = 0;
    for (List<ExampleResult> seen : byExample().values()) {
      for (Map.Entry<String, List<Double>> each :
          values(seen.stream().map(ExampleResult::scores).toList()).entrySet()) {
        double spread = spread(each.getValue());
        if (spread > most) {
          most = spread;
          widest = each.getKey();
        }
      }
    }
    boolean bits = pairs.stream().flatMap(p -> p.fingerprint().stream()).distinct().count() > 1;
    if (most == 0 && !bits) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            ROOT,
            "the %s's outputs differ from pair to pair%s: losses are the mean of %d pairs,"
                + " predictions those of the first",
            role,
            most == 0 ? "" : String.format(ROOT, ", by up to %.3g in %s", most, widest),
            pairs.size()));
  }

  private List<ExampleResult> examples() {
    List<ExampleResult> joined = new ArrayList<>();
    for (List<ExampleResult> seen : byExample().values()) {
      ExampleResult first = seen.get(0);
      joined.add(first.withScores(means(seen.stream().map(ExampleResult::scores).toList())));
    }
    return joined;
  }

  private Map<String, List<ExampleResult>> byExample() {
    Map<String, List<ExampleResult>> byId = new LinkedHashMap<>();
    for (ScoredCase pair : pairs) {
      for (ExampleResult example : pair.examples()) {
        byId.computeIfAbsent(example.id(), id -> new ArrayList<>()).add(example);
      }
    }
    return byId;
  }

  /** The mean of each score over those that have it. */
  private static List<Score> means(List<List<Score>> all) {
    Map<String, List<Double>> values = values(all);
    Map<String, Score> firsts = new LinkedHashMap<>();
    all.forEach(scores -> scores.forEach(s -> firsts.putIfAbsent(s.name(), s)));
    return firsts.values().stream()
        .map(
            s ->
                new Score(
                    s.name(),
                    mean(values.getOrDefault(s.name(), List.of(s.value()))),
                    s.unit(),
                    s.lowerIsBetter(),
                    s.count()))
        .toList();
  }

  private static Map<String, List<Double>> values(List<List<Score>> all) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (List<Score> scores : all) {
      scores.forEach(
          s -> values.computeIfAbsent(s.name(), name -> new ArrayList<>()).add(s.value()));
    }
    return values;
  }

  /** Equal values have themselves as their mean, to the last bit. */
  private static double mean(List<Double> values) {
    return values.stream().distinct().count() == 1
        ? values.get(0)
        : values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** The range; infinite where some are numbers and some are not. */
  private static double spread(List<Double> values) {
    if (values.stream().distinct().count() == 1) {
      return 0;
    }
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return Double.isFinite(high - low) ? high - low : Double.POSITIVE_INFINITY;
  }
}
