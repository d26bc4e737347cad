package io.stagemark.result.comparison;

/**
 * A gated metric in which a change that has to be found could have been missed.
 *
 * @param caseId of the baseline's case
 * @param metric such as {@code forward p50}, or a score's name
 * @param detectable the smallest slowdown that would have been found four times in five, as a
 *     ratio; infinite where none would
 * @param mustFind the slowdown that the policy asks for, as a ratio; NaN for what is no time
 * @param reason why
 * @param help what would help
 */
public record BlindSpot(
    String caseId, String metric, double detectable, double mustFind, String reason, String help) {}
