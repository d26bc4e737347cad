package io.stagemark.result.comparison;

import io.stagemark.result.Footprint;

/**
 * Memory that both sides of a live pair took.
 *
 * @param baseline of the baseline's JVM
 * @param candidate of the candidate's
 */
public record PairFootprints(Footprint baseline, Footprint candidate) {}
