package io.stagemark.compare;

import static java.util.Locale.ROOT;

import io.stagemark.config.gate.Policy;
import io.stagemark.result.comparison.BlindSpot;
import io.stagemark.result.comparison.Comparison.Findings;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.JudgedPercentile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a comparison could not see: gated metrics without a verdict in which a change that has to be
 * found may have been missed. A comparison with a blind spot is never a pass.
 */
final class BlindSpots {
  /** A test against a margin cannot find what hardly passes it. */
  private static final double MARGINS = 2;

  private final Policy policy;
  private final Function<SpeedResult, String> help;
  private final List<BlindSpot> found = new ArrayList<>();

  /**
   * @param help says what would help a time that could not be judged well enough
   */
  BlindSpots(Policy policy, Function<SpeedResult, String> help) {
    this.policy = policy;
    this.help = help;
  }

  /**
   * Returns the slowdown of a time that has to be found, as a ratio: that of its percentile, or
   * what of the total has to be found where that is more, as it is in a small stage.
   *
   * @param all the results among which the total is
   */
  static double mustFind(Policy policy, SpeedResult time, List<SpeedResult> all) {
    OptionalDouble part = time.partOfTotal(all);
    double ofTotal = part.isPresent() ? policy.mustFind().ofTotal() / part.getAsDouble() : 0;
    double found = Math.max(policy.mustFind().ratio(time.metric().percentile()), ofTotal);
    return Math.max(found, MARGINS * time.test().margin());
  }

  /** Returns those of a comparison's findings, the worst first. */
  List<BlindSpot> of(
      List<SpeedResult> speed,
      List<QualityResult> quality,
      List<ExactResult> exact,
      List<NotJudged> notJudged) {
    speed.stream()
        .filter(it -> it.metric().gated() && it.verdict() == Verdict.INCONCLUSIVE)
        .forEach(it -> add(it, speed));
    notJudged.forEach(this::add);
    for (QualityResult each : quality) {
      if (each.metric().gated() && each.verdict() == Verdict.INCONCLUSIVE) {
        addOpen(
            each.metric().caseId(),
            each.metric().score(),
            each.reason(),
            "more examples in the data set");
      }
    }
    for (ExactResult each : exact) {
      if (each.gated() && each.verdict() == Verdict.INCONCLUSIVE) {
        addOpen(each.caseId(), each.name(), each.reason(), "more pairs or trials");
      }
    }
    found.sort(Comparator.comparingDouble(BlindSpots::shortfall).reversed());
    return List.copyOf(found);
  }

  private static double shortfall(BlindSpot spot) {
    return Double.isNaN(spot.mustFind()) ? 0 : spot.detectable() / spot.mustFind();
  }

  private void add(SpeedResult time, List<SpeedResult> all) {
    double mustFind = mustFind(policy, time, all);
    if (time.test().detectable() > mustFind) {
      found.add(
          new BlindSpot(
              time.metric().caseId(),
              time.label(),
              time.test().detectable(),
              mustFind,
              time.reason(),
              help.apply(time)));
    }
  }

  private void add(NotJudged metric) {
    String name = metric.metric().replace(' ', '.');
    int percentile = Integer.parseInt(name.substring(name.lastIndexOf('p') + 1));
    if (policy.gates(name) && (policy.gate().stated() || percentile == JudgedPercentile.MEDIAN)) {
      found.add(
          new BlindSpot(
              metric.caseId(),
              metric.metric(),
              Double.POSITIVE_INFINITY,
              policy.mustFind().ratio(percentile),
              metric.reason(),
              "what its reason says, or take it out of the policy's gate"));
    }
  }

  private void addOpen(String caseId, String metric, String reason, String help) {
    found.add(new BlindSpot(caseId, metric, Double.POSITIVE_INFINITY, Double.NaN, reason, help));
  }

  /** Returns findings with what they could not see. */
  Findings in(Findings seen) {
    return new Findings(
        seen.speed(),
        seen.quality(),
        seen.exact(),
        seen.blame(),
        seen.notJudged(),
        of(seen.speed(), seen.quality(), seen.exact(), seen.notJudged()));
  }

  /** Returns a ratio as a percentage, such as {@code +7 %}. */
  static String percent(double ratio) {
    return Double.isFinite(ratio)
        ? String.format(ROOT, ratio < 0.1 ? "%+.1f %%" : "%+.0f %%", ratio * 100)
        : "any slowdown";
  }
}
