package io.stagemark.report;

import java.util.List;

/**
 * What speaks for and against the figures of a run.
 *
 * @param validity of the run: INVALID if a case is
 * @param resumedAt ISO-8601 instants in UTC at which the run was taken up again; empty if it ran in
 *     one go
 */
public record RunProof(Validity validity, List<String> resumedAt) {
  public RunProof {
    resumedAt = List.copyOf(resumedAt);
  }
}
