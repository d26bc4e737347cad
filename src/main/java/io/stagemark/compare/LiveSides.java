package io.stagemark.compare;

import io.stagemark.result.Operations;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Side;
import java.util.List;
import java.util.Optional;

/**
 * Both sides of a live gate as the report shows them.
 *
 * @param baseline what is there
 * @param candidate what is new
 * @param changes what differs between the two; none where all is the same
 * @param baselineOperations of its model's file; empty if it has none that can be counted
 * @param candidateOperations likewise
 */
public record LiveSides(
    Side baseline,
    Side candidate,
    List<Change> changes,
    Optional<Operations> baselineOperations,
    Optional<Operations> candidateOperations) {}
