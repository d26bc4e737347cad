package io.stagemark.result.comparison;

import io.stagemark.config.gate.Policy.Factor;

/**
 * Something other than the change itself that differs between the sides.
 *
 * @param factor what
 * @param baseline as it was there
 * @param candidate as it is there
 * @param allowed whether the policy names it as the change
 */
public record Difference(Factor factor, String baseline, String candidate, boolean allowed) {}
