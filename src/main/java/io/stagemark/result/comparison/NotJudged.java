package io.stagemark.result.comparison;

/**
 * A metric that there is too little of.
 *
 * @param caseId of the baseline's case
 * @param metric such as {@code forward p99}
 * @param reason such as {@code needs 3000 batches a trial, has 812}
 */
public record NotJudged(String caseId, String metric, String reason) {}
