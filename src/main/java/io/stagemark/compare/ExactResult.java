package io.stagemark.compare;

/**
 * A count of both sides, compared to the last digit.
 *
 * @param caseId of the baseline's case
 * @param name such as {@code flops}
 * @param unit such as {@code per image}
 * @param gated whether growing fails
 * @param baseline the count
 * @param candidate the count
 * @param verdict REGRESSED where it grew, IMPROVED where it fell, EQUIVALENT where it is the same
 */
public record ExactResult(
    String caseId,
    String name,
    String unit,
    boolean gated,
    double baseline,
    double candidate,
    Verdict verdict) {}
