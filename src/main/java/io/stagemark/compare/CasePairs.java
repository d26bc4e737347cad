package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.Policy.Factor;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pairs of cases, one of the baseline and one of the candidate, that are compared.
 *
 * @param pairs baseline and candidate, in the baseline's order
 * @param alone ids of cases that one side alone has
 */
record CasePairs(List<Pair> pairs, List<String> alone) {
  record Pair(CaseResult baseline, CaseResult candidate) {}

  /**
   * Pairs the cases that are the same but for what the policy names as the change. Where one is
   * left on each side, the two are a pair: what differs is then shown and stops the verdict.
   *
   * @throws BadInputException if there is no pair
   */
  static CasePairs of(RunResult baseline, RunResult candidate, Policy policy)
      throws BadInputException {
    List<CaseResult> left = new ArrayList<>(candidate.cases());
    List<CaseResult> unpaired = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (CaseResult before : baseline.cases()) {
      List<CaseResult> same =
          left.stream().filter(c -> same(before.key(), c.key(), policy)).toList();
      if (same.isEmpty()) {
        unpaired.add(before);
      } else {
        CaseResult after =
            same.stream().filter(c -> c.id().equals(before.id())).findFirst().orElse(same.get(0));
        left.remove(after);
        pairs.add(new Pair(before, after));
      }
    }
    if (unpaired.size() == 1 && left.size() == 1) {
      pairs.add(new Pair(unpaired.remove(0), left.remove(0)));
    }
    if (pairs.isEmpty()) {
      throw new BadInputException(
          new Problem(
              "compare " + baseline.name() + " " + candidate.name(),
              "no case that both runs have: %s; %s".formatted(ids(unpaired), ids(left)),
              "runs of the same cases, or a policy whose mayDiffer names what the change is",
              "mayDiffer: [model]"));
    }
    List<String> alone = new ArrayList<>(ids(unpaired));
    alone.addAll(ids(left));
    return new CasePairs(pairs, alone);
  }

  private static boolean same(CaseResult.Key a, CaseResult.Key b, Policy policy) {
    Map<Factor, Boolean> parts =
        Map.of(
            Factor.MODEL, a.model().equals(b.model()),
            Factor.ENGINE, a.engine().equals(b.engine()),
            Factor.DEVICE, a.device().equals(b.device()),
            Factor.THREADS, a.threads() == b.threads(),
            Factor.BATCH, a.batch() == b.batch());
    return parts.entrySet().stream().allMatch(p -> p.getValue() || policy.allows(p.getKey()));
  }

  private static List<String> ids(List<CaseResult> cases) {
    return cases.stream().map(CaseResult::id).toList();
  }
}
