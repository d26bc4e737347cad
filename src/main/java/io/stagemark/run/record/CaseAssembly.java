package io.stagemark.run.record;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.ImageSize;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Causes;
import io.stagemark.result.Circumstances;
import io.stagemark.result.Operations;
import io.stagemark.result.Precision;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity;
import io.stagemark.result.Validity.Reason;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.run.verdict.CaseVerdict;
import io.stagemark.run.verdict.OutputVerdict;
import io.stagemark.run.verdict.PrecisionCauses;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.stats.TrialTimes;
import io.stagemark.stats.TrialVariance;
import io.stagemark.trial.CauseJoin;
import io.stagemark.trial.OperatorPass;
import io.stagemark.trial.SlowBatches;
import io.stagemark.trial.TrialDetail;
import io.stagemark.trial.TrialOutcome;
import io.stagemark.trial.sample.StageTimes;
import io.stagemark.trial.sample.TrialSamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gathers the trials of one case into its result. Not thread-safe. */
public final class CaseAssembly {
  private final CaseSpec spec;
  private final MeasureSettings measure;
  private final ReplayCommand replay;
  private final PortablePaths paths;
  private final boolean needsRun;
  private final Map<ImageSize, Long> flopsBySize;
  private final List<TrialResult> trials = new ArrayList<>();
  private final List<Good> good = new ArrayList<>();
  private List<Score> scores = List.of();
  private List<ClassFigures> classes = List.of();
  private List<PrecisionRecallCurve> curves = List.of();
  private final List<TrialDetail> details = new ArrayList<>();
  private Optional<String> lastingFailure = Optional.empty();
  private Optional<Operations> operations;
  private Optional<CaseResult> result = Optional.empty();

  /** A trial with figures. */
  private record Good(int trial, Measured measured, TrialSamples samples) {
    Optional<Causes> causes() {
      return measured.circumstances().flatMap(Circumstances::causes);
    }

    long[] times(Stage stage) {
      return samples.stages().getOrDefault(stage, new long[0]);
    }
  }

  CaseAssembly(
      CaseSpec spec,
      MeasureSettings measure,
      Optional<CaseCounting.Counted> counted,
      ReplayCommand replay,
      PortablePaths paths) {
    this.spec = spec;
    this.measure = measure;
    this.operations = counted.map(CaseCounting.Counted::operations);
    this.needsRun = counted.map(CaseCounting.Counted::needsRun).orElse(false);
    this.flopsBySize = counted.map(CaseCounting.Counted::flopsBySize).orElse(Map.of());
    this.replay = replay;
    this.paths = paths;
  }

  /**
   * Returns whether the case is worth an {@link OperatorPass}: asked for, or the count needs it.
   */
  public boolean wantsOperatorPass() {
    return hasFigures() && operations.isPresent() && (measure.extras().operators() || needsRun);
  }

  /** Adds the findings of the pass to the counts. */
  public void addOperators(OperatorPass.Findings found, String perOp) {
    operations = operations.map(before -> ProfiledOperations.merge(before, found, perOp));
    result = Optional.empty();
  }

  /** Adds the reason why the pass found nothing. */
  public void addOperatorFailure(String reason) {
    operations = operations.map(before -> ProfiledOperations.failed(before, paths.text(reason)));
    result = Optional.empty();
  }

  /** Returns why every further trial would fail too; empty if there is no such reason. */
  public Optional<String> lastingFailure() {
    return lastingFailure;
  }

  /** Returns whether a trial was good. */
  public boolean hasFigures() {
    return !good.isEmpty();
  }

  /** Returns the first good trial, whose scores are the case's; there is one. */
  public int firstGood() {
    return good.get(0).trial();
  }

  public void addFailure(int trial, String reason, boolean lasting) {
    trials.add(new TrialResult(trial, Optional.of(paths.text(reason)), Optional.empty()));
    result = Optional.empty();
    if (lasting) {
      lastingFailure = Optional.of(reason);
    }
  }

  /**
   * Adds a good trial.
   *
   * @param figures with the samples' file relative to the run's folder
   * @param columns the samples
   * @param outcome whose scores are the case's, if it is the first
   */
  public void add(int trial, Measured figures, TrialSamples columns, TrialOutcome outcome) {
    trials.add(new TrialResult(trial, Optional.empty(), Optional.of(figures)));
    result = Optional.empty();
    if (good.isEmpty()) {
      scores = outcome.scores();
      classes = outcome.classes();
      curves = outcome.curves();
    }
    good.add(new Good(trial, figures, columns));
    outcome.detail().ifPresent(details::add);
  }

  /**
   * Returns whether the total's p50 is known as precisely as asked for.
   *
   * @param asked half-width of its interval, a ratio
   */
  public boolean reached(double asked) {
    return result()
        .proof()
        .flatMap(CaseProof::precision)
        .flatMap(Precision::headline)
        .filter(p50 -> PrecisionCauses.reached(asked, p50))
        .isPresent();
  }

  /** Returns how many trials the case had, good or not. */
  public int trialCount() {
    return trials.size();
  }

  /** Returns the case's result; it is computed once after each trial. */
  public CaseResult result() {
    if (result.isEmpty()) {
      result = Optional.of(gathered());
    }
    return result.get();
  }

