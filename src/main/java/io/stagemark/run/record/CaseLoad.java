package io.stagemark.run.record;

import io.stagemark.config.LoadSettings;
import io.stagemark.config.LoadSettings.Scenario;
import io.stagemark.data.Stage;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.LoadFigures.Bound;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.stats.Pooled;
import io.stagemark.trial.LoadScenario;
import io.stagemark.trial.load.LoadRows;
import io.stagemark.trial.load.LoadSummary;
import io.stagemark.trial.sample.TrialSamples;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The load of a case over its good trials: percentiles of all their samples together. */
final class CaseLoad {
  private CaseLoad() {}

  /** Returns the figures; empty before the first good trial. */
  static Optional<LoadFigures> of(
      LoadSettings settings, List<TrialSamples> samples, List<Measured> trials) {
    List<LoadFigures> loads = trials.stream().flatMap(trial -> trial.load().stream()).toList();
    if (loads.isEmpty()) {
      return Optional.empty();
    }
    if (settings.scenario() == Scenario.SINGLE_STREAM) {
      long[] totals = Pooled.of(samples, s -> s.stages().get(Stage.TOTAL));
      return Optional.of(
          LoadSummary.singleStream(
              totals, trials.stream().mapToLong(it -> it.window().wallNanos()).sum()));
    }
    List<LoadRows> rows = samples.stream().flatMap(s -> s.load().stream()).toList();
    LoadFigures best =
        loads.stream()
            .max(Comparator.comparingDouble(it -> it.applied().completedPerSecond()))
            .orElseThrow();
    LoadFigures pooled =
        LoadScenario.summary(settings, best.applied().streams(), offered(loads))
            .of(rows, loads.stream().mapToLong(it -> it.applied().unserved()).sum());
    return Optional.of(pooled.with(bound(loads), best.steps()));
  }

  private static Optional<Double> offered(List<LoadFigures> loads) {
    var mean =
        loads.stream()
            .flatMap(load -> load.applied().offeredPerSecond().stream())
            .mapToDouble(Double::doubleValue)
            .average();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }

  /** Returns the lowest rate of the trials: a case keeps a rate if every trial keeps it. */
  private static Optional<Bound> bound(List<LoadFigures> loads) {
    List<Bound> bounds = loads.stream().flatMap(load -> load.bound().stream()).toList();
    if (bounds.isEmpty()) {
      return Optional.empty();
    }
    boolean all = bounds.stream().allMatch(bound -> bound.highestPerSecond().isPresent());
    Optional<Double> lowest =
        bounds.stream()
            .flatMap(bound -> bound.highestPerSecond().stream())
            .min(Comparator.naturalOrder());
    return Optional.of(
        new Bound(
            bounds.get(0).percent(), bounds.get(0).millis(), all ? lowest : Optional.empty()));
  }
}
