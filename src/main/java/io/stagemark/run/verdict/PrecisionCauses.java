package io.stagemark.run.verdict;

import static java.util.Locale.ROOT;

import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.data.Stage;
import io.stagemark.result.Steadiness;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Percentile;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.stats.SteadyState.Verdict;
import io.stagemark.stats.TrialVariance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a case's figures less sure, the largest first, each with what would help. None of it
 * makes them wrong: {@link CaseVerdict} has those rules. Each cause is sized by the part of the
 * time that it concerns, or by how far it moved the times.
 */
public final class PrecisionCauses {
  private static final double MAX_COMPILING = 0.1;

  /** Trials closer than this are alike: the finest rating is ±2 %. */
  private static final double ALIKE = 0.02;

  private final List<TrialResult> trials;
  private final List<SizedCause> causes = new ArrayList<>();

  private PrecisionCauses(List<TrialResult> trials) {
    this.trials = trials;
  }

  /** A cause and its size, a ratio. */
  record SizedCause(double size, Reason reason) {}

  /**
   * Returns the causes.
   *
   * @param stages the case's times over its pooled trials
   * @param variance of the good trials; empty for fewer than two
   */
  public static List<Reason> of(
      List<TrialResult> trials,
      Map<String, Distribution> stages,
      Optional<TrialVariance> variance) {
    PrecisionCauses found = new PrecisionCauses(trials);
    found.trials(variance);
    found.samples(Optional.ofNullable(stages.get(Stage.TOTAL.label())));
    found.levels();
    found.compilers();
    found.causes.addAll(MachineCauses.of(trials));
    return found.causes.stream()
        .sorted(Comparator.comparingDouble(cause -> -cause.size()))
        .map(SizedCause::reason)
        .toList();
  }

  /**
   * Returns that the precision asked for was not reached; empty if it was, or none was asked for.
   */
  public static Optional<Reason> missed(Goal goal, RepeatInterval headline) {
    return goal.precision()
        .filter(asked -> !reached(asked, headline))
        .map(
            asked ->
                new Reason(
                    Code.PRECISION_MISSED,
                    found(headline) + ", ±%s %% was asked for".formatted(shortest(100 * asked)),
                    allowed(goal, headline.trials()) + ", or a quieter machine"));
  }

  private static String found(RepeatInterval headline) {
    int trials = headline.trials();
    return trials < RepeatInterval.MIN_TRIALS
        ? "%d of the %d trials that an interval needs".formatted(trials, RepeatInterval.MIN_TRIALS)
        : String.format(ROOT, "±%.1f %% after %d trials", 100 * headline.halfWidth(), trials);
  }

  /** Returns the key that ended the run, with more than it allowed. */
  private static String allowed(Goal goal, int trials) {
    if (trials >= goal.maxTrials()) {
      return "measure.maxTrials: %d or more".formatted(2 * goal.maxTrials());
    }
    String minutes = shortest(goal.maxMinutes());
    return goal.maxMinutes() < 1
        ? "more than %d s (measure.maxMinutes: %s; of a model file: --seconds)"
            .formatted(Math.round(60 * goal.maxMinutes()), minutes)
        : "more than measure.maxMinutes: " + minutes;
  }

  /** Returns a number as a user would write it: 100 · 0.03 is 3. */
  private static String shortest(double number) {
    return new BigDecimal(number, MathContext.DECIMAL32).stripTrailingZeros().toPlainString();
  }

  /**
   * Returns whether a figure is as precise as asked for.
   *
   * @param asked half-width, a ratio
   */
  public static boolean reached(double asked, RepeatInterval headline) {
    return headline.trials() >= RepeatInterval.MIN_TRIALS && headline.halfWidth() <= asked;
  }

