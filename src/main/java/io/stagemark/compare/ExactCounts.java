package io.stagemark.compare;

import io.stagemark.config.Policy;
import io.stagemark.report.CaseResult;
import io.stagemark.report.Operations;
import io.stagemark.report.Parity;
import io.stagemark.report.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Counts of both sides: what needs no test. */
final class ExactCounts {
  private final Policy.Exact policy;

  ExactCounts(Policy policy) {
    this.policy = policy.exact();
  }

  /** Returns operations, parameters and allocation of one case, as far as both sides have them. */
  List<ExactResult> of(CaseResult before, CaseResult after) {
    List<ExactResult> counts =
        new ArrayList<>(operations(before.id(), before.operations(), after.operations()));
    OptionalDouble a = allocation(before);
    OptionalDouble b = allocation(after);
    if (a.isPresent() && b.isPresent()) {
      double grown = b.getAsDouble() - a.getAsDouble();
      boolean same = Math.abs(grown) <= policy.allocationFloorBytes();
      counts.add(
          new ExactResult(
              before.id(),
              "allocation",
              "heap bytes a batch",
              policy.gate().contains("allocation"),
              a.getAsDouble(),
              b.getAsDouble(),
              same ? Verdict.EQUIVALENT : grown > 0 ? Verdict.REGRESSED : Verdict.IMPROVED));
    }
    return counts;
  }

  /** Returns operations and parameters, where both sides' are known. */
  List<ExactResult> operations(
      String caseId, Optional<Operations> before, Optional<Operations> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return List.of();
    }
    Operations a = before.get();
    Operations b = after.get();
    return List.of(
        count(caseId, "flops", "per image", (double) a.flops(), (double) b.flops()),
        count(caseId, "parameters", "", (double) a.parameters(), (double) b.parameters()));
  }

  /** Returns how far the candidate's engines are apart where the baseline's were: it informs. */
  static Optional<ExactResult> parity(
      RunResult baseline, CaseResult before, RunResult candidate, CaseResult after) {
    OptionalDouble a = parity(baseline, before.id());
    OptionalDouble b = parity(candidate, after.id());
    if (a.isEmpty() || b.isEmpty()) {
      return Optional.empty();
    }
    int way = Double.compare(b.getAsDouble(), a.getAsDouble());
    return Optional.of(
        new ExactResult(
            before.id(),
            "parity",
            "largest difference between engines",
            false,
            a.getAsDouble(),
            b.getAsDouble(),
            way == 0 ? Verdict.EQUIVALENT : way > 0 ? Verdict.REGRESSED : Verdict.IMPROVED));
  }

  private static OptionalDouble parity(RunResult run, String caseId) {
    return run.parity().stream()
        .filter(p -> p.candidate().equals(caseId))
        .mapToDouble(Parity::maxAbsoluteDifference)
        .findFirst();
  }

  private ExactResult count(String caseId, String name, String unit, double a, double b) {
    return new ExactResult(
        caseId,
        name,
        unit,
        policy.gate().contains(name),
        a,
        b,
        a == b ? Verdict.EQUIVALENT : b > a ? Verdict.REGRESSED : Verdict.IMPROVED);
  }

  /** The median of the trials: one of them may have compiled late. */
  private static OptionalDouble allocation(CaseResult one) {
    double[] sorted =
        one.trials().stream()
            .flatMap(t -> t.measured().stream())
            .mapToDouble(m -> m.allocatedBytesPerBatch())
            .sorted()
            .toArray();
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted[sorted.length / 2]);
  }
}
