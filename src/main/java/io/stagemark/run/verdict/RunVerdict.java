package io.stagemark.run.verdict;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseResult;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import java.util.ArrayList;
import java.util.List;

/** The rules by which a run is VALID: every case is, and none lacks trials. */
public final class RunVerdict {
  private RunVerdict() {}

  /** Returns the reasons why a run is INVALID. */
  public static List<Reason> reasons(List<CaseResult> cases) {
    List<Reason> reasons = new ArrayList<>();
    long pending = cases.stream().filter(c -> c.status() == CaseResult.Status.PENDING).count();
    if (pending > 0) {
      reasons.add(
          new Reason(
              Code.INCOMPLETE,
              String.format(ROOT, "%d of %d cases lack trials", pending, cases.size()),
              "./stagemark run CONFIG --resume"));
    }
    List<String> invalid =
        cases.stream()
            .filter(c -> c.proof().filter(p -> !p.validity().valid()).isPresent())
            .map(CaseResult::id)
            .toList();
    if (!invalid.isEmpty()) {
      reasons.add(
          new Reason(
              Code.INVALID_CASES,
              String.format(ROOT, "%d of %d cases", invalid.size(), cases.size()),
              "see the reasons of " + String.join(", ", invalid)));
    }
    return List.copyOf(reasons);
  }
}