  private void trials(Optional<TrialVariance> variance) {
    int good = measured().size();
    if (good > 0 && good < RepeatInterval.MIN_TRIALS) {
      add(
          Double.POSITIVE_INFINITY,
          Code.TRIALS_DIFFER,
          String.format(
              ROOT,
              "%d %s: how far trials differ is %s known",
              good,
              good == 1 ? "trial" : "trials",
              good == 1 ? "not" : "hardly"),
          String.format(ROOT, "measure.trials: %d or more", RepeatInterval.MIN_TRIALS));
      return;
    }
    variance
        .filter(v -> v.medianRange().orElse(0) > ALIKE)
        .ifPresent(
            v ->
                add(
                    v.medianRange().getAsDouble(),
                    Code.TRIALS_DIFFER,
                    String.format(
                        ROOT,
                        "the p50 of %d trials differs by %.0f %%",
                        v.trials(),
                        100 * v.medianRange().getAsDouble()),
                    v.intraclass() > 0.5
                        ? "more trials (measure.trials); longer ones would not help"
                        : "more trials (measure.trials) or longer ones (measure.minSeconds)"));
  }

  private void samples(Optional<Distribution> total) {
    int needed = Percentile.minimumSamples(90);
    long count = total.map(Distribution::count).orElse(0L);
    if (count < needed && !measured().isEmpty()) {
      add(
          1,
          Code.TOO_FEW_SAMPLES,
          String.format(ROOT, "%d batches, a p90 needs %d", count, needed),
          String.format(
              ROOT,
              "measure.minBatches: %d, or more measure.minSeconds",
              (needed + measured().size() - 1) / measured().size()));
    }
  }

  private void levels() {
    List<String> found = new ArrayList<>();
    double worst = 0;
    boolean warm = true;
    for (TrialResult trial : trials) {
      Optional<Steadiness> steadiness = steadiness(trial);
      if (steadiness.isEmpty() || steadiness.get().verdict() == Verdict.STEADY) {
        continue;
      }
      Steadiness levels = steadiness.get();
      if (levels.verdict() == Verdict.TOO_FEW) {
        found.add(
            String.format(
                ROOT, "trial %d: too few batches to judge whether it was steady", trial.index()));
        continue;
      }
      warm &= levels.settled().isPresent();
      worst = Math.max(worst, Math.abs(levels.worstShift()));
      found.add(
          String.format(
              ROOT,
              "trial %d: %.0f %% of %d batches on one level, others up to %+.0f %%%s",
              trial.index(),
              100 * levels.share(),
              trial.measured().orElseThrow().window().batches(),
              100 * levels.worstShift(),
              levels.verdict() == Verdict.WANDERS ? ", without a trend" : ""));
    }
    add(
        worst,
        Code.NOT_STEADY,
        found,
        warm
            ? "measure longer (measure.minSeconds), on a machine that does nothing else"
            : "more measure.maxWarmupSeconds");
  }

  private void compilers() {
    List<String> found = new ArrayList<>();
    double largest = 0;
    for (TrialResult trial : trials) {
      Optional<Steadiness> steadiness = steadiness(trial);
      if (steadiness.isEmpty()) {
        continue;
      }
      double share =
          steadiness.get().measured().compileMillis()
              * 1e6
              / trial.measured().orElseThrow().window().wallNanos();
      if (share > MAX_COMPILING) {
        largest = Math.max(largest, share);
        found.add(
            String.format(
                ROOT,
                "trial %d: the JVM compiled for %.0f %% of the measured time",
                trial.index(),
                100 * share));
      }
    }
    add(largest, Code.NOT_STEADY, found, "more measure.warmupSeconds and measure.maxWarmupSeconds");
  }

  private static Optional<Steadiness> steadiness(TrialResult trial) {
    return trial.measured().flatMap(Measured::proof).map(TrialProof::steadiness);
  }

  private List<Measured> measured() {
    return trials.stream().flatMap(t -> t.measured().stream()).toList();
  }

  /** Adds one cause for several trials: it quotes the first and counts the others. */
  private void add(double size, Code code, List<String> found, String recommendation) {
    if (!found.isEmpty()) {
      add(size, code, CaseVerdict.firstOf(found), recommendation);
    }
  }

  private void add(double size, Code code, String found, String recommendation) {
    causes.add(new SizedCause(size, new Reason(code, found, recommendation)));
  }
}