  private CaseResult gathered() {
    long images = good.stream().mapToLong(g -> g.measured().window().images()).sum();
    long wallNanos = good.stream().mapToLong(g -> g.measured().window().wallNanos()).sum();
    Map<String, Distribution> stages =
        StageTimes.of(
            good.stream().map(g -> g.samples().stages()).toList(), measure.window().totalFrom());
    Optional<Double> framesPerSecond =
        wallNanos > 0 ? Optional.of(images / (wallNanos / 1e9)) : Optional.empty();
    return new CaseResult(
        spec.id(),
        new CaseResult.Key(
            spec.model().name(),
            spec.engine(),
            spec.settings().device().toString(),
            spec.settings().threads(),
            spec.batch(),
            spec.settings().options()),
        status(),
        new CaseResult.Timed(
            stages,
            framesPerSecond,
            TrialDetail.of(details),
            CaseLoad.of(
                measure.load(),
                good.stream().map(Good::samples).toList(),
                good.stream().map(Good::measured).toList()),
            CaseBySize.of(
                good.stream().map(Good::samples).toList(),
                flopsBySize,
                measure.window().totalFrom())),
        operations,
        new CaseResult.Scored(
            scores,
            classes,
            good.stream().map(g -> g.measured().outputs().fingerprint()).distinct().count() <= 1,
            curves),
        trials,
        trials.isEmpty() ? Optional.empty() : Optional.of(proof(stages, framesPerSecond)));
  }

  private CaseProof proof(Map<String, Distribution> stages, Optional<Double> framesPerSecond) {
    Optional<TrialVariance> variance = TrialVariance.of(times(Stage.TOTAL));
    List<String> notes = new ArrayList<>(CaseVerdict.notes(trials));
    notes.addAll(
        OutputVerdict.nothingRight(
            scores, details.stream().findFirst().flatMap(TrialDetail::candidates)));
    return new CaseProof(
        Validity.of(CaseVerdict.reasons(trials, stages)),
        framesPerSecond.map(
            fps -> precision(stages, fps, PrecisionCauses.of(trials, stages, variance))),
        good.stream().map(Good::trial).toList(),
        variance,
        notes,
        slowest(),
        CauseJoin.pooled(
            good.stream().flatMap(g -> g.causes().stream()).toList(),
            good.stream().map(Good::samples).toList()));
  }

  private Precision precision(
      Map<String, Distribution> stages, double framesPerSecond, List<Reason> causes) {
    Map<String, RepeatInterval> total = new LinkedHashMap<>();
    Map<String, RepeatInterval> medians = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      Optional<Distribution> times = Optional.ofNullable(stages.get(stage.label()));
      if (stage == Stage.TOTAL && times.isPresent()) {
        total.putAll(ofTotal(times.get(), new TrialTimes(times(stage))));
      } else if (times.isPresent() && times.get().quantile(50).nanos().orElse(0) > 0) {
        medians.put(stage.label(), new TrialTimes(times(stage)).percentile(50));
      }
    }
    double[] rates =
        good.stream()
            .mapToDouble(
                g -> g.measured().window().images() / (g.measured().window().wallNanos() / 1e9))
            .toArray();
    Stream<Reason> missed =
        Optional.ofNullable(total.get("p50"))
            .flatMap(p50 -> PrecisionCauses.missed(measure.goal(), p50))
            .stream();
    return new Precision(
        total,
        medians,
        Optional.of(RepeatInterval.ofFigures(framesPerSecond, rates)),
        Stream.concat(missed, causes.stream()).toList());
  }

  private static Map<String, RepeatInterval> ofTotal(Distribution pooled, TrialTimes trials) {
    Map<String, RepeatInterval> total = new LinkedHashMap<>();
    total.put(Precision.MEAN, trials.mean());
    for (Quantile quantile : pooled.quantiles()) {
      if (quantile.nanos().isPresent()) {
        total.put(quantile.label(), trials.percentile(quantile.percent()));
      }
    }
    return total;
  }

  /** Returns the times of every good trial's batches. */
  private List<long[]> times(Stage stage) {
    return good.stream().map(g -> g.times(stage)).toList();
  }

  private List<CaseProof.Replay> slowest() {
    List<CaseProof.Replay> all = new ArrayList<>();
    for (Good each : good) {
      each.measured()
          .proof()
          .ifPresent(
              proof ->
                  proof
                      .slowest()
                      .forEach(
                          batch ->
                              all.add(
                                  new CaseProof.Replay(
                                      each.trial(),
                                      batch,
                                      replay.of(spec.id(), batch.examples())))));
    }
    return all.stream()
        .sorted(Comparator.comparingLong(r -> -r.batch().totalNanos()))
        .limit(SlowBatches.MAX_BATCHES)
        .toList();
  }

  private CaseResult.Status status() {
    if (good.size() == trials.size()) {
      return good.size() >= measure.trials() ? CaseResult.Status.OK : CaseResult.Status.PENDING;
    }
    return good.isEmpty() ? CaseResult.Status.FAILED : CaseResult.Status.PARTIAL;
  }
}
