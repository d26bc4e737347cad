package io.stagemark.trial;

import io.stagemark.scoring.MergeableState;

/**
 * What a share of a data set gave a case.
 *
 * @param part besides the state of the scores
 * @param state of the scores
 */
public record ScoredShare(ScoredPart part, MergeableState state) {}
