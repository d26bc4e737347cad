package io.stagemark.report;

import io.stagemark.data.Score;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The examples of a case, worst first by a loss.
 *
 * @param loss the first loss that the case was scored with
 * @param examples those that have a finite value of it, largest first
 */
public record WorstExamples(String loss, List<ExampleResult> examples) {

  /** Returns them; empty if the case has no loss or no example has a value of it. */
  public static Optional<WorstExamples> of(CaseResult one, List<ExampleResult> examples) {
    return one.scored().scores().stream()
        .filter(Score::lowerIsBetter)
        .map(Score::name)
        .findFirst()
        .map(loss -> new WorstExamples(loss, worstFirst(examples, loss)))
        .filter(worst -> !worst.examples().isEmpty());
  }

  private static List<ExampleResult> worstFirst(List<ExampleResult> examples, String loss) {
    return examples.stream()
        .filter(example -> value(example, loss).isPresent())
        .sorted(Comparator.comparingDouble(example -> -value(example, loss).orElseThrow()))
        .toList();
  }

  private static OptionalDouble value(ExampleResult example, String name) {
    return example.scores().stream()
        .filter(score -> score.name().equals(name))
        .mapToDouble(Score::value)
        .filter(Double::isFinite)
        .findFirst();
  }
}
