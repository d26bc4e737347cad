package io.stagemark.report.export;

import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.LoadFigures.QueueTimes;
import io.stagemark.result.Precision;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case with figures, and its name for other programs.
 *
 * @param name unique in the run
 * @param result the case
 */
record ExportedCase(CaseName name, CaseResult result) {
  /** Returns whether the figures may be relied on; empty in the results of older programs. */
  Optional<Boolean> valid() {
    return result.proof().map(CaseProof::validity).map(Validity::valid);
  }

  /** Returns the figures of its good trials, in their order. */
  List<Measured> trials() {
    return result.trials().stream().map(TrialResult::measured).flatMap(Optional::stream).toList();
  }

  /** Returns how many sessions ran side by side. */
  int streams() {
    return result.timed().load().map(load -> load.applied().streams()).orElse(1);
  }

  Optional<Precision> precision() {
    return result.proof().flatMap(CaseProof::precision);
  }

  /** Returns every stage's times, and behind them those that only load has. */
  Map<String, Distribution> times() {
    Map<String, Distribution> times = new LinkedHashMap<>(result.timed().stages());
    result.timed().load().ifPresent(load -> addTo(times, load.times()));
    return times;
  }

  /** Returns the times of a stage in each good trial that has them. */
  List<Distribution> timesOfTrials(String stage) {
    List<Distribution> all = new ArrayList<>();
    for (Measured trial : trials()) {
      Map<String, Distribution> times = new LinkedHashMap<>(trial.window().stages());
      trial.load().ifPresent(load -> addTo(times, load.times()));
      Optional.ofNullable(times.get(stage)).ifPresent(all::add);
    }
    return all;
  }

  private static void addTo(Map<String, Distribution> times, QueueTimes queue) {
    queue.latency().ifPresent(each -> times.put("latency", each));
    queue.queueWait().ifPresent(each -> times.put("queue-wait", each));
    queue.service().ifPresent(each -> times.put("service", each));
  }
}
