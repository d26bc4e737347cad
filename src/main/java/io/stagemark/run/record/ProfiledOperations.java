package io.stagemark.run.record;

import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.OperatorTimes;
import io.stagemark.trial.OperatorPass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds the findings of a profiled pass to the counts of the files. */
final class ProfiledOperations {
  private ProfiledOperations() {}

  /**
   * Puts the pass's graphs in the place of the engine's own file; other files stay.
   *
   * @param perOp file that lists every operator of the pass
   */
  static Operations merge(Operations before, OperatorPass.Findings found, String perOp) {
    GraphCount own = found.graphs().get(0);
    List<GraphCount> graphs = new ArrayList<>();
    for (GraphCount graph : before.counts().map(ModelCounts::graphs).orElse(List.of())) {
      if (graph.origin().file().equals(own.origin().file())) {
        graphs.addAll(found.graphs());
      } else {
        graphs.add(graph);
      }
    }
    return new Operations(
        before.graph(),
        Math.round(own.perImage().macs().doubleValue()),
        Math.round(own.perImage().flops().doubleValue()),
        own.weights().parameters(),
        own.uncounted(),
        before
            .counts()
            .map(counts -> counts(counts, graphs, found.times(), found.warnings(), perOp)));
  }

  private static ModelCounts counts(
      ModelCounts before,
      List<GraphCount> graphs,
      Optional<OperatorTimes> times,
      List<String> warnings,
      String perOp) {
    List<String> all = new ArrayList<>(before.warnings());
    all.addAll(warnings);
    return new ModelCounts(
        before.convention(), graphs, before.reconciliation(), before.stages(), perOp, times, all);
  }

  /** Says why there are no times. */
  static Operations failed(Operations before, String reason) {
    List<String> warning = List.of("the profiled pass failed: " + reason);
    return new Operations(
        before.graph(),
        before.macs(),
        before.flops(),
        before.parameters(),
        before.uncounted(),
        before.counts().map(c -> counts(c, c.graphs(), c.operators(), warning, c.perOp())));
  }
}
