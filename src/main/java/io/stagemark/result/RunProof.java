package io.stagemark.result;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The proof of the figures of a run.
 *
 * @param validity of the run: INVALID if a case is
 * @param resumedAt ISO-8601 instants in UTC at which the run was taken up again; empty if it ran in
 *     one go
 * @param modelDigests SHA-256 of the model files and cards that every trial was checked against, by
 *     name; empty in older files
 */
public record RunProof(
    Validity validity, List<String> resumedAt, Map<String, String> modelDigests) {
  public RunProof {
    resumedAt = List.copyOf(resumedAt);
    modelDigests =
        modelDigests == null
            ? Map.of()
            : Collections.unmodifiableMap(new TreeMap<>(modelDigests)); // in order
  }
}
