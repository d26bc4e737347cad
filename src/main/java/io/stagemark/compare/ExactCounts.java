package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import io.stagemark.result.CaseResult;
import io.stagemark.result.GraphCount;
import io.stagemark.result.Operations;
import io.stagemark.result.Parity;
import io.stagemark.result.RunResult;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.ExactResult.Counted;
import io.stagemark.stats.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Counts of both sides, which need no test. */
final class ExactCounts {
  private final Policy.Exact policy;

  ExactCounts(Policy policy) {
    this.policy = policy.exact();
  }

  /** Returns operations, parameters, memory and allocation, as far as both sides have them. */
  List<ExactResult> of(CaseResult before, CaseResult after) {
    List<ExactResult> counts =
        new ArrayList<>(operations(before.id(), before.operations(), after.operations()));
    counts.addAll(allocation(before.id(), allocations(before), allocations(after)));
    return counts;
  }

  /** Returns operations, parameters and the model's memory, where both sides' are known. */
  List<ExactResult> operations(
      String caseId, Optional<Operations> before, Optional<Operations> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return List.of();
    }
    Operations a = before.get();
    Operations b = after.get();
    List<ExactResult> counts = new ArrayList<>();
    counts.add(count(caseId, "flops", "per image", new Counted(a.flops(), b.flops(), 0)));
    counts.add(count(caseId, "parameters", "", new Counted(a.parameters(), b.parameters(), 0)));
    Optional<GraphCount> graph = graph(a);
    Optional<GraphCount> other = graph(b);
    if (graph.isPresent() && other.isPresent()) {
      counts.add(
          count(
              caseId,
              "memory.weights",
              "bytes as stored",
              new Counted(
                  graph.get().weights().parameterBytes(),
                  other.get().weights().parameterBytes(),
                  0)));
      counts.add(
          count(
              caseId,
              "memory.activations",
              "most bytes alive in a batch",
              new Counted(activations(graph.get()), activations(other.get()), 0)));
    }
    return counts;
  }

  /** The file that the case runs, as written: an engine's own graph of it is another. */
  private static Optional<GraphCount> graph(Operations operations) {
    return operations.counts().stream()
        .flatMap(counts -> counts.graphs().stream())
        .filter(graph -> graph.origin().file().equals(operations.graph()))
        .findFirst();
  }

  private static double activations(GraphCount graph) {
    return graph.perBatch().peakActivationBytes().doubleValue();
  }

  /**
   * Returns the allocation of both sides, the median of their processes: one of them may have
   * compiled late.
   *
   * @param before heap bytes a batch, one figure a process
   * @param after likewise
   * @return empty where a side has none
   */
  List<ExactResult> allocation(String caseId, double[] before, double[] after) {
    OptionalDouble a = median(before);
    OptionalDouble b = median(after);
    return a.isEmpty() || b.isEmpty()
        ? List.of()
        : List.of(
            count(
                caseId,
                ExactResult.ALLOCATION,
                "heap bytes a batch",
                new Counted(a.getAsDouble(), b.getAsDouble(), policy.allocationFloorBytes())));
  }

  /** Returns how far the candidate's engines are apart where the baseline's were: it informs. */
  static Optional<ExactResult> parity(
      RunResult baseline, CaseResult before, RunResult candidate, CaseResult after) {
    OptionalDouble a = parity(baseline, before.id());
    OptionalDouble b = parity(candidate, after.id());
    return a.isEmpty() || b.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ExactResult.count(
                before.id(),
                "parity",
                "largest difference between engines",
                false,
                new Counted(a.getAsDouble(), b.getAsDouble(), 0)));
  }

  private static OptionalDouble parity(RunResult run, String caseId) {
    return run.parity().stream()
        .filter(p -> p.candidate().equals(caseId))
        .mapToDouble(Parity::maxAbsoluteDifference)
        .findFirst();
  }

  private ExactResult count(String caseId, String name, String unit, Counted counted) {
    String gate = name.split("\\.", 2)[0];
    return ExactResult.count(caseId, name, unit, policy.gate().contains(gate), counted);
  }

  private static double[] allocations(CaseResult one) {
    return one.trials().stream()
        .flatMap(t -> t.measured().stream())
        .mapToDouble(m -> m.window().allocatedBytesPerBatch())
        .toArray();
  }

  private static OptionalDouble median(double[] values) {
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Median.of(values));
  }
}
